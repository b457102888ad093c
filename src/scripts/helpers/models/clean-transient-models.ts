import { inTurn, messageOf } from '../../../base/index.js'
import { id, sql } from '../../../db/index.js'
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
  for (const table of tables) {
    if (existing.has(table)) await cleanTable(context, table)
  }
}

async function cleanTable(context: HelperContext, table: string): Promise<void> {
  try {
    await context.session.savepoint(async () => {
      await context.session.query(sql`
        DELETE FROM ${id(table)}
         WHERE COALESCE(write_date, create_date, now() AT TIME ZONE 'UTC')::timestamp
               < (now() AT TIME ZONE 'UTC') - interval '1 second'`)
    })
  } catch (error) {
    context.log('warning', `Failed to clean transient table ${table}\n${messageOf(error)}`)
  }
}
