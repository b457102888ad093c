import { compareCodePoints, type Release, releaseRules } from '../release/index.js'
import type { KnownModule, KnownModules } from './known-module.js'
import type { ModuleDependency, ModuleRow, ModuleRows } from './module-row.js'

/**
 * What the list update makes of a module: a new row, or other members of a known one. The descriptive
 * columns (name, summary, author …) are not in here; they follow from the manifest alone.
 */
export type ListChange =
  | { readonly kind: 'added'; readonly row: ModuleRow }
  | { readonly kind: 'changed'; readonly before: ModuleRow; readonly row: ModuleRow }

/** The module table after the list update, and how it came about, by module name. */
export interface UpdatedList {
  readonly rows: ModuleRows
  readonly changes: readonly ListChange[]
}

/**
 * Brings the table up to the modules on disk, as `update_list` does (odoo/addons/base/models/ir_module.py):
 * versions never change, nothing is deleted, modules that are gone keep their rows as they are. A module
 * whose manifest cannot be read is left alone; Odoo would empty its row.
 */
export function updateModuleList(
  rows: ModuleRows,
  modules: KnownModules,
  release: Release,
): UpdatedList {
  const withCountries = releaseRules(release).countryLimitedAutoInstall
  const updated = new Map(rows)
  const changes: ListChange[] = []
  for (const name of [...modules.keys()].sort(compareCodePoints)) {
    const module = modules.get(name)
    if (module === undefined || module.problem !== undefined) continue
    const before = rows.get(name)
    const row = rowOf(module, before, withCountries)
    if (before !== undefined && sameRow(before, row)) continue
    updated.set(name, row)
    changes.push(before === undefined ? { kind: 'added', row } : { kind: 'changed', before, row })
  }
  return { rows: updated, changes }
}

function rowOf(
  module: KnownModule,
  before: ModuleRow | undefined,
  withCountries: boolean,
): ModuleRow {
  const current: ModuleRow = before ?? {
    name: module.name,
    state: 'uninstallable',
    latestVersion: null,
    autoInstall: false,
    demo: false,
    dependencies: [],
    exclusions: [],
  }
  const becomesInstallable = current.state === 'uninstallable' && module.installable
  return {
    ...current,
    state: becomesInstallable ? 'uninstalled' : current.state,
    autoInstall: module.autoInstallColumn ?? module.autoInstall !== false,
    dependencies: dependenciesOf(module),
    exclusions: [...new Set(module.excludes)],
    ...(withCountries && { countries: [...new Set(module.countries)] }),
  }
}

function dependenciesOf(module: KnownModule): readonly ModuleDependency[] {
  const required = module.autoInstall === false ? new Set<string>() : module.autoInstall
  return [...new Set(module.depends)].map((name) => ({
    name,
    autoInstallRequired: required.has(name),
  }))
}

function sameRow(a: ModuleRow, b: ModuleRow): boolean {
  return (
    a.state === b.state &&
    a.autoInstall === b.autoInstall &&
    sameSet(a.dependencies.map(dependencyKey), b.dependencies.map(dependencyKey)) &&
    sameSet(a.exclusions, b.exclusions) &&
    sameSet(a.countries ?? [], b.countries ?? [])
  )
}

function dependencyKey(dependency: ModuleDependency): string {
  return `${dependency.name} ${dependency.autoInstallRequired}`
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const set = new Set(a)
  return set.size === new Set(b).size && b.every((item) => set.has(item))
}
