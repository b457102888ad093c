import { id, raw, type Sql, sql } from '../../../db/index.js'
import type { FieldSchema, ModelSchema } from '../model-schema.js'
import { SOURCE_LANGUAGE } from '../orm-context.js'
import type { OrmScope } from '../orm-scope.js'
import { companyId } from '../select/company-value.js'
import { isTranslatable, sqlType } from '../select/sql-type.js'

/** How a field's column is written. */
export interface ColumnCell {
  readonly field: FieldSchema
  /** PostgreSQL's type of the column. */
  readonly type: string
  readonly form: 'plain' | 'translated' | 'company' | 'separate translation'
}

/** `separate translation`: the text lies in `ir_translation` for every language but the source's. */
export async function columnCell(
  scope: OrmScope,
  schema: ModelSchema,
  field: FieldSchema,
): Promise<ColumnCell> {
  const type = schema.columns.get(field.name)?.type ?? 'text'
  if (type === 'jsonb' && field.companyDependent) return { field, type, form: 'company' }
  if (type === 'jsonb' && isTranslatable(field)) return { field, type, form: 'translated' }
  const separate =
    field.translate && field.type !== 'html' && (await scope.catalog.has('ir_translation'))
  return { field, type, form: separate ? 'separate translation' : 'plain' }
}

/** The value of a new record, from the text of {@link cellText}. */
export function insertedCell(scope: OrmScope, cell: ColumnCell, text: Sql): Sql {
  const { lang } = scope.context
  if (cell.form === 'translated') {
    const both = sql`jsonb_build_object('en_US', ${text}, ${lang}::text, ${text})`
    const object = lang === SOURCE_LANGUAGE ? sql`jsonb_build_object('en_US', ${text})` : both
    return sql`CASE WHEN ${text} IS NOT NULL THEN ${object} END`
  }
  if (cell.form === 'company') {
    return sql`CASE WHEN ${text} IS NOT NULL THEN ${companyObject(scope, cell, text)} END`
  }
  return plainCell(cell, text)
}

/** The value of an existing record: other languages and companies keep theirs. */
export function updatedCell(scope: OrmScope, cell: ColumnCell, table: string, text: Sql): Sql {
  const { lang } = scope.context
  const old = id(table, cell.field.name)
  const object = sql`COALESCE(${old}, '{}'::jsonb)`
  if (cell.form === 'translated') {
    const written = sql`jsonb_build_object(${lang}::text, ${text})`
    const merged =
      lang === SOURCE_LANGUAGE
        ? sql`${object} || ${written}`
        : sql`jsonb_build_object('en_US', ${text}) || ${object} || ${written}`
    return sql`CASE WHEN ${text} IS NOT NULL THEN ${merged} END`
  }
  if (cell.form === 'company') return sql`${object} || ${companyObject(scope, cell, text)}`
  if (cell.form === 'separate translation' && lang !== SOURCE_LANGUAGE) {
    // A database with one language has that language in the column too.
    return sql`CASE WHEN ${old} IS NULL OR ${old} = '' OR ${text} IS NULL
        OR (SELECT count(*) FROM res_lang l WHERE l.active) = 1 THEN ${text} ELSE ${old} END`
  }
  return plainCell(cell, text)
}

function companyObject(scope: OrmScope, cell: ColumnCell, text: Sql): Sql {
  const value = sql`to_jsonb(${text}::${sqlType(cell.field)})`
  return sql`jsonb_build_object(${companyId(scope.context)}::text, ${value})`
}

function plainCell({ field, type }: ColumnCell, text: Sql): Sql {
  if (type === 'bytea') return sql`convert_to(${text}, 'UTF8')`
  const cast = sql`${text}::${raw(type)}`
  if (field.digits === undefined || !/^(numeric|double precision)/.test(type)) return cast
  return sql`round(${text}::numeric, ${field.digits[1]}::int)::${raw(type)}`
}
