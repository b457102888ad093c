import { codeOf, MoultError, messageOf } from '../../base/index.js'
import type { RunFailure } from './journal/index.js'

/** Which step of which hop, counted from 0, and its name. */
export interface FailedStep {
  readonly hop: number
  readonly step: number
  readonly name: string
}

/**
 * Carries why a step failed up to where the journal can be written; never shown: `cause` is what people
 * see.
 */
export class StepFailedError extends Error {
  readonly step: FailedStep

  constructor(step: FailedStep, cause: unknown) {
    super(messageOf(cause), { cause })
    this.step = step
  }

  /** The failure as the journal keeps it. */
  toFailure(): RunFailure {
    const { cause } = this
    const known = cause instanceof MoultError ? cause : undefined
    return {
      ...this.step,
      code: known?.code ?? codeOf(cause) ?? 'INTERNAL',
      message: messageOf(cause),
      ...(known?.hint !== undefined && { hint: known.hint }),
      ...(known?.place?.file !== undefined && { file: known.place.file }),
      ...(known?.place?.line !== undefined && { line: known.place.line }),
    }
  }
}
