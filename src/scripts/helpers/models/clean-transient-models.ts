import { inTurn, messageOf } from '../../../base/index.js'
import { id, join, type Sql, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { tableOf } from '../schema/model-table.js'
import { existingRelations } from '../schema/table-exists.js'

/** Deletes the rows of wizards and other transient models; a table that refuses is warned of and kept. */
export async function cleanTransientModels(context: HelperContext): Promise<void> {
  const { rows } = await context.session.query<{ model: string }>(
    sql`SELECT model FROM ir_model WHERE transient ORDER BY model`,
  )
  const tables = await inTurn(rows, ({ model }) => tableOf(context, model))
  const existing = await existingRelations(context.session, tables)
  await cleanTables(
    context,
    tables.filter((table) => existing.has(table)),
  )
}

/** All in one round trip; where one refuses, the halves, until it stands alone. */
async function cleanTables(context: HelperContext, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return
  try {
    await context.session.savepoint(() =>
      context.session.execute(join(tables.map(cleaning), ';\n')),
    )
  } catch (error) {
    if (tables.length === 1) {
      context.log('warning', `Failed to clean transient table ${tables[0]}\n${messageOf(error)}`)
      return
    }
    const middle = Math.ceil(tables.length / 2)
    await cleanTables(context, tables.slice(0, middle))
    await cleanTables(context, tables.slice(middle))
  }
}

function cleaning(table: string): Sql {
  return sql`
    DELETE FROM ${id(table)}
     WHERE COALESCE(write_date, create_date, now() AT TIME ZONE 'UTC')::timestamp
           < (now() AT TIME ZONE 'UTC') - interval '1 second'`
}
