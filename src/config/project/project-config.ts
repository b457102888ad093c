/** Which automatic modules are installed beside those that the upgrade itself brings about. */
export type AutoInstallChoice = 'none' | 'openupgrade18' | 'fresh'

/** What becomes of an installed module that the target release does not have. */
export type MissingModuleChoice = 'keep' | 'uninstall' | { readonly replacedBy: string }

/** One release on the way. Paths are relative to the configuration file; `~` is the home folder. */
export interface ReleaseConfig {
  /** Folders of modules, or roots of source trees. That of `moult sources` where it is not given. */
  readonly addonsPath?: readonly string[]
  /** Folders of migration scripts, `<module>/<version>/pre-….py`. */
  readonly upgradePath?: readonly string[]
  /** Your own migration scripts, in the same layout; they come behind those of `upgradePath`. */
  readonly scripts?: readonly string[]
  /** Whose module loading is followed; OpenUpgrade's where its scripts are on the upgrade path. */
  readonly profile?: 'odoo' | 'openupgrade'
  /** Who loads the modules: the release's own code where the source tree has it (`auto`), it, or nobody. */
  readonly loader?: 'auto' | 'odoo' | 'native' | 'none'
}

/** `moult.config.ts` or `moult.config.json`: all that makes an upgrade repeatable. */
export interface ProjectConfig {
  /** The database or backup to upgrade, when the command names none. */
  readonly source?: string
  /** The release to arrive at, such as `16.0`. */
  readonly to?: string
  /** The releases on the way, by series. */
  readonly releases?: Readonly<Record<string, ReleaseConfig>>
  /** Automatic modules; OpenUpgrade's way for the release where it is not given. */
  readonly autoInstall?:
    | AutoInstallChoice
    | { readonly policy: AutoInstallChoice; readonly exclude?: readonly string[] }
  readonly decisions?: {
    readonly missingModules?: Readonly<Record<string, MissingModuleChoice>>
  }
  /** How scripts in Python are run. */
  readonly python?: {
    /** `embedded`, or the path of a CPython. */
    readonly interpreter?: string
    /** Your own copy of openupgradelib: the folder that holds the package. */
    readonly openupgradelib?: string
  }
  /** Modules before which a checkpoint is made; `*` for all. */
  readonly checkpoints?: readonly string[]
  readonly limits?: {
    /** Seconds that one script may take. */
    readonly scriptSeconds?: number
    /** Megabytes that one script may use. */
    readonly scriptMemory?: number
  }
}

/** Gives the configuration its types; what it gets is what it returns. */
export function defineConfig(config: ProjectConfig): ProjectConfig {
  return config
}
