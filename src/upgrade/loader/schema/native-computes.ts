import { raw, type Sql } from '../../../db/index.js'

/** A stored computed field whose value SQL gives. */
export interface NativeCompute {
  readonly model: string
  readonly field: string
  /** First and last release, by major version, for which it has been compared with the method. */
  readonly releases: readonly [from: number, to: number]
  /** Fills all rows; other new columns that it reads are filled before it. */
  readonly statement: Sql
}

/** The computes that moult does itself. */
export const NATIVE_COMPUTES: readonly NativeCompute[] = [
  {
    model: 'account.journal',
    field: 'payment_sequence',
    releases: [16, 16],
    statement: raw("UPDATE account_journal SET payment_sequence = type IN ('bank', 'cash')"),
  },
]
