import {
  type GuestValue,
  PyBigInt,
  PyBytes,
  PyDate,
  PyDateTime,
  PyDecimal,
  PyFloat,
  PyTime,
  PyTimedelta,
  PyTuple,
  RawSql,
  RecordRef,
  SqlJson,
} from '../../values/index.js'
import { invalid } from '../guest-errors.js'

/** Anything that stands for records: a {@link Recordset}. */
export interface Records {
  readonly model: string
  readonly ids: readonly number[]
}

/**
 * A value that a TypeScript script gives: a Date is a moment (UTC), bytes are the content of a binary field,
 * records a relation, an object JSON or the values of a command.
 */
export type ScriptValue =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Date
  | Uint8Array
  | Records
  | GuestValue
  | readonly ScriptValue[]
  | { readonly [field: string]: ScriptValue }

/** Values of a record by field. */
export type ScriptValues = Readonly<Record<string, ScriptValue>>

/** A condition, or `'&'`, `'|'`, `'!'` before the conditions that they join. */
export type DomainItem =
  | '&'
  | '|'
  | '!'
  | readonly [field: string, operator: string, value: ScriptValue]

/** Conditions in Odoo's notation. */
export type Domain = readonly DomainItem[]

const GUEST_CLASSES = [
  PyTuple,
  PyBigInt,
  PyFloat,
  PyDecimal,
  PyDateTime,
  PyDate,
  PyTime,
  PyTimedelta,
  RawSql,
  PyBytes,
  SqlJson,
  RecordRef,
] as const

/** A script's value as the ORM takes it. */
export function guestValue(value: ScriptValue): GuestValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return new PyBigInt(value)
  if (typeof value !== 'object') return value
  if (value instanceof Date) return new PyDateTime(value.toISOString())
  if (value instanceof Uint8Array) {
    return new PyBytes(Buffer.from(Buffer.from(value).toString('base64')))
  }
  if (Array.isArray(value)) return value.map(guestValue)
  if (value instanceof Map || value instanceof Set) return value
  const guest = GUEST_CLASSES.find((one) => value instanceof one)
  if (guest !== undefined) return value as GuestValue
  if (isRecords(value)) return new RecordRef(value.model, value.ids)
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    throw invalid(`No value of a field: ${Object.prototype.toString.call(value)}`)
  }
  return guestValues(value as ScriptValues)
}

/** Values of a record as the ORM takes them; undefined ones are left out. */
export function guestValues(values: ScriptValues): ReadonlyMap<string, GuestValue> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return new Map(given.map(([name, value]) => [name, guestValue(value)]))
}

function isRecords(value: object): value is Records {
  return (
    'model' in value &&
    'ids' in value &&
    typeof value.model === 'string' &&
    Array.isArray(value.ids)
  )
}
