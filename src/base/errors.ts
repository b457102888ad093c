/**
 * Who can mend an error: `user` (the command, its input), `outside` (database, disk, network) or
 * `internal` (moult itself).
 */
export type ErrorTier = 'user' | 'outside' | 'internal'

/** Where something was found: a file, a line counted from 1, or a named object. */
export interface Place {
  readonly file?: string
  readonly line?: number
  readonly object?: string
}

/** What an error may carry besides its message. */
export interface ErrorDetails {
  /** What the operator can do about it, one or two sentences. */
  readonly hint?: string
  readonly place?: Place
  /** Facts for machines; must be JSON. */
  readonly data?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** Base of all errors that moult raises on purpose: a stable code, a hint, a place, facts. */
export abstract class MoultError extends Error {
  abstract readonly tier: ErrorTier
  /** Stable, upper snake case; every code has an entry in docs/errors.md. */
  readonly code: string
  readonly hint: string | undefined
  readonly place: Place | undefined
  readonly data: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    this.name = new.target.name
    this.code = code
    this.hint = details.hint
    this.place = details.place
    this.data = details.data ?? {}
  }

  toJSON(): Record<string, unknown> {
    return {
      code: this.code,
      tier: this.tier,
      message: this.message,
      ...(this.hint !== undefined && { hint: this.hint }),
      ...(this.place !== undefined && { place: this.place }),
      ...(Object.keys(this.data).length > 0 && { data: this.data }),
    }
  }
}

/** Something the user gave or asked for cannot be; shown without a stack. */
export class UserError extends MoultError {
  readonly tier = 'user'
}

/** A wrong command line or configuration; ends with exit code 2. */
export class UsageError extends UserError {}

/** A database, disk or network failed; shown with its cause. */
export class OutsideError extends MoultError {
  readonly tier = 'outside'
}

/** A defect of moult; shown with a ready-made report. */
export class InternalError extends MoultError {
  readonly tier = 'internal'
}

/** The user or a caller stopped the work; nothing half-made is left. */
export class CancelledError extends UserError {
  constructor(what: string) {
    super('CANCELLED', `${what} was cancelled`)
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The `code` of a system or database error (`ENOENT`, `42P01`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
