import type { Finding } from '../../../base/index.js'
import type { HopPlan, UpgradeRequest } from '../../planning/index.js'
import type { TableChange } from '../changes/index.js'
import type { SequencePositions } from '../sequences.js'

export type RunStatus = 'running' | 'failed' | 'done'

/** Why a run stopped, and where. */
export interface RunFailure {
  readonly hop: number
  readonly step: number
  /** Name of the step, such as `account:post`. */
  readonly name: string
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly file?: string
  readonly line?: number
}

/** A script as it ran. */
export interface RecordedScript {
  readonly file: string
  readonly checksum: string
  readonly milliseconds: number
  readonly statements: number
  /** Rows that its statements returned or changed. */
  readonly rows: number
}

/** A step that is done, or that a script's own commit has cut in two. */
export interface RecordedStep {
  readonly step: number
  readonly name: string
  readonly status: 'done' | 'partly committed'
  readonly milliseconds: number
  readonly scripts: readonly RecordedScript[]
  readonly findings: readonly Finding[]
  /** Positions of the sequences that the step moved. */
  readonly sequences: SequencePositions
  /** What a loader wants to know of the step when the run is resumed. */
  readonly state: string | undefined
}

export interface RecordedHop {
  readonly hop: number
  readonly status: 'running' | 'done'
  readonly plan: HopPlan
  /** Positions of all sequences when the hop began. */
  readonly sequences: SequencePositions
  /** In the order in which they were done. */
  readonly steps: readonly RecordedStep[]
  /** Of a hop that is done. */
  readonly changes?: readonly TableChange[]
}

/** A run as its journal tells it. */
export interface RecordedRun {
  readonly run: number
  readonly status: RunStatus
  readonly request: UpgradeRequest
  readonly failure: RunFailure | undefined
  readonly startedAt: string
  readonly finishedAt: string | undefined
  readonly hops: readonly RecordedHop[]
}
