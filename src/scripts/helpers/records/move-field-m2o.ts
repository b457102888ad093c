import { id, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { tableOf } from '../schema/model-table.js'
import { unquotedName } from '../schema/sql-names.js'

/** A field that moves from a model to the one that its many2one points to. */
export interface FieldMove {
  readonly fromModel: string
  readonly fromField: string
  readonly m2oField: string
  readonly toModel: string
  readonly toField: string
}

/** Gives each target the value that most of its records have; of several, that of the oldest record. */
export async function moveFieldM2o(context: HelperContext, move: FieldMove): Promise<void> {
  const from = id(await tableOf(context, move.fromModel))
  const to = id(await tableOf(context, move.toModel))
  const link = id(unquotedName(move.m2oField))
  const value = id(unquotedName(move.fromField))
  await runLogged(
    context,
    sql`
    WITH counted AS (
      SELECT ${link} AS target, ${value} AS value, count(*) AS uses, min(id) AS oldest
        FROM ${from} WHERE ${link} IS NOT NULL GROUP BY 1, 2),
    chosen AS (SELECT DISTINCT ON (target) target, value FROM counted ORDER BY target, uses DESC, oldest)
    UPDATE ${to} t SET ${id(unquotedName(move.toField))} = chosen.value
      FROM chosen WHERE chosen.target = t.id`,
  )
}
