import { Emitter, type Finding, Findings, UserError } from '../../base/index.js'
import { runOdooLoader } from '../odoo-loader/index.js'
import { forwardLoaderEvents, type RunEvents } from '../runner/index.js'
import type { InstallReport, InstallTarget } from './install-report.js'
import type { InstallPlan } from './plan-install.js'

/** How the release's own code is run. */
export interface OdooInstallTarget extends Pick<InstallTarget, 'session' | 'progress' | 'cache'> {
  /** Folder for contents of attachments. */
  readonly filestore: string
  /** `embedded`, or the path of a CPython. */
  readonly interpreter: string
  /** Folders with the Python packages that the release imports, besides the interpreter's own. */
  readonly packages: readonly string[]
}

/**
 * Has the release's own code install modules into an empty database, as `odoo-bin -i` does: slower, and complete.
 * Whoever calls it throws the database away when it fails.
 *
 * Errors: ODOO_SOURCE_UNKNOWN, ODOO_FAILED, and those of starting the interpreter.
 */
export async function installByOdoo(
  { request, tree, turns }: InstallPlan,
  { session, progress, cache, filestore, interpreter, packages }: OdooInstallTarget,
): Promise<InstallReport> {
  const { series } = tree.release
  if (tree.root === undefined) {
    throw new UserError('ODOO_SOURCE_UNKNOWN', `The source of Odoo ${series} is not on the path`, {
      hint: 'Give the folder that holds odoo/release.py with --addons-path: its own code is to install the modules.',
    })
  }
  const started = performance.now()
  const odoo = tree.root
  const findings = new Findings()
  const addFinding = (finding: Finding): void => findings.add(finding)
  const options = { unit: 'modules', total: turns.length }
  const report = await progress.step(`Installing Odoo ${series}`, options, (step) =>
    runOdooLoader({
      guest: {
        interpreter: interpreter === 'embedded' ? 'embedded' : { executable: interpreter },
        ...{ release: series, odoo, addonsPaths: tree.folders, upgradePaths: [], packages },
        ...{ filestore, cacheDirectory: cache, environment: {} },
      },
      profile: 'odoo',
      session,
      update: [],
      init: ['base', ...request.modules.filter((name) => name !== 'base')],
      withoutDemo: !request.demo,
      finished: [],
      onCommit: async ({ kind, module }) => {
        if (kind === 'module') step.advance(1, module)
      },
      allowScriptCommit: true,
      events: forwardLoaderEvents(new Emitter<RunEvents>(), addFinding),
      limits: {},
      signal: progress.signal,
    }),
  )
  return {
    release: series,
    modules: report.modules,
    demo: request.demo,
    milliseconds: performance.now() - started,
    findings: findings.list(),
  }
}
