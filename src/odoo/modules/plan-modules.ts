import { type Finding, UserError } from '../../base/index.js'
import type { ExternalDependencies } from '../addons/index.js'
import { compareVersions } from '../release/index.js'
import type { KnownModules } from './known-module.js'
import { lateFindings, notLoadedModules } from './late-findings.js'
import { markRequested } from './mark-requested.js'
import { type FlagNames, ModuleGraph } from './module-graph.js'
import type { ModulePlan, ModulePlanRequest } from './module-plan.js'
import { profileRules } from './module-profile.js'
import type { ModuleRows } from './module-row.js'
import { ModuleTable } from './module-table.js'
import { rowsWithForcedDependencies, withForcedDependencies } from './openupgrade-stanza.js'
import { planRenames, withoutRenames } from './plan-renames.js'
import { removalOrder } from './removal-order.js'
import { LoadSimulation } from './simulate-load.js'
import { updateModuleList } from './update-module-list.js'

/**
 * Plans what a run does with modules: renames, list update, marks and the passes in Odoo's order. Nothing is
 * read or written; the load is walked through on the rows given.
 *
 * Errors: RELEASE_UNSUPPORTED, MODULE_BASE_MISSING, INIT_OF_INSTALLED_MODULE. All else that would break the
 * run off is a finding of severity `error`.
 */
export function planModules(request: ModulePlanRequest): ModulePlan {
  const { release, profile } = request
  const rules = profileRules(profile, release, request.useDemo)
  const autoInstall = request.autoInstall ?? rules.autoInstall
  const modules = withForcedDependencies(request.modules, request.stanza)
  const names = flagNames(request)
  const updateMode = names.init.size + names.update.size > 0
  const baseFirst = names.update.has('base') || names.update.has('all')

  const renames = renamesBase(request, baseFirst)
    ? planRenames(request)
    : withoutRenames(request.rows)
  const table = new ModuleTable(renames.rows)
  if (baseFirst && table.stateOf('base') === 'installed') {
    table.mark('base', 'to upgrade', { kind: 'update-requested' })
  }
  const graph = new ModuleGraph(modules, names)
  const load = new LoadSimulation(graph, table, { release, modules, rules, updateMode })
  if (!load.loadBase()) throw baseMissing()

  const list = updateMode
    ? updateModuleList(table.rows(), request.modules, release)
    : { rows: table.rows(), changes: [] }
  table.replace(rowsWithForcedDependencies(list.rows, request.stanza))
  const findings: Finding[] = [...renames.findings]
  if (updateMode) {
    findings.push(...markRequested({ ...request, autoInstall, modules }, table, names))
  }
  load.loadMarked()

  const notLoaded = notLoadedModules(table, load.outside())
  findings.push(...lateFindings({ ...request, autoInstall, modules }, table, notLoaded))
  return {
    release,
    profile,
    autoInstall,
    renames: renames.applied,
    renamedRows: renames.rows,
    listChanges: list.changes,
    marks: table.marks(),
    passes: load.passes(),
    endModules: load.endModules(),
    removals: removalOrder(table, graph),
    notLoaded,
    external: externalOf(load, modules),
    finalRows: withDependenciesOf(table.rows(), list.rows),
    findings,
  }
}

function flagNames(request: ModulePlanRequest): FlagNames {
  const init = new Set(request.init)
  const demo = new Set(request.withoutDemo === true ? [] : init)
  return { init, demo, update: new Set(request.update) }
}

/** Renames are the work of a pre script of `base`, which runs only when `base` gets a greater version. */
function renamesBase(request: ModulePlanRequest, baseFirst: boolean): boolean {
  const base = request.rows.get('base')
  const isDue = baseFirst || base?.state === 'to upgrade'
  return isDue && compareVersions(base?.latestVersion, request.modules.get('base')?.version) < 0
}

function externalOf(
  load: LoadSimulation,
  modules: KnownModules,
): ReadonlyMap<string, ExternalDependencies> {
  const processed = load.passes().flatMap((pass) => pass.modules.filter((item) => item.processed))
  return new Map(
    processed.flatMap(({ name }) => {
      const external = modules.get(name)?.externalDependencies
      const asks = external !== undefined && external.python.length + external.bin.length > 0
      return asks ? [[name, external]] : []
    }),
  )
}

/** Forced dependencies are for this run only. */
function withDependenciesOf(rows: ModuleRows, listed: ModuleRows): ModuleRows {
  return new Map(
    [...rows].map(([name, row]) => [
      name,
      { ...row, dependencies: listed.get(name)?.dependencies ?? row.dependencies },
    ]),
  )
}

function baseMissing(): UserError {
  return new UserError('MODULE_BASE_MISSING', 'Module base is not on the addons path', {
    hint: 'Give the source tree of the target release (the folder that holds odoo/release.py) with --addons-path.',
  })
}
