import type { HopPlan } from '../../../upgrade/planning/index.js'

/** What happened to a module on the way. */
export interface ModuleChange {
  readonly to: string
  readonly what: 'renamed' | 'merged' | 'installed'
  readonly module: string
  readonly formerly?: string
}

/** Modules that have another name now, went into another one, or are new. */
export function moduleChanges(
  hops: readonly HopPlan[],
  installedBefore: ReadonlySet<string>,
): readonly ModuleChange[] {
  const known = new Set(installedBefore)
  return hops.flatMap(({ to, modules }) =>
    modules.flatMap(({ name, fate, formerly = [] }): readonly ModuleChange[] => {
      const what = known.has(name) ? 'merged' : 'renamed'
      const renames = formerly.map(
        (old): ModuleChange => ({ to, what, module: name, formerly: old }),
      )
      known.add(name)
      return fate === 'install' ? [{ to, what: 'installed', module: name }] : renames
    }),
  )
}
