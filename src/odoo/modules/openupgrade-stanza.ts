import type { KnownModules } from './known-module.js'
import { type ModuleRows, PRESENT_STATES } from './module-row.js'

/** The `[openupgrade]` stanza of odoo.conf: module → modules. Honoured for every release. */
export interface OpenUpgradeStanza {
  /** When the module is installed, these are installed too. */
  readonly autoinstall: ReadonlyMap<string, readonly string[]>
  /** Additional dependencies of the module, which decide on the order as well. */
  readonly forceDeps: ReadonlyMap<string, readonly string[]>
}

/** The modules with their forced dependencies. Only loading and marking see them; the database does not. */
export function withForcedDependencies(
  modules: KnownModules,
  stanza: OpenUpgradeStanza | undefined,
): KnownModules {
  if (stanza === undefined || stanza.forceDeps.size === 0) return modules
  const forced = new Map(modules)
  for (const [name, dependencies] of stanza.forceDeps) {
    const module = modules.get(name)
    if (module === undefined) continue
    forced.set(name, { ...module, depends: [...new Set([...module.depends, ...dependencies])] })
  }
  return forced
}

/** The rows with their forced dependencies, for marking. */
export function rowsWithForcedDependencies(
  rows: ModuleRows,
  stanza: OpenUpgradeStanza | undefined,
): ModuleRows {
  if (stanza === undefined || stanza.forceDeps.size === 0) return rows
  const forced = new Map(rows)
  for (const [name, names] of stanza.forceDeps) {
    const row = rows.get(name)
    if (row === undefined) continue
    const known = new Set(row.dependencies.map((dependency) => dependency.name))
    const added = names
      .filter((other) => !known.has(other))
      .map((other) => ({ name: other, autoInstallRequired: false }))
    forced.set(name, { ...row, dependencies: [...row.dependencies, ...added] })
  }
  return forced
}

/** What the stanza wants installed because of modules that are there. */
export function configuredInstalls(
  rows: ModuleRows,
  stanza: OpenUpgradeStanza | undefined,
): readonly string[] {
  return [...(stanza?.autoinstall ?? [])]
    .filter(([name]) => {
      const state = rows.get(name)?.state
      return state !== undefined && PRESENT_STATES.has(state)
    })
    .flatMap(([, names]) => names)
}
