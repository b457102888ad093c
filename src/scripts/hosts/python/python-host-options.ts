/** Which Python runs the scripts: the built-in one without any rights, or a program of the user's. */
export type PythonInterpreter = 'embedded' | { readonly executable: string }

/** Folders that scripts may read; all of them read-only to the embedded interpreter. */
export interface PythonRoots {
  /** Entries of the addons path, in search order; importable as `odoo.addons.<module>`. */
  readonly sources: readonly string[]
  /** Folders of scripts, such as entries of the upgrade path. A script's own folder is always readable. */
  readonly scripts: readonly string[]
}

/** The helper library that `import openupgradelib` finds: moult's, or a folder of the user's. */
export type HelperLibrary = 'built-in' | { readonly folder: string }

export interface PythonLimits {
  /** Bytes of memory of an embedded interpreter; 2 GiB unless told. A scope's own limit wins. */
  readonly memory?: number
}

export interface PythonHostOptions {
  readonly interpreter: PythonInterpreter
  readonly roots: PythonRoots
  /** Series of the target release, such as `16.0`. */
  readonly release: string
  readonly library?: HelperLibrary
  readonly limits?: PythonLimits
  /** Odoo 14 to 17 pass over files without `migrate`; moult refuses them unless this is true. */
  readonly tolerant?: boolean
  /** Where a picture of a started interpreter is kept for faster starts; without it, in memory only. */
  readonly cacheDirectory?: string
}
