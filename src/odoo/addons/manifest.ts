import type { MoultError } from '../../base/index.js'
import type { PythonDict } from '../../text/index.js'

/** Programs and Python packages that a module needs beside other modules. */
export interface ExternalDependencies {
  readonly python: readonly string[]
  readonly bin: readonly string[]
}

/** Names of functions in the module's package that are called around its installation. */
export interface ModuleHooks {
  readonly preInit?: string
  readonly postInit?: string
  readonly uninstall?: string
  readonly postLoad?: string
}

/** A module's manifest, merged over Odoo's defaults. Texts that are not given are empty. */
export interface Manifest {
  readonly module: string
  /** The file it was read from. */
  readonly file: string
  readonly name: string
  /**
   * With the series in front, as it is stored. From 17 on an uninstallable module keeps a version that
   * is not valid as it is written.
   */
  readonly version: string
  /** As it is written. */
  readonly writtenVersion: string
  readonly depends: readonly string[]
  readonly installable: boolean
  /**
   * The dependencies that together install the module by themselves; false when nothing does. None at
   * all (`[]`) is only honoured when a database is created.
   */
  readonly autoInstall: false | ReadonlySet<string>
  /** What the column `auto_install` gets: it is also true for `[]`. */
  readonly autoInstallColumn: boolean
  /** Files to load, in order, with repetitions; from all keys that the release reads. */
  readonly data: readonly string[]
  readonly demo: readonly string[]
  readonly category: string
  readonly summary: string
  /** Of the manifest, or else of the first README. Not dedented. */
  readonly description: string
  readonly author: string
  readonly maintainer: string
  readonly contributors: readonly string[]
  readonly website: string
  /** `url`, or else `live_test_url`. */
  readonly url: string
  readonly license: string
  readonly sequence: number
  readonly application: boolean
  readonly icon: string
  readonly web: boolean
  readonly externalDependencies: ExternalDependencies
  readonly excludes: readonly string[]
  /** ISO codes; from 18 on they limit automatic installation. */
  readonly countries: readonly string[]
  readonly hooks: ModuleHooks
  /** All keys as they are written, those that Odoo does not know as well. */
  readonly values: PythonDict
}

/** A module on the addons path, with what its manifest says or why it cannot be read. */
export type ModuleSource =
  | {
      readonly name: string
      readonly folder: string
      readonly manifest: Manifest
      readonly problem?: undefined
    }
  | {
      readonly name: string
      readonly folder: string
      readonly manifest?: undefined
      readonly problem: MoultError
    }
