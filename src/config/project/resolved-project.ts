import type { AutoInstallChoice, MissingModuleChoice, ReleaseConfig } from './project-config.js'

/** One release of a project; `undefined` paths are to be looked for elsewhere. */
export interface ResolvedRelease {
  readonly addonsPath: readonly string[] | undefined
  readonly upgradePath: readonly string[] | undefined
  readonly scripts: readonly string[]
  readonly profile: ReleaseConfig['profile']
  readonly loader: ReleaseConfig['loader']
}

/** A project's configuration with its defaults; all paths are absolute. */
export interface ResolvedProject {
  /** The file it was read from. */
  readonly file: string
  readonly source: string | undefined
  readonly to: string | undefined
  readonly releases: ReadonlyMap<string, ResolvedRelease>
  /** Undefined: what the profile does by itself. */
  readonly autoInstall: AutoInstallChoice | undefined
  readonly autoInstallExcept: readonly string[]
  readonly missingModules: Readonly<Record<string, MissingModuleChoice>>
  /** `embedded`, or the path of a CPython. */
  readonly interpreter: string
  readonly openupgradelib: string | undefined
  readonly checkpoints: readonly string[]
  /** Undefined: as long as it takes. */
  readonly scriptSeconds: number | undefined
  /** Megabytes; undefined: what the interpreter can have. */
  readonly scriptMemory: number | undefined
}
