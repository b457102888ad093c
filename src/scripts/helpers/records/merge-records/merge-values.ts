import { id, join, type Sql, sql } from '../../../../db/index.js'
import type { HelperContext } from '../../helper-context.js'
import { readColumns } from '../../schema/column-exists.js'
import type { Merge } from './merge.js'

/** What to do with the values of each field; a field without an operation gets its type's usual one. */
export interface FieldOperations {
  readonly operations: ReadonlyMap<string, string>
  /** Leaves fields that are not named as the target has them. */
  readonly preserveOthers: boolean
}

const TEXTS = ['char', 'text', 'html']
const NUMBERS = ['integer', 'float', 'monetary']
const DATES = ['date', 'datetime']
const LINKS = ['binary', 'many2one', 'reference']

interface Column {
  readonly name: string
  readonly fieldType: string
  readonly columnType: string
}

/** Merges the values of the records into the target's, in one statement. */
export async function mergeValues(
  context: HelperContext,
  merge: Merge,
  fields: FieldOperations,
): Promise<void> {
  const columns = await columnsOf(context, merge)
  const changes = columns
    .filter(({ name }) => !fields.preserveOthers || fields.operations.has(name))
    .map((column) => {
      const value = mergedValue(merge, column, fields.operations.get(column.name))
      return value === undefined ? undefined : sql`${id(column.name)} = ${value}`
    })
    .filter((change): change is Sql => change !== undefined)
  if (changes.length === 0) return
  await context.session.query(
    sql`UPDATE ${id(merge.table)} SET ${join(changes)} WHERE id = ${merge.target}`,
  )
}

async function columnsOf(context: HelperContext, merge: Merge): Promise<readonly Column[]> {
  const known = await readColumns(context.session, [merge.table])
  const { rows } = await context.session.query<{ name: string; fieldType: string }>(sql`
    SELECT name, ttype AS "fieldType" FROM ir_model_fields WHERE model = ${merge.model} AND name <> 'id'
     ORDER BY name`)
  return rows.flatMap((row) => {
    const columnType = known.typeOf(merge.table, row.name)
    return columnType === undefined ? [] : [{ ...row, columnType }]
  })
}

/** The value as SQL; undefined when the target keeps its own. */
function mergedValue(merge: Merge, column: Column, operation: string | undefined): Sql | undefined {
  const value = id(column.name)
  if (operation === 'first_from_origin') return first(merge, present(column), 'DESC', value)
  if (column.columnType === 'jsonb') {
    return (operation ?? 'first_not_null') === 'first_not_null'
      ? unionOfKeys(merge, value)
      : undefined
  }
  const { fieldType } = column
  if (LINKS.includes(fieldType)) {
    return (operation ?? 'merge') === 'merge'
      ? first(merge, present(column), 'ASC', value)
      : undefined
  }
  if (operation === 'first_not_null' && fieldType !== 'boolean') {
    return first(merge, present(column), 'ASC', value)
  }
  if (TEXTS.includes(fieldType)) {
    const usual = fieldType === 'char' ? 'other' : 'merge'
    return (operation ?? usual) === 'merge' ? concatenation(merge, value) : undefined
  }
  return aggregate(merge, column, operation)
}

function aggregate(merge: Merge, column: Column, operation: string | undefined): Sql | undefined {
  const { fieldType } = column
  const value = id(column.name)
  if (fieldType === 'boolean') {
    if (operation === 'and') return over(merge, sql`bool_and(COALESCE(${value}, false))`)
    return operation === 'or' ? over(merge, sql`bool_or(COALESCE(${value}, false))`) : undefined
  }
  if (DATES.includes(fieldType)) {
    if (operation === 'max') return over(merge, sql`max(${value})`)
    return operation === 'min' ? over(merge, sql`min(${value})`) : undefined
  }
  if (!NUMBERS.includes(fieldType)) return undefined
  const number = sql`COALESCE(${value}, 0)`
  switch (operation ?? (fieldType === 'integer' ? 'other' : 'sum')) {
    case 'sum':
      return over(merge, sql`sum(${number})`)
    case 'avg':
      return over(merge, sql`avg(${number})`)
    case 'max':
      return over(merge, sql`max(${number})`)
    case 'min':
      return over(merge, sql`min(${number})`)
    default:
      return undefined
  }
}

/** What Python takes as true: no NULL, no empty text, no zero. */
function present({ name, fieldType }: Column): Sql {
  const value = id(name)
  if (NUMBERS.includes(fieldType)) return sql`${value} <> 0`
  if (TEXTS.includes(fieldType) || ['selection', 'reference'].includes(fieldType)) {
    return sql`${value}::text <> ''`
  }
  return sql`${value} IS NOT NULL`
}

function records({ sources, target }: Merge): readonly number[] {
  return [target, ...sources]
}

function first(merge: Merge, condition: Sql, direction: 'ASC' | 'DESC', value: Sql): Sql {
  const all = records(merge)
  const order = direction === 'ASC' ? sql`ASC` : sql`DESC`
  return sql`COALESCE((SELECT ${value} FROM ${id(merge.table)} WHERE id = ANY(${all}::int[]) AND ${condition}
    ORDER BY array_position(${all}::int[], id) ${order} LIMIT 1), ${value})`
}

function over(merge: Merge, expression: Sql): Sql {
  return sql`(SELECT ${expression} FROM ${id(merge.table)} WHERE id = ANY(${records(merge)}::int[]))`
}

function concatenation(merge: Merge, value: Sql): Sql {
  const all = records(merge)
  return over(
    merge,
    sql`string_agg(NULLIF(${value}, ''), ' | ' ORDER BY array_position(${all}::int[], id))`,
  )
}

/** Each key with its first value, the target's before the others. */
function unionOfKeys(merge: Merge, value: Sql): Sql {
  const all = records(merge)
  return sql`COALESCE((SELECT jsonb_object_agg(key, item ORDER BY key) FROM (
    SELECT DISTINCT ON (entry.key) entry.key, entry.value AS item
      FROM ${id(merge.table)} r CROSS JOIN LATERAL jsonb_each(r.${value}) entry
     WHERE r.id = ANY(${all}::int[]) AND jsonb_typeof(r.${value}) = 'object'
     ORDER BY entry.key, array_position(${all}::int[], r.id)) keys), ${value})`
}
