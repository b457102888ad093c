import { join, raw, type Sql, sql } from '../../db/index.js'
import type { HelperContext } from './helper-context.js'

/** Runs a statement and logs how many rows it changed, unless it changed none. */
export async function runLogged(context: HelperContext, statement: Sql): Promise<number> {
  const { count } = await context.session.query(statement)
  log(context, statement, count)
  return count
}

/**
 * Runs changes of different tables as one statement: each sees the tables as they were before all of them.
 * Those that change a table which an earlier one changes come behind it, in the next statement.
 */
export async function runLoggedTogether(
  context: HelperContext,
  changes: readonly TableChange[],
): Promise<void> {
  const rounds: (readonly TableChange[])[] = []
  for (const change of changes) {
    const at = rounds.findLastIndex((round) => round.some(({ table }) => table === change.table))
    rounds[at + 1] = [...(rounds[at + 1] ?? []), change]
  }
  for (const round of rounds) await runRound(context, round)
}

/** A change of one table, without RETURNING. */
export interface TableChange {
  readonly table: string
  readonly statement: Sql
}

async function runRound(context: HelperContext, round: readonly TableChange[]): Promise<void> {
  const named = round.map(({ statement }, at) => ({ statement, name: raw(`c${at}`) }))
  const changes = named.map(({ statement, name }) => sql`${name} AS (${statement} RETURNING 1)`)
  const counts = named.map(({ name }) => sql`(SELECT count(*) FROM ${name})`)
  const { rows } = await context.session.query<{ counts: readonly number[] }>(
    sql`WITH ${join(changes)} SELECT jsonb_build_array(${join(counts)}) AS counts`,
  )
  for (const [at, { statement }] of round.entries()) {
    log(context, statement, rows[0]?.counts[at] ?? 0)
  }
}

function log(context: HelperContext, statement: Sql, count: number): void {
  if (count === 0) return
  const text = statement.text.replace(/\s+/g, ' ').trim()
  context.log('debug', `${count} rows affected by ${text}`)
}
