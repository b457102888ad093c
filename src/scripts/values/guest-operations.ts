import type { GuestValue } from './guest-value.js'

/** What an operation of the host answers; `result` is a statement's result set, in PostgreSQL's text. */
export type GuestAnswer =
  | { readonly kind: 'value'; readonly value: GuestValue }
  | { readonly kind: 'result'; readonly result: GuestResult }

/** A result set for the guest, which casts the cells by their type. */
export interface GuestResult {
  /** Name and type OID of each column; empty for a statement without result set. */
  readonly columns: readonly (readonly [name: string, oid: number])[]
  readonly rows: readonly (readonly (string | null)[])[]
  /** Rows returned or changed; -1 where PostgreSQL's command tag has no number. */
  readonly count: number
  /** The command tag, such as `INSERT 0 2`. */
  readonly tag: string
}

/** One operation that a guest may ask the host for. */
export type GuestOperation = (
  args: readonly GuestValue[],
  keywords: ReadonlyMap<string, GuestValue>,
) => Promise<GuestAnswer>

/** The operations by name: `sql`, `helper`, `orm.read`, … (names and arguments: docs/guest-protocol.md). */
export type GuestOperations = Readonly<Record<string, GuestOperation>>

/**
 * What an operation throws so that the guest raises the right Python exception. Errors of the database
 * ({@link DatabaseError}) are translated by the host; these are the others.
 */
export class GuestError extends Error {
  readonly kind: 'user' | 'value' | 'key' | 'xmlid' | 'helper' | 'attribute' | 'type' | 'needs-odoo'
  /** For `user`: `UserError`, `ValidationError`, `MissingError` or `AccessError`; for `needs-odoo`: the model. */
  readonly detail: string | undefined

  constructor(kind: GuestError['kind'], message: string, detail?: string) {
    super(message)
    this.name = 'GuestError'
    this.kind = kind
    this.detail = detail
  }
}
