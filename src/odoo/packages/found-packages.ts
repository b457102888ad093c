/** Where a package was found: `--python-packages`, Odoo's own environment, the system's, moult's cache. */
export type PackageOrigin = 'option' | 'odoo' | 'system' | 'cache'

/**
 * `pure`: all of it is Python. `compiled`: its core is machine code that the embedded interpreter cannot
 * load; its Python modules are there. `missing`: found nowhere.
 */
export type PackageKind = 'pure' | 'compiled' | 'missing'

/** What became of one package that Odoo imports. */
export interface FoundPackage {
  /** As it is imported: `dateutil`. */
  readonly name: string
  /** As it is installed: `python-dateutil`. */
  readonly distribution: string
  readonly kind: PackageKind
  /** `required` at the import of one of Odoo's modules, or one that Odoo itself does without. */
  readonly needed: 'required' | 'optional'
  /** Absent, Odoo does not start. */
  readonly essential: boolean
  readonly version?: string
  readonly origin?: PackageOrigin
  /** The folder that holds it. */
  readonly folder?: string
  /** What its absence, or that of its compiled part, costs; empty when it costs nothing. */
  readonly consequence: string
}

/** The packages of a release, and the folders that the interpreter has to see. */
export interface FoundPackages {
  /** Folders that hold packages, in search order. */
  readonly folders: readonly string[]
  readonly packages: readonly FoundPackage[]
}
