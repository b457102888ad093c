import { itemsOf, type SourceValue } from '../../../../odoo/models/index.js'
import type { RegistryField } from '../../../../odoo/registry/index.js'
import type { NewIds } from '../new-ids.js'
import { type FieldValue, isBinary } from '../pending-record.js'

/** A cell as JSON, which PostgreSQL turns into the column's type. */
export type Cell =
  | string
  | number
  | boolean
  | null
  | { readonly [key: string]: Cell }
  | readonly Cell[]

const BLOCK = /<[a-z!/]/i

/** The value of a field in its column, as `convert_to_column` makes it; undefined for what is no value of it. */
export function lowerValue(value: FieldValue, field: RegistryField, ids: NewIds): Cell | undefined {
  const cell = plainCell(value, field, ids)
  if (cell === undefined || cell === null) return cell
  return field.translate && field.column?.type === 'jsonb' ? { en_US: cell } : cell
}

function plainCell(value: FieldValue, field: RegistryField, ids: NewIds): Cell | undefined {
  if (isBinary(value)) {
    return `\\x${Buffer.from(Buffer.from(value.content).toString('base64')).toString('hex')}`
  }
  switch (field.type) {
    case 'binary': {
      const text = textCell(value, ids)
      return typeof text === 'string' ? `\\x${Buffer.from(text).toString('hex')}` : text
    }
    case 'boolean':
      return isTrue(value)
    case 'integer':
      return isTrue(value) ? integerOf(value, ids) : 0
    case 'float':
    case 'monetary':
      return isTrue(value) ? numberOf(value) : 0
    case 'many2one':
    case 'many2one_reference':
      return isTrue(value) ? integerOf(value, ids) : null
    case 'date':
      return isTrue(value) ? String(value).slice(0, 10) : null
    case 'datetime':
      return isTrue(value) ? String(value).slice(0, 19) : null
    case 'selection':
    case 'reference':
      return isTrue(value) ? textOf(value, ids) : null
    case 'html': {
      const text = textCell(value, ids)
      return typeof text === 'string' ? htmlText(text, field) : text
    }
    case 'char': {
      const text = textCell(value, ids)
      return typeof text === 'string' && field.size !== undefined
        ? [...text].slice(0, field.size).join('')
        : text
    }
    case 'text':
      return textCell(value, ids)
    case 'json':
    case 'serialized':
    case 'properties':
    case 'properties_definition':
      return jsonOf(value, ids)
    default:
      return textCell(value, ids)
  }
}

/** Text without markup becomes a paragraph, as the sanitiser makes it. */
function htmlText(text: string, field: RegistryField): string {
  const isKept = field.args.sanitize === false
  if (isKept || text.trim() === '' || BLOCK.test(text)) return text
  return `<p>${text.trim()}</p>`
}

function textCell(value: SourceValue, ids: NewIds): Cell | undefined {
  return value === null || value === false ? null : textOf(value, ids)
}

function textOf(value: SourceValue, ids: NewIds): string | undefined {
  if (typeof value === 'string') return ids.realText(value)
  if (typeof value === 'number') return String(ids.real(value))
  if (value === true) return 'True'
  if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'float') {
    return Number.isInteger(value.value) ? `${value.value}.0` : String(value.value)
  }
  const shown = reprOf(value, ids)
  return shown === undefined ? undefined : ids.realText(shown)
}

/** Python's `str` of a container, as a domain or a context given by `eval` is stored. */
function reprOf(value: SourceValue, ids: NewIds): string | undefined {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(ids.real(value))
  if (typeof value === 'string') return quoted(value)
  const items = itemsOf(value)
  if (items !== undefined) {
    const shown = items.map((item) => reprOf(item, ids)).join(', ')
    if (!('kind' in value)) return `[${shown}]`
    return items.length === 1 ? `(${shown},)` : `(${shown})`
  }
  if (!('kind' in value)) return undefined
  if (value.kind === 'float')
    return Number.isInteger(value.value) ? `${value.value}.0` : String(value.value)
  if (value.kind === 'integer') return value.digits
  if (value.kind !== 'dict') return undefined
  return `{${value.entries.map(([key, item]) => `${reprOf(key, ids)}: ${reprOf(item, ids)}`).join(', ')}}`
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote
}

function jsonOf(value: SourceValue, ids: NewIds): Cell | undefined {
  if (value === null || value === false) return null
  if (typeof value === 'number') return ids.real(value)
  if (typeof value !== 'object') return value
  const items = itemsOf(value)
  if (items !== undefined) return items.map((item) => jsonOf(item, ids) ?? null)
  if (!('kind' in value) || value.kind !== 'dict') return undefined
  return Object.fromEntries(
    value.entries.map(([key, item]) => [String(key), jsonOf(item, ids) ?? null]),
  )
}

function integerOf(value: SourceValue, ids: NewIds): number | undefined {
  const number = numberOf(value)
  return number === undefined ? undefined : ids.real(Math.trunc(number))
}

function numberOf(value: SourceValue): number | undefined {
  const given =
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'float'
      ? value.value
      : Number(value)
  return Number.isNaN(given) ? undefined : given
}

function isTrue(value: SourceValue): boolean {
  if (value === null || value === false || value === 0 || value === '') return false
  if (typeof value !== 'object') return true
  const items = itemsOf(value)
  if (items !== undefined) return items.length > 0
  return !('kind' in value && value.kind === 'float' && value.value === 0)
}
