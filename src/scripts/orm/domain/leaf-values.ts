import {
  type GuestValue,
  PyBigInt,
  PyDate,
  PyDateTime,
  PyDecimal,
  PyFloat,
  PyTime,
  RecordRef,
} from '../../values/index.js'
import { invalid } from '../guest-errors.js'
import { itemsOf } from './parse-domain.js'

/** Ids that a value names: a number, a list of them, a recordset; False inside a list names none. */
export function idsOf(value: GuestValue): readonly number[] {
  if (typeof value === 'number') return [value]
  if (value instanceof RecordRef) return value.ids
  const items = value instanceof Set ? [...value] : itemsOf(value)
  if (items === undefined) throw invalid(`Not an id or a list of ids: ${String(value)}`)
  return items.filter((item) => item !== false && item !== null).map(idOf)
}

function idOf(value: GuestValue): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  if (value instanceof RecordRef && value.ids.length === 1) return value.ids[0] ?? 0
  throw invalid(`Not an id: ${String(value)}`)
}

/** A single value as PostgreSQL reads it from text; null for None, and for False outside booleans. */
export function textOf(value: GuestValue): string | null {
  if (value === null || value === false) return null
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof PyBigInt || value instanceof PyFloat) return String(value.value)
  if (value instanceof PyDateTime) return datetimeText(value.text)
  if (value instanceof PyDate || value instanceof PyDecimal || value instanceof PyTime)
    return value.text
  if (value instanceof RecordRef && value.ids.length <= 1) {
    return value.ids[0] === undefined ? null : String(value.ids[0])
  }
  throw invalid(`Not a single value: ${String(value)}`)
}

/** Odoo's datetimes are UTC without zone. */
export function datetimeText(text: string): string {
  if (!/[+-]\d\d(:?\d\d)?(:\d\d)?$|Z$/.test(text.slice(10))) return text.replace('T', ' ')
  const instant = new Date(text.replace(' ', 'T'))
  return instant.toISOString().replace('T', ' ').replace('Z', '')
}
