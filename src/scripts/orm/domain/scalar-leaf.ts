import { id, raw, type Sql, sql } from '../../../db/index.js'
import { type GuestValue, PyDate, RecordRef } from '../../values/index.js'
import { invalid } from '../guest-errors.js'
import type { FieldSchema } from '../model-schema.js'
import { isText, sqlType } from '../select/sql-type.js'
import { idsOf, textOf } from './leaf-values.js'
import type { Operator } from './operators.js'
import { itemsOf } from './parse-domain.js'

/** A condition on a single value: Odoo's rules for empty values and booleans. */
export function scalarLeaf(
  value: Sql,
  field: FieldSchema,
  operator: Operator,
  given: GuestValue,
): Sql {
  const list = listOf(field, given)
  switch (operator) {
    case '=?':
      return given === false || given === null ? sql`TRUE` : scalarLeaf(value, field, '=', given)
    case '=':
    case '!=':
      if (list !== undefined) return among(value, field, operator === '!=', list)
      return equal(value, field, operator === '!=', given)
    case 'in':
    case 'not in':
      if (list !== undefined) return among(value, field, operator === 'not in', list)
      if (typeof given === 'boolean' || given === null || isReference(field)) {
        return equal(value, field, operator === 'not in', given)
      }
      throw invalid(`The operator '${operator}' on ${field.name} needs a list`)
    case '<':
    case '>':
    case '<=':
    case '>=':
      return sql`${value} ${raw(operator)} ${parameter(field, moment(field, operator, given))}`
    case '=like':
    case '=ilike':
      return sql`${asText(value, field)} ${raw(operator.slice(1))} ${textOf(given) ?? ''}::text`
    case 'like':
    case 'ilike':
    case 'not like':
    case 'not ilike':
      return contains(value, field, operator, textOf(given) ?? '')
    default:
      throw invalid(`Invalid operator '${operator}' on ${field.name}`)
  }
}

function isReference(field: FieldSchema): boolean {
  return field.type === 'many2one' || field.type === 'many2one_reference' || field.name === 'id'
}

function listOf(field: FieldSchema, given: GuestValue): readonly GuestValue[] | undefined {
  if (given instanceof Set) return [...given]
  if (given instanceof RecordRef && isReference(field)) return given.ids
  return itemsOf(given)?.flatMap((item): readonly GuestValue[] =>
    item instanceof RecordRef && isReference(field) ? idsOf(item) : [item],
  )
}

function equal(value: Sql, field: FieldSchema, negative: boolean, given: GuestValue): Sql {
  if (field.type === 'boolean') {
    if (truth(given)) return negative ? sql`${value} IS NOT TRUE` : sql`${value} = TRUE`
    return negative ? sql`${value} = TRUE` : sql`${value} IS NOT TRUE`
  }
  const one = textOf(moment(field, '=', given))
  if (one === null) return negative ? sql`${value} IS NOT NULL` : sql`${value} IS NULL`
  const other = parameter(field, one)
  return negative ? sql`(${value} <> ${other} OR ${value} IS NULL)` : sql`${value} = ${other}`
}

/** `in`: False in the list means the empty value. */
function among(
  value: Sql,
  field: FieldSchema,
  negative: boolean,
  items: readonly GuestValue[],
): Sql {
  if (field.type === 'boolean') return amongTruths(value, negative, items)
  const texts = items.map(textOf)
  const present = texts.filter((text) => text !== null)
  const empty = present.length < texts.length
  const type = arrayType(field, present)
  if (negative) {
    const other = present.length === 0 ? sql`TRUE` : sql`${value} <> ALL(${present}::${type}[])`
    return empty ? sql`(${other} AND ${value} IS NOT NULL)` : sql`(${other} OR ${value} IS NULL)`
  }
  const one = present.length === 0 ? sql`FALSE` : sql`${value} = ANY(${present}::${type}[])`
  return empty ? sql`(${one} OR ${value} IS NULL)` : one
}

function amongTruths(value: Sql, negative: boolean, items: readonly GuestValue[]): Sql {
  const truths = new Set(items.map(truth))
  const parts: Sql[] = []
  if (truths.has(true)) parts.push(sql`${value} = TRUE`)
  if (truths.has(false)) parts.push(sql`${value} IS NOT TRUE`)
  const one = parts.reduce((all, part) => sql`${all} OR ${part}`, sql`FALSE`)
  return negative ? sql`(${one}) IS NOT TRUE` : sql`(${one})`
}

function truth(given: GuestValue): boolean {
  return given !== false && given !== null && given !== 0 && given !== ''
}

/** Records without text do not contain anything, and contain nothing at all. */
function contains(value: Sql, field: FieldSchema, operator: Operator, part: string): Sql {
  const text = asText(value, field)
  const like = sql`${text} ${raw(operator)} ${`%${part}%`}::text`
  const negative = operator.startsWith('not ')
  return (part === '') !== negative ? sql`(${like} OR ${text} IS NULL)` : like
}

function asText(value: Sql, field: FieldSchema): Sql {
  return isText(field) ? value : sql`${value}::text`
}

function parameter(field: FieldSchema, given: GuestValue): Sql {
  const text = textOf(given)
  return sql`${text}::${arrayType(field, text === null ? [] : [text])}`
}

/** Numbers that an integer column cannot hold are compared as what they are. */
function arrayType(field: FieldSchema, texts: readonly string[]): Sql {
  const type = sqlType(field)
  if (type.text !== 'integer') return type
  return texts.every((text) => /^-?\d{1,9}$/.test(text)) ? type : raw('numeric')
}

/** A day compared with a moment: its end for `>` and `<=`, its start for all else. */
function moment(field: FieldSchema, operator: Operator, given: GuestValue): GuestValue {
  if (field.type !== 'datetime') return given
  const text = given instanceof PyDate ? given.text : given
  if (typeof text !== 'string' || text.length !== 10) return given
  return operator === '>' || operator === '<=' ? `${text} 23:59:59` : `${text} 00:00:00`
}

/** The condition that a record is one of these. */
export function idIn(alias: string, ids: readonly number[]): Sql {
  return sql`${id(alias, 'id')} = ANY(${ids}::int[])`
}
