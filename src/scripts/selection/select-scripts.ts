import type { Finding } from '../../base/index.js'
import { type ModulePlan, profileRules } from '../../odoo/modules/index.js'
import { compareCodePoints } from '../../odoo/release/index.js'
import type { DiscoveredScripts, SelectedScript, VersionDirectory } from './migration-script.js'
import type { ScriptDecision } from './script-decision.js'
import { type ModuleScripts, selectModuleScripts } from './select-module-scripts.js'
import { selectionFindings } from './selection-findings.js'

/** What scripts are selected by. */
export interface SelectionRequest {
  readonly plan: Pick<ModulePlan, 'release' | 'profile' | 'passes' | 'endModules'>
  readonly discovered: DiscoveredScripts
  /** Leaves out what Odoo would not run: TypeScript and SQL. */
  readonly pythonOnly?: boolean
}

/** The scripts of a run. */
export interface SelectedScripts {
  /** By module, in the order of loading; only modules that have folders of scripts. */
  readonly modules: ReadonlyMap<string, ModuleScripts>
  /** End scripts of all modules, in the graph's order. */
  readonly end: readonly SelectedScript[]
  /** Everything in the order it runs: pre and post of each module at its turn, then the end scripts. */
  readonly all: readonly SelectedScript[]
  /** Each script, other file or folder that was found, with the reason why it runs or not. */
  readonly decisions: readonly ScriptDecision[]
  readonly findings: readonly Finding[]
}

/**
 * Selects the migration scripts of a run from what was found on disk, in the order of the release and
 * profile. Pure.
 *
 * Errors: RELEASE_UNSUPPORTED.
 */
export function selectScripts(request: SelectionRequest): SelectedScripts {
  const { plan, discovered, pythonOnly = false } = request
  const options = {
    release: plan.release,
    rules: profileRules(plan.profile, plan.release),
    pythonOnly,
  }
  const ends = new Map(plan.endModules.map((module) => [module.name, module]))
  const modules = new Map<string, ModuleScripts>()
  const decisions: ScriptDecision[] = []
  for (const loaded of plan.passes.flatMap((pass) => pass.modules)) {
    const directories = discovered.modules.get(loaded.name) ?? []
    if (directories.length === 0) continue
    const turn = { loaded, end: ends.get(loaded.name), directories: inFixedOrder(directories) }
    const scripts = selectModuleScripts(turn, options)
    modules.set(loaded.name, scripts)
    decisions.push(...scripts.decisions)
  }
  const end = plan.endModules.flatMap(({ name }) => modules.get(name)?.end ?? [])
  const turns = [...modules.values()].flatMap(({ pre, post }) => [...pre, ...post])
  decisions.push(...notLoaded(discovered, modules), ...shadowed(discovered))
  return {
    modules,
    end,
    all: [...turns, ...end],
    decisions,
    findings: selectionFindings(decisions, [...modules.values()]),
  }
}

/** The order in which a disk lists folders must not show. */
function inFixedOrder(directories: readonly VersionDirectory[]): readonly VersionDirectory[] {
  return directories.toSorted(
    (a, b) => a.source.rank - b.source.rank || compareCodePoints(a.name, b.name),
  )
}

function notLoaded(
  discovered: DiscoveredScripts,
  modules: ReadonlyMap<string, ModuleScripts>,
): readonly ScriptDecision[] {
  return [...discovered.modules].flatMap(([module, directories]) => {
    if (modules.has(module)) return []
    return directories.map((directory) => ({
      module,
      selected: false,
      reason: 'not-loaded' as const,
      path: directory.folder,
      directory: directory.name,
      source: directory.source.kind,
    }))
  })
}

function shadowed(discovered: DiscoveredScripts): readonly ScriptDecision[] {
  return discovered.shadowed.map(({ module, folder, by }) => ({
    module,
    selected: false,
    reason: 'shadowed' as const,
    path: folder,
    by,
  }))
}
