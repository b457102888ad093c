import type { Session } from '../../db/index.js'
import type { GuestOperations } from '../values/index.js'

/** One script of an upgrade and the moment it runs at. */
export interface ScriptCall {
  /** Absolute path. */
  readonly file: string
  readonly module: string
  readonly phase: 'pre' | 'post' | 'end'
  /** Name of the version folder it lies in, such as `16.0.1.2`. */
  readonly directory: string
  /** Version of the module before the upgrade as stored; empty when it was not installed. */
  readonly installedVersion: string
}

export type LogLevel = 'debug' | 'info' | 'warning' | 'error' | 'critical'

/** A line that a script logged or printed. */
export interface ScriptLog {
  readonly level: LogLevel
  /** Python's logger name, `stdout`, or the host's. */
  readonly logger: string
  readonly text: string
  readonly file?: string
  readonly line?: number
}

/** How long and how large a script may get. */
export interface ScriptLimits {
  readonly seconds?: number
  /** Bytes of memory of an embedded interpreter. */
  readonly memory?: number
}

/**
 * What one script may use for the time of its run. The session is inside the step's transaction; the
 * host sends every statement of the script through `operations.sql` or this session, nowhere else.
 */
export interface ScriptScope {
  readonly session: Session
  readonly operations: GuestOperations
  readonly log: (line: ScriptLog) => void
  /** Ends the script: the running statement is cancelled, an interpreter that does not obey is killed. */
  readonly signal: AbortSignal
  /** Cancels the statement that is running, for a script whose time is over. */
  readonly cancelStatement?: () => Promise<void>
  readonly limits: ScriptLimits
}

/**
 * Runs scripts of one language. `run` resolves when the script has ended well, and rejects with
 * {@link MoultError}s: SCRIPT_FAILED (traceback in `data.traceback`, place = the script's own file and
 * line, the database's error as cause), SCRIPT_TIMEOUT, SCRIPT_MEMORY, SCRIPT_CRASHED (its interpreter
 * is gone), SCRIPT_INVALID (no `migrate`, wrong parameters), SCRIPT_NEEDS_ODOO (`data.model`, `data.name`:
 * only the release's own ORM can do it),
 * CANCELLED. The caller owns the savepoint around it and rolls back.
 */
export interface ScriptHost {
  run(call: ScriptCall, scope: ScriptScope): Promise<void>
  close(): Promise<void>
}
