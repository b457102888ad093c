import { id, join, type Sql, sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { SystemTable } from '../model-catalog.js'
import type { ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { tableOf } from '../select/place.js'

/**
 * Deletes records and what Odoo's `unlink` deletes with them: xml ids, attachments, company-dependent values,
 * user-set defaults, translations, messages, followers and activities. What points to them by foreign key follows
 * its policy in PostgreSQL.
 */
export async function unlink(
  scope: OrmScope,
  model: string,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  const schema = await scope.catalog.model(model)
  await scope.effects?.beforeUnlink(scope, model, ids)
  await refuseDefaultProperties(scope, model, ids)
  await scope.session.query(sql`DELETE FROM ${id(tableOf(schema))} WHERE id = ANY(${ids}::int[])`)
  const deletions: Sql[] = []
  for (const [table, condition] of companions(schema, ids)) {
    if (await scope.catalog.has(table)) {
      deletions.push(sql`${id(`of_${table}`)} AS (DELETE FROM ${id(table)} x WHERE ${condition})`)
    }
  }
  if (deletions.length > 0) await scope.session.query(sql`WITH ${join(deletions)} SELECT`)
  scope.changed?.({ kind: 'unlink', model, ids, fields: [] })
}

async function refuseDefaultProperties(
  scope: OrmScope,
  model: string,
  ids: readonly number[],
): Promise<void> {
  if (!(await scope.catalog.has('ir_property'))) return
  const refs = ids.map((one) => `${model},${one}`)
  const { rows } = await scope.session.query(sql`
    SELECT FROM ir_property WHERE res_id IS NULL AND value_reference = ANY(${refs}::text[]) LIMIT 1`)
  if (rows.length > 0) {
    throw new GuestError(
      'user',
      'Unable to delete this document because it is used as a default property',
      'UserError',
    )
  }
}

function companions(
  schema: ModelSchema,
  ids: readonly number[],
): readonly (readonly [SystemTable, Sql])[] {
  const { model } = schema
  const byModel = sql`x.res_model = ${model} AND x.res_id = ANY(${ids}::int[])`
  const all: (readonly [SystemTable, Sql])[] = [
    ['ir_model_data', sql`x.model = ${model} AND x.res_id = ANY(${ids}::int[])`],
    ['ir_property', sql`x.res_id = ANY(${ids.map((one) => `${model},${one}`)}::text[])`],
    [
      'ir_translation',
      sql`x.type IN ('model', 'model_terms') AND x.name LIKE ${`${model.replace(/[\\%_]/g, '\\$&')},%`}
          AND x.res_id = ANY(${ids}::int[])`,
    ],
  ]
  if (model !== 'ir.attachment') all.push(['ir_attachment', byModel])
  if (schema.mailThread) {
    all.push(['mail_message', sql`x.model = ${model} AND x.res_id = ANY(${ids}::int[])`])
    all.push(['mail_followers', byModel])
  }
  if (schema.mailActivity) all.push(['mail_activity', byModel])
  all.push([
    'ir_default',
    sql`x.json_value = ANY(${ids.map(String)}::text[]) AND EXISTS (
          SELECT FROM ir_model_fields f
           WHERE f.id = x.field_id AND f.ttype = 'many2one' AND f.relation = ${model})`,
  ])
  return all
}
