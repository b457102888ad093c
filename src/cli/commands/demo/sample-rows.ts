import { firstRow, type Session, type Sql, sql } from '../../../db/index.js'

/** One row, as far as it is shown. */
export type SampleRow = Readonly<Record<string, unknown>>

/** A row before and after the upgrade. */
export interface Sample {
  readonly what: string
  readonly before: SampleRow
  readonly after: SampleRow
}

/** Where the same row is found on 15.0 and on 17.0. */
const SAMPLES: readonly { readonly what: string; readonly before: Sql; readonly after: Sql }[] = [
  {
    what: 'A customer',
    before: sql`SELECT name, street FROM res_partner WHERE ref = 'C00104'`,
    after: sql`SELECT firstname, lastname, street_name, street_number FROM res_partner WHERE ref = 'C00104'`,
  },
  {
    what: 'A service',
    before: sql`SELECT name, price_cents FROM workshop_service WHERE minutes = 20 ORDER BY id LIMIT 1`,
    after: sql`SELECT name, price FROM workshop_service WHERE minutes = 20 ORDER BY id LIMIT 1`,
  },
  {
    what: 'A job, a repair',
    before: sql`SELECT name, state, total_cents FROM workshop_job WHERE name = 'J00002'`,
    after: sql`SELECT name, state, total FROM workshop_repair WHERE name = 'J00002'`,
  },
  {
    what: 'A stamp card',
    before: sql`SELECT name, stamps FROM workshop_stamp_card WHERE name = 'S0003'`,
    after: sql`SELECT name, points, level FROM workshop_loyalty_card WHERE name = 'S0003'`,
  },
]

/** Reads the rows of one side. */
export async function readSamples(
  session: Session,
  side: 'before' | 'after',
): Promise<readonly SampleRow[]> {
  const rows: SampleRow[] = []
  for (const sample of SAMPLES) rows.push((await firstRow(session, sample[side])) ?? {})
  return rows
}

/** Puts both sides together. */
export function pairSamples(
  before: readonly SampleRow[],
  after: readonly SampleRow[],
): readonly Sample[] {
  return SAMPLES.map(({ what }, at) => ({
    what,
    before: before[at] ?? {},
    after: after[at] ?? {},
  }))
}
