import { inTurn } from '../../../base/index.js'
import { sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { readColumns } from '../schema/column-exists.js'
import { tableOf } from '../schema/model-table.js'

export interface TableColumn {
  readonly table: string
  readonly column: string
}

/** The columns of reference fields, which hold `model,id`, as far as they exist. */
export async function referenceColumns(context: HelperContext): Promise<readonly TableColumn[]> {
  const { rows } = await context.session.query<{ model: string; name: string }>(
    sql`SELECT model, name FROM ir_model_fields WHERE ttype = 'reference' ORDER BY model, name`,
  )
  const columns = await inTurn(rows, async ({ model, name }) => ({
    table: await tableOf(context, model),
    column: name,
  }))
  const known = await readColumns(
    context.session,
    columns.map(({ table }) => table),
  )
  return columns.filter(({ table, column }) => known.has(table, column))
}
