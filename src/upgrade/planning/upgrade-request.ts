import type { AutoInstallPolicy, MissingModuleDecision } from '../../odoo/modules/index.js'
import type { Profile } from './plan.js'

/** What one hop needs: where the release and its scripts are, resolved. */
export interface HopRequest {
  /** Series, such as `16.0`. */
  readonly to: string
  readonly profile: Profile
  readonly addonsPath: readonly string[]
  readonly upgradePath: readonly string[]
  /** Names of `-u`; `all` on the way to another release. */
  readonly update: readonly string[]
  /** Names of `-i`. */
  readonly init: readonly string[]
  /** Folders with the Python packages that the release imports, besides the interpreter's own. */
  readonly packages?: readonly string[]
  /** For this hop alone; that of the request where absent. */
  readonly loader?: LoaderChoice
}

/**
 * Who loads modules: nobody (scripts and the module list alone); moult, by what it reads of the release's source;
 * the release's own code, which then also runs the scripts; or that code where the source tree has it, and
 * nobody elsewhere.
 */
export type LoaderChoice = 'none' | 'native' | 'odoo' | 'auto'

/** How scripts in Python are run. */
export interface PythonChoice {
  /** `embedded`, or the path of a CPython. */
  readonly interpreter: string
  /** Folder of the user's own openupgradelib; moult's where absent. */
  readonly openupgradelib?: string
}

/** Old names of modules and new ones. */
export type Renames = Readonly<Record<string, string>>

/** Module → modules, of odoo.conf's `[openupgrade]`. */
export type ModuleLists = Readonly<Record<string, readonly string[]>>

/**
 * Everything a run was asked for, resolved; plain JSON. It is stored in the journal, so that `resume` needs
 * no options.
 */
export interface UpgradeRequest {
  /** What the user named: a file, or a database. */
  readonly source: string
  readonly loader: LoaderChoice
  readonly hops: readonly HopRequest[]
  readonly autoInstall?: AutoInstallPolicy
  readonly autoInstallExclude: readonly string[]
  readonly decisions: Readonly<Record<string, MissingModuleDecision>>
  readonly renamedModules: Renames
  readonly mergedModules: Renames
  readonly alsoInstall: ModuleLists
  readonly forceDependencies: ModuleLists
  readonly forceInit: boolean
  readonly withoutDemo: boolean
  /** OPENUPGRADE_USE_DEMO is `yes`. */
  readonly useDemo: boolean
  /** The reference's policies exactly, its mistakes included. */
  readonly parity: boolean
  readonly allowScriptCommit: boolean
  /** A script without `migrate` is only logged, as Odoo 14 to 17 do. */
  readonly tolerant: boolean
  /** A script that fails is undone and becomes a finding, and the run goes on: for rehearsals. */
  readonly keepGoing: boolean
  readonly python: PythonChoice
  /** Longest time of one script. */
  readonly scriptSeconds?: number
  /** Largest memory of the embedded interpreter, in bytes. */
  readonly scriptMemory?: number
  /** Modules before whose first step a checkpoint is made; `*` for all of them. */
  readonly checkpoints: readonly string[]
  /** OPENUPGRADE_TARGET_VERSION: costly functions of scripts only run on the way to it. */
  readonly targetVersion?: string
  /** Where the upgraded backup goes. */
  readonly output?: string
  /** Role that owned the database before its scripts' role did. */
  readonly owner?: string
}

/** What an upgrade is asked for where nobody says otherwise. */
const DEFAULTS: Omit<UpgradeRequest, 'source' | 'hops'> = {
  loader: 'auto',
  autoInstallExclude: [],
  decisions: {},
  renamedModules: {},
  mergedModules: {},
  alsoInstall: {},
  forceDependencies: {},
  forceInit: false,
  withoutDemo: false,
  useDemo: false,
  parity: false,
  allowScriptCommit: false,
  tolerant: false,
  keepGoing: false,
  python: { interpreter: 'embedded' },
  checkpoints: [],
}

/** Makes a request complete. */
export function completeRequest(
  given: Pick<UpgradeRequest, 'source' | 'hops'> & Partial<UpgradeRequest>,
): UpgradeRequest {
  return { ...DEFAULTS, ...given }
}
