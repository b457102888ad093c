import { id, sql } from '../../../db/index.js'
import type { FieldSchema, ModelSchema } from '../model-schema.js'
import { SOURCE_LANGUAGE } from '../orm-context.js'
import type { OrmScope } from '../orm-scope.js'
import { fieldOf, tableOf } from '../select/place.js'
import { cellText } from './cell-text.js'
import { columnCell } from './column-cell.js'
import type { RowValues } from './write.js'

/**
 * What a write means for translations beside the column: rows of `ir_translation` up to 15; from 16 on a
 * finding where a new source text leaves translations of its terms behind.
 */
export async function writeTranslations(
  scope: OrmScope,
  schema: ModelSchema,
  rows: readonly RowValues[],
): Promise<void> {
  for (const name of rows[0]?.values.keys() ?? []) {
    const field = fieldOf(schema, name)
    if (!field.translate) continue
    const { form } = await columnCell(scope, schema, field)
    if (form === 'separate translation') await writeSeparately(scope, schema, field, rows)
    else if (form === 'translated' && field.type === 'html') {
      await reportStaleTerms(scope, schema, field, rows)
    }
  }
}

async function writeSeparately(
  scope: OrmScope,
  schema: ModelSchema,
  field: FieldSchema,
  rows: readonly RowValues[],
): Promise<void> {
  const { lang } = scope.context
  const key = `${schema.model},${field.name}`
  const pairs = rows.flatMap(({ ids, values }) => {
    const text = cellText(field, values.get(field.name) ?? null)
    return ids.map((one) => [one, text] as const)
  })
  const source = sql`unnest(${pairs.map(([one]) => one)}::int[], ${pairs.map(([, text]) => text)}::text[]) AS v(id, value)`
  if (lang === SOURCE_LANGUAGE) {
    await scope.session.query(sql`
      UPDATE ir_translation tr SET src = v.value FROM ${source}
       WHERE tr.type = 'model' AND tr.name = ${key} AND tr.res_id = v.id`)
    return
  }
  await scope.session.query(sql`
    DELETE FROM ir_translation tr USING ${source}
     WHERE tr.type = 'model' AND tr.name = ${key} AND tr.lang = ${lang} AND tr.res_id = v.id`)
  await scope.session.query(sql`
    INSERT INTO ir_translation (type, name, lang, res_id, src, value, state)
    SELECT 'model', ${key}::text, ${lang}::text, v.id, ${id('t', field.name)}, v.value, 'translated'
      FROM ${source} JOIN ${id(tableOf(schema))} t ON t.id = v.id WHERE v.value IS NOT NULL`)
}

async function reportStaleTerms(
  scope: OrmScope,
  schema: ModelSchema,
  field: FieldSchema,
  rows: readonly RowValues[],
): Promise<void> {
  if (scope.findings === undefined || scope.context.lang !== SOURCE_LANGUAGE) return
  const ids = rows.flatMap((row) => row.ids)
  const { rows: counted } = await scope.session.query<{ n: number }>(sql`
    SELECT count(*) AS n FROM ${id(tableOf(schema))} t
     WHERE t.id = ANY(${ids}::int[]) AND ${id('t', field.name)} - 'en_US' <> '{}'::jsonb`)
  const stale = counted[0]?.n ?? 0
  if (stale === 0) return
  scope.findings.add({
    code: 'TRANSLATIONS_STALE',
    severity: 'warning',
    message: `${stale} records of ${schema.model} have translations of ${field.name} that may no longer fit its new text`,
    place: { object: `${schema.model}.${field.name}` },
    hint: 'Translate these texts again, or reload the translations of the modules.',
    data: { model: schema.model, field: field.name, records: stale },
  })
}
