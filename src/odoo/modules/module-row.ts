/** States of a module in the database (`ir_module_module.state`). */
export const MODULE_STATES = [
  'uninstallable',
  'uninstalled',
  'to install',
  'installed',
  'to upgrade',
  'to remove',
] as const
export type ModuleState = (typeof MODULE_STATES)[number]

/** States in which a module counts as there, now or after the run. */
export const PRESENT_STATES: ReadonlySet<ModuleState> = new Set([
  'installed',
  'to install',
  'to upgrade',
])

/** A row of `ir_module_module_dependency`. */
export interface ModuleDependency {
  readonly name: string
  /** Whether the module that depends is installed by itself once this one is there. */
  readonly autoInstallRequired: boolean
}

/** A module as the database knows it: its row and the rows that hang on it. */
export interface ModuleRow {
  readonly name: string
  readonly state: ModuleState
  /** The version that is installed; null or empty when none is, or none was recorded. */
  readonly latestVersion: string | null
  readonly autoInstall: boolean
  readonly demo: boolean
  /** Imported as a file through the web client: it has no folder (17 and later). */
  readonly imported?: boolean
  readonly dependencies: readonly ModuleDependency[]
  /** Modules it cannot live beside. */
  readonly exclusions: readonly string[]
  /** ISO codes of the countries it is for, in any case (18 and later). */
  readonly countries?: readonly string[]
}

export type ModuleRows = ReadonlyMap<string, ModuleRow>

/** Rows by name. */
export function moduleRows(rows: Iterable<ModuleRow>): ModuleRows {
  return new Map([...rows].map((row) => [row.name, row]))
}
