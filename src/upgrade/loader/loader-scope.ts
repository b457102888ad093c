import type { Finding } from '../../base/index.js'
import type { Session } from '../../db/index.js'

/** A fact as plain JSON. */
export type FactValue =
  | string
  | number
  | boolean
  | null
  | readonly FactValue[]
  | { readonly [name: string]: FactValue }

/** Something that a part of the loader keeps with a step, for a process that resumes the run. */
export interface LoaderFact {
  /** Name of the part. */
  readonly part: string
  readonly value: FactValue
}

/** What a part works with during one step: its transaction, and where it tells what it finds. */
export interface LoaderScope {
  /** Within the step's transaction; whoever works here neither commits nor rolls back. */
  readonly session: Session
  readonly signal: AbortSignal
  readonly addFinding: (finding: Finding) => void
  /** Keeps a fact with the step, written by the journal in the step's own transaction. */
  readonly keep: (fact: LoaderFact) => void
}
