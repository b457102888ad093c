import type { Emitter } from '../../base/index.js'
import type { Session } from '../../db/index.js'
import type { OdooGuestOptions, ScriptLimits } from '../../scripts/hosts/index.js'
import type { GuestOperations } from '../../scripts/values/index.js'
import type { LoaderCommit } from './loader-commit.js'
import type { OdooLoaderEvents } from './loader-events.js'

/** A script that the host runs at its turn among those in Python. */
export interface ForeignScriptFile {
  readonly module: string
  /** Which of Odoo's three places it lies in. */
  readonly source: 'module' | 'module_upgrades' | 'upgrade'
  /** Name of its version folder. */
  readonly directory: string
  /** Absolute path on the host. */
  readonly file: string
}

export interface OdooLoaderOptions {
  /** The interpreter, the source tree and the folders; `serverWide` follows the profile unless given. */
  readonly guest: OdooGuestOptions
  /** `openupgrade` loads its framework server-wide, which must be on the addons path. */
  readonly profile: 'odoo' | 'openupgrade'
  /** Outside of a transaction; the loader makes its own on it. */
  readonly session: Session
  /** Modules to update as in `-u`, such as `all`, and to install as in `-i`. */
  readonly update: readonly string[]
  readonly init: readonly string[]
  readonly withoutDemo?: boolean
  /** `--i18n-overwrite` and `--load-language`. */
  readonly overwriteTranslations?: boolean
  readonly languages?: readonly string[]
  /** `state` of the commits that earlier attempts made, in their order; empty for a new run. */
  readonly finished: readonly string[]
  /**
   * Called inside the transaction, right before each COMMIT; what it writes on the session is committed with
   * it, and nothing is when it rejects.
   */
  readonly onCommit: (commit: LoaderCommit) => Promise<void>
  /**
   * Whether to stop before a module is processed. What was not committed is undone, and a later attempt with
   * what is `finished` by then goes on there.
   */
  readonly pauseBefore?: (module: string) => boolean
  /** Whether commit() in a script or hook commits; it does nothing otherwise. */
  readonly allowScriptCommit: boolean
  readonly events: Emitter<OdooLoaderEvents>
  /** What moult's own `openupgradelib` asks for, on the session that scripts see. */
  readonly operations?: (session: Session) => GuestOperations
  /** Scripts in other languages than Python; `operations` has to hold `loader.run_script` for them. */
  readonly foreignScripts?: readonly ForeignScriptFile[]
  /** A script in Python that fails is undone and told (`scriptFailed`), and Odoo's loader goes on. */
  readonly keepGoing?: boolean
  readonly limits: ScriptLimits
  readonly signal: AbortSignal
}

/** What Odoo's loader did and what it cost. */
export interface OdooLoaderReport {
  /** The module that `pauseBefore` has stopped at; undefined when all is done. */
  readonly pausedBefore: string | undefined
  /** Modules that were processed, in order; those of earlier attempts included. Empty when it has stopped. */
  readonly modules: readonly string[]
  /** Models in the registry at the end; 0 when it has stopped. */
  readonly models: number
  /** Statements sent by Odoo and by scripts. */
  readonly statements: number
  readonly milliseconds: number
  /** Of `milliseconds`: starting the interpreter and importing Odoo, and waiting for the database. */
  readonly startMilliseconds: number
  readonly sqlMilliseconds: number
}
