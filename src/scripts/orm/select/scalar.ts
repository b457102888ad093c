import { id, type Sql, sql } from '../../../db/index.js'
import { needsOdoo } from '../guest-errors.js'
import { SOURCE_LANGUAGE } from '../orm-context.js'
import type { OrmScope } from '../orm-scope.js'
import { companyDependent, property } from './company-value.js'
import type { FieldPlace } from './place.js'
import { isTranslatable } from './sql-type.js'

/** The value of a field of one record as an expression; fails for lists and for what only Odoo can compute. */
export async function scalar(scope: OrmScope, place: FieldPlace): Promise<Sql> {
  const { field, schema, alias } = place
  if (field.kind === 'property') return property(scope.context, place)
  if (field.kind !== 'column') throw needsOdoo(schema.model, field.name)
  const column = id(alias, field.name)
  const stored = schema.columns.get(field.name)?.type
  if (stored === 'jsonb' && field.companyDependent) return companyDependent(scope, place)
  if (stored === 'jsonb' && isTranslatable(field)) return translatedJson(column, scope.context.lang)
  const translated = field.translate && scope.context.lang !== SOURCE_LANGUAGE
  if (translated && (await scope.catalog.has('ir_translation'))) {
    return translatedRow(place, column, scope.context.lang)
  }
  return column
}

function translatedJson(column: Sql, lang: string): Sql {
  const source = sql`${column}->>'en_US'`
  return lang === SOURCE_LANGUAGE
    ? sql`(${source})`
    : sql`COALESCE(${column}->>${lang}::text, ${source})`
}

/** Up to 15; terms of a text (`model_terms`) are not replaced. */
function translatedRow({ schema, field, alias }: FieldPlace, column: Sql, lang: string): Sql {
  return sql`COALESCE((SELECT tr.value FROM ir_translation tr
      WHERE tr.type = 'model' AND tr.name = ${`${schema.model},${field.name}`} AND tr.lang = ${lang}
        AND tr.res_id = ${id(alias, 'id')} AND tr.value <> '' LIMIT 1), ${column})`
}
