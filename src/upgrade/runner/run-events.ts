import type { Finding } from '../../base/index.js'
import type { ScriptLog } from '../../scripts/hosts/index.js'

/** Where in a run something happened; steps and hops are counted from 1 for people. */
export interface StepEvent {
  readonly hop: number
  readonly hops: number
  readonly step: number
  readonly steps: number
  /** `account:post` */
  readonly name: string
  readonly module?: string
}

export interface ScriptEvent {
  readonly module: string
  readonly phase: string
  readonly directory: string
  readonly file: string
  /** What Odoo logs before it runs a script. */
  readonly logLine: string
}

/** What a listener of a run hears, in the order in which it happens. */
export interface RunEvents {
  readonly hopStarted: {
    readonly hop: number
    readonly hops: number
    readonly from: string
    readonly to: string
    readonly modules: number
    readonly scripts: number
  }
  readonly stepStarted: StepEvent
  readonly stepFinished: StepEvent & { readonly milliseconds: number }
  readonly moduleLoading: {
    readonly module: string
    readonly index: number
    readonly total: number
  }
  readonly scriptStarted: ScriptEvent
  readonly statement: { readonly text: string }
  readonly scriptLog: ScriptLog & { readonly module: string }
  readonly scriptFinished: ScriptEvent & {
    readonly milliseconds: number
    readonly statements: number
    readonly rows: number
  }
  readonly checkpointMade: { readonly database: string; readonly before: string }
  readonly finding: Finding
  readonly hopFinished: { readonly hop: number; readonly to: string; readonly milliseconds: number }
}
