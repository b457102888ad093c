import { id, join, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { readColumns } from '../schema/column-exists.js'
import { tableOf } from '../schema/model-table.js'

/** The records of a module that have external ids, grouped by their model. */
interface Records extends Record<string, unknown> {
  readonly model: string
  readonly ids: readonly number[]
}

/**
 * Takes the translations of records away, so that the module's own are loaded again: in the records' columns
 * from Odoo 16 on, where only `en_US` stays, and in `ir_translation` before. Without `fields`, of all fields.
 */
export async function deleteRecordTranslations(
  context: HelperContext,
  module: string,
  names: readonly string[],
  fields: readonly string[] = [],
): Promise<void> {
  const { rows } = await context.session.query<Records>(sql`
    SELECT model, array_agg(res_id) AS ids FROM ir_model_data
     WHERE module = ${module} AND name = ANY(${names}::text[]) AND res_id IS NOT NULL
     GROUP BY model ORDER BY model`)
  for (const records of rows) {
    if (context.release.major < 16) await deleteRows(context, module, records, fields)
    else await resetColumns(context, records, fields)
  }
}

async function deleteRows(
  context: HelperContext,
  module: string,
  { model, ids }: Records,
  fields: readonly string[],
): Promise<void> {
  const names = fields.map((field) => `${model},${field}`)
  const named =
    names.length === 0 ? sql`starts_with(name, ${`${model},`})` : sql`name = ANY(${names}::text[])`
  await runLogged(
    context,
    sql`DELETE FROM ir_translation WHERE module = ${module} AND ${named} AND res_id = ANY(${ids}::int[])`,
  )
}

async function resetColumns(
  context: HelperContext,
  { model, ids }: Records,
  fields: readonly string[],
): Promise<void> {
  const table = await tableOf(context, model)
  const columns = (await translatedColumns(context, model, table)).filter(
    (column) => fields.length === 0 || fields.includes(column),
  )
  if (columns.length === 0) return
  const translated = columns.map(
    (column) =>
      sql`(${id(column)} ? 'en_US' AND ${id(column)} <> jsonb_build_object('en_US', ${id(column)} -> 'en_US'))`,
  )
  const changes = columns.map(
    (column, index) => sql`${id(column)} = CASE WHEN ${translated[index] ?? sql`false`}
      THEN jsonb_build_object('en_US', ${id(column)} -> 'en_US') ELSE ${id(column)} END`,
  )
  await runLogged(
    context,
    sql`UPDATE ${id(table)} SET ${join(changes)}
         WHERE id = ANY(${ids}::int[]) AND (${join(translated, ' OR ')})`,
  )
}

async function translatedColumns(
  context: HelperContext,
  model: string,
  table: string,
): Promise<readonly string[]> {
  // From Odoo 19 on `translate` says how a field is translated.
  const translates = context.release.major >= 19 ? sql`translate IS NOT NULL` : sql`translate`
  const { rows } = await context.session.query<{ name: string }>(sql`
    SELECT DISTINCT name FROM ir_model_fields WHERE model = ${model} AND ${translates} ORDER BY name`)
  const known = await readColumns(context.session, [table])
  // A column that is no jsonb yet has no translations in it.
  return rows.map((row) => row.name).filter((name) => known.typeOf(table, name) === 'jsonb')
}
