import type { ScriptLog } from '../../scripts/hosts/index.js'

/** A module that Odoo's loader is at. */
export interface LoadedModule {
  readonly module: string
  /** Counted from 1, among `total` of this pass over the graph. */
  readonly index: number
  readonly total: number
  /** Odoo goes over its graph several times: base, the installed modules, those to install. */
  readonly pass: number
  /** False for one that is only imported. */
  readonly updates: boolean
}

interface LoadedScript {
  readonly module: string
  readonly phase: string
  readonly directory: string
  readonly file: string
  /** What Odoo logs before it runs a script. */
  readonly logLine: string
}

/** An error of a script, as Python tells of it. */
export interface ScriptFailure {
  readonly type: string
  readonly message: string
  readonly file: string
  readonly line: number | undefined
}

interface Cost {
  readonly milliseconds: number
  readonly statements: number
  /** Of `milliseconds`, the part that the database took. */
  readonly sqlMilliseconds: number
}

/** What a listener of Odoo's loader hears, in the order in which it happens. */
export interface OdooLoaderEvents {
  readonly moduleStarted: LoadedModule
  /** Not sent for modules that are only imported. */
  readonly moduleFinished: LoadedModule & Cost
  readonly scriptStarted: LoadedScript
  readonly scriptFinished: LoadedScript & Cost
  /** A script failed and was undone; the run goes on, as was asked for. */
  readonly scriptFailed: ScriptFailure & { readonly module: string | undefined }
  /** What follows the last module: `end` (scripts), `constraints`. */
  readonly phaseStarted: { readonly phase: string }
  readonly statement: { readonly text: string }
  /** Odoo's log, and what scripts print. */
  readonly log: ScriptLog & { readonly module: string | undefined }
  /** A script has called commit() in the middle of a module. */
  readonly scriptCommitted: {
    readonly module: string | undefined
    readonly file: string | undefined
    readonly honoured: boolean
  }
}
