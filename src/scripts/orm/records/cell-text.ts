import {
  type GuestValue,
  PyBytes,
  PyDate,
  PyDateTime,
  PyTuple,
  RecordRef,
  SqlJson,
} from '../../values/index.js'
import { datetimeText, textOf } from '../domain/leaf-values.js'
import { invalid } from '../guest-errors.js'
import type { FieldSchema } from '../model-schema.js'

/** A value as the text that is cast to the column's type; null where the column gets NULL. */
export function cellText(field: FieldSchema, value: GuestValue): string | null {
  switch (field.type) {
    case 'boolean':
      return String(isTrue(value))
    case 'integer':
    case 'float':
    case 'monetary':
      return numberText(field, value)
    case 'many2one':
    case 'many2one_reference':
      return idText(field, value)
    case 'date':
      return textOf(value)?.slice(0, 10) ?? null
    case 'datetime':
      return value instanceof PyDate ? `${value.text} 00:00:00` : momentText(value)
    case 'binary':
      return value instanceof PyBytes ? Buffer.from(value.bytes).toString('latin1') : textOf(value)
    case 'json':
    case 'properties':
    case 'properties_definition':
      return value === null || value === false ? null : JSON.stringify(plain(value))
    case 'reference':
      return value instanceof RecordRef ? referenceText(value) : textOf(value)
    default:
      return charText(value)
  }
}

function isTrue(value: GuestValue): boolean {
  return value !== false && value !== null && value !== 0 && value !== ''
}

/** An empty number is 0, as Odoo stores it. */
function numberText(field: FieldSchema, value: GuestValue): string {
  if (value === true) return '1'
  const text = textOf(value)
  if (text === null || text === '') return '0'
  return field.type === 'integer' && /^-?\d+\.\d+$/.test(text) ? text.replace(/\..*$/, '') : text
}

function idText(field: FieldSchema, value: GuestValue): string | null {
  if (value instanceof RecordRef && value.ids.length > 1) {
    throw invalid(`${field.name} takes one record, not ${value.ids.length}`)
  }
  if (value === 0) return field.type === 'many2one' ? null : '0'
  return textOf(value)
}

/** Odoo's datetimes have no parts of a second. */
function momentText(value: GuestValue): string | null {
  if (value instanceof PyDateTime) return datetimeText(value.text).slice(0, 19)
  const text = textOf(value)
  return text === null || text === '' ? null : datetimeText(text).slice(0, 19)
}

function referenceText(value: RecordRef): string | null {
  const [one] = value.ids
  return one === undefined ? null : `${value.model},${one}`
}

function charText(value: GuestValue): string | null {
  if (value instanceof PyBytes) return Buffer.from(value.bytes).toString('utf8')
  if (value === true) return 'True'
  return textOf(value)
}

/** A value as JSON. */
export function plain(value: GuestValue): unknown {
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]))
  }
  if (value instanceof PyTuple) return value.items.map(plain)
  if (value instanceof Set || Array.isArray(value)) return [...value].map(plain)
  if (value instanceof SqlJson) return plain(value.value)
  if (value instanceof RecordRef) return value.ids
  return textOf(value)
}
