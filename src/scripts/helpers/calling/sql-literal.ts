import { lit, raw, type Sql, sql } from '../../../db/index.js'
import {
  GuestError,
  type GuestValue,
  PyBigInt,
  PyBytes,
  type PyDate,
  type PyDateTime,
  type PyDecimal,
  PyFloat,
  type PyTime,
  type PyTimedelta,
  RawSql,
  SqlJson,
} from '../../values/index.js'
import { describeType } from './python-values.js'

/**
 * A Python value as SQL text, for statements that take no parameters and for values that PostgreSQL shall
 * convert to the column's type as it does with untyped literals.
 *
 * @throws GuestError `type` for values that psycopg2 cannot adapt either.
 */
export function sqlLiteral(value: GuestValue): Sql {
  if (value === null) return sql`NULL`
  if (typeof value === 'boolean') return value ? sql`true` : sql`false`
  if (typeof value === 'string') return lit(value)
  if (typeof value === 'number') return numberLiteral(value)
  if (value instanceof PyFloat) return numberLiteral(value.value)
  if (value instanceof PyBigInt) return lit(value.value.toString())
  if (value instanceof PyBytes) return lit(`\\x${Buffer.from(value.bytes).toString('hex')}`)
  if (value instanceof SqlJson) return lit(JSON.stringify(plainJson(value.value)))
  if (value instanceof RawSql) return raw(value.text)
  if (isText(value)) return lit(value.text)
  throw new GuestError('type', `can't adapt type '${describeType(value)}'`)
}

/** A value as JSON has it. @throws GuestError `type` for what is not JSON serializable */
export function plainJson(value: GuestValue): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(plainJson)
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plainJson(item)]))
  }
  if (value instanceof PyFloat) return value.value
  if ('items' in value) return value.items.map(plainJson)
  throw new GuestError('type', `Object of type ${describeType(value)} is not JSON serializable`)
}

function numberLiteral(value: number): Sql {
  return Number.isFinite(value) ? raw(String(value)) : lit(String(value))
}

function isText(value: object): value is PyDate | PyDateTime | PyDecimal | PyTime | PyTimedelta {
  return 'text' in value
}
