/** When a script runs: before a module is loaded, behind it, or behind all modules. */
export type Phase = 'pre' | 'post' | 'end'
export const PHASES = ['pre', 'post', 'end'] as const satisfies readonly Phase[]

/** What a script is written in; Odoo itself only runs Python. */
export type ScriptLanguage = 'python' | 'typescript' | 'sql'

/**
 * Where a module's scripts are looked for, in Odoo's order: its `migrations` folder, its `upgrades` folder,
 * the folders of the upgrade path.
 */
export interface ScriptSource {
  readonly kind: 'module' | 'module_upgrades' | 'upgrade'
  /** Place in the order of sources: 0 and 1 inside the module, then one for each upgrade path. */
  readonly rank: number
  /** The folder that holds the module's version folders. */
  readonly folder: string
}

/** A file that a phase can run. */
export interface ScriptFile {
  /** `pre-migration.py` */
  readonly name: string
  /** `pre-migration`, as it stands in logs. */
  readonly stem: string
  readonly phase: Phase
  readonly language: ScriptLanguage
  /** Absolute path. */
  readonly file: string
}

/** A version folder of a module in one source. */
export interface VersionDirectory {
  readonly module: string
  /** Its name, taken for a version: `16.0.1.2`, `1.3`, `0.0.0`. */
  readonly name: string
  readonly source: ScriptSource
  readonly folder: string
  readonly scripts: readonly ScriptFile[]
  /** Names of the files that are no scripts. */
  readonly otherFiles: readonly string[]
}

/** A folder of scripts that does not count, because another one stands before it. */
export interface ShadowedFolder {
  readonly module: string
  readonly folder: string
  readonly by: string
}

/** All version folders of the modules that were asked for, by module. */
export interface DiscoveredScripts {
  readonly modules: ReadonlyMap<string, readonly VersionDirectory[]>
  readonly shadowed: readonly ShadowedFolder[]
}

/** A script that runs, with all that its host has to be told. */
export interface SelectedScript {
  readonly module: string
  readonly phase: Phase
  /** Name of the version folder. */
  readonly directory: string
  /** The version that the folder's name stands for. */
  readonly fullVersion: string
  readonly name: string
  readonly stem: string
  readonly language: ScriptLanguage
  readonly file: string
  readonly source: ScriptSource
  /** The second argument of `migrate`: the version before the run as stored, empty when there was none. */
  readonly installedVersion: string
}
