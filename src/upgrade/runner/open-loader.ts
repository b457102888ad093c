import { type Finding, Findings } from '../../base/index.js'
import { readRelease } from '../../odoo/reading/index.js'
import {
  type FileStore,
  type Guest,
  type NativeLoader,
  openNativeLoader,
  type PictureFitter,
} from '../loader/index.js'
import type { HopPlan } from '../planning/index.js'
import type { UpgradeSetup } from './upgrade-database.js'

export interface OpenLoaderGiven {
  readonly setup: Pick<UpgradeSetup, 'progress' | 'cache'>
  readonly plan: HopPlan
  readonly addonsPath: readonly string[]
  readonly parity: boolean
  /** Where contents of attachments go. */
  readonly store: FileStore
  /** The release's own code, where it can be run. */
  readonly guest: Guest | undefined
  /** Makes pictures of the sizes that the release keeps. */
  readonly fitter: PictureFitter
  /** Hears what is found in the source, when it is read and when its models are merged. */
  readonly tell: (finding: Finding) => void
}

/** Reads the modules of a plan, and makes moult's own loader for them. */
export async function openLoader({
  setup,
  plan,
  addonsPath,
  parity,
  store,
  guest,
  fitter,
  tell,
}: OpenLoaderGiven): Promise<NativeLoader> {
  const modules = plan.steps.flatMap((step) => (step.kind === 'load' ? [step.module] : []))
  const source = await readRelease({
    addonsPath,
    modules: [...new Set(modules)],
    cacheDirectory: setup.cache,
    progress: setup.progress,
  })
  for (const finding of source.findings) tell(finding)
  return openNativeLoader({
    ...{ source, findings: new Findings(tell), parity, store, fitter },
    ...(guest !== undefined && { guest }),
  })
}
