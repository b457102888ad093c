import type { LoadedModule, ModulePlan } from '../../odoo/modules/index.js'
import {
  migrationLogLine,
  type SelectedScript,
  type SelectedScripts,
} from '../../scripts/selection/index.js'
import type { LoadStep, PlannedScript, PlanStep, ScriptsStep } from './plan.js'
import type { ReadScript } from './read-scripts.js'
import type { LoaderChoice } from './upgrade-request.js'

/** What the steps are made of. */
export interface StepsGiven {
  readonly modules: ModulePlan
  readonly scripts: SelectedScripts
  readonly texts: ReadonlyMap<string, ReadScript>
  readonly loader: LoaderChoice
}

/**
 * The steps of a hop, in Odoo's order: each module's pre scripts, load and post scripts at its turn, the module
 * list behind `base`, all end scripts, what is to be removed, the checks. A loader that brings schemas and data
 * to the release has two more: before and behind the end scripts.
 */
export function planSteps({ modules, scripts, texts, loader }: StepsGiven): readonly PlanStep[] {
  const steps: PlanStep[] = []
  const loads = loader === 'native'
  for (const [number, pass] of modules.passes.entries()) {
    for (const loaded of pass.modules) {
      if (!loaded.processed) continue
      const own = scripts.modules.get(loaded.name)
      steps.push(...moduleSteps(loaded, own?.pre ?? [], own?.post ?? [], texts))
    }
    if (number === 0) steps.push({ kind: 'list' })
  }
  return [
    ...steps,
    ...(loads ? [{ kind: 'settle' } as const] : []),
    ...endSteps(modules, scripts, texts),
    ...(loads ? [{ kind: 'finish' } as const] : []),
    ...(modules.removals.length > 0
      ? [{ kind: 'remove', modules: modules.removals } as const]
      : []),
    { kind: 'checks' },
  ]
}

function moduleSteps(
  loaded: LoadedModule,
  pre: readonly SelectedScript[],
  post: readonly SelectedScript[],
  texts: ReadonlyMap<string, ReadScript>,
): readonly PlanStep[] {
  const module = {
    module: loaded.name,
    installedVersion: loaded.installedVersion ?? '',
    targetVersion: loaded.targetVersion,
  }
  const { index, total, isNew, demo } = loaded
  const load: LoadStep = {
    ...module,
    kind: 'load',
    index,
    total,
    isNew,
    ...(isNew && demo && { demo }),
    completes: post.length === 0,
  }
  const scriptsStep = (phase: 'pre' | 'post', own: readonly SelectedScript[]): ScriptsStep[] =>
    own.length === 0
      ? []
      : [
          {
            ...module,
            kind: 'scripts',
            phase,
            // Scripts of a new module are told no version, whatever the row says.
            installedVersion: own[0]?.installedVersion ?? '',
            scripts: own.map((script) => planned(script, texts)),
            completes: phase === 'post',
          },
        ]
  return [...scriptsStep('pre', pre), load, ...scriptsStep('post', post)]
}

function endSteps(
  modules: ModulePlan,
  scripts: SelectedScripts,
  texts: ReadonlyMap<string, ReadScript>,
): readonly ScriptsStep[] {
  return modules.endModules.flatMap(({ name, targetVersion }) => {
    const own = scripts.modules.get(name)?.end ?? []
    if (own.length === 0) return []
    return [
      {
        kind: 'scripts' as const,
        phase: 'end' as const,
        module: name,
        installedVersion: own[0]?.installedVersion ?? '',
        targetVersion,
        scripts: own.map((script) => planned(script, texts)),
        completes: false,
      },
    ]
  })
}

function planned(script: SelectedScript, texts: ReadonlyMap<string, ReadScript>): PlannedScript {
  const read = texts.get(script.file)
  return {
    file: script.file,
    directory: script.directory,
    language: script.language,
    checksum: read?.checksum ?? '',
    ...(read?.tier !== undefined && { tier: read.tier }),
    logLine: migrationLogLine(script),
  }
}
