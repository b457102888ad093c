import {
  type GuestValue,
  PyBigInt,
  PyBytes,
  PyDecimal,
  PyFloat,
  PyTuple,
  RecordRef,
} from '../../values/index.js'

/** Python's `bool(value)`. */
export function isTruthy(value: GuestValue): boolean {
  if (value === null || value === false || value === 0 || value === '') return false
  if (Array.isArray(value)) return value.length > 0
  if (value instanceof Map || value instanceof Set) return value.size > 0
  if (value instanceof PyTuple) return value.items.length > 0
  if (value instanceof PyBigInt) return value.value !== 0n
  if (value instanceof PyFloat) return value.value !== 0
  if (value instanceof PyDecimal) return Number(value.text) !== 0
  if (value instanceof PyBytes) return value.bytes.length > 0
  if (value instanceof RecordRef) return value.ids.length > 0
  return true
}

/** What Python iterates over: elements, or keys of a dict; undefined for what it cannot, and for texts. */
export function itemsOf(value: GuestValue): readonly GuestValue[] | undefined {
  if (Array.isArray(value)) return value
  if (value instanceof PyTuple) return value.items
  if (value instanceof Set) return [...value]
  if (value instanceof Map) return [...value.keys()]
  if (value instanceof RecordRef) return value.ids
  return undefined
}

/** Python's name of a value's type. */
export function describeType(value: GuestValue): string {
  if (value === null) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (Array.isArray(value)) return 'list'
  if (value instanceof Map) return 'dict'
  if (value instanceof Set) return 'set'
  if (value instanceof PyTuple) return 'tuple'
  if (value instanceof RecordRef) return value.model
  return value.constructor.name
}

/** Python's `str(value)` for what scripts paste into SQL: texts, numbers, True, False, None. */
export function pythonText(value: GuestValue): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (value instanceof PyBigInt || value instanceof PyFloat) return String(value.value)
  if (typeof value === 'object' && 'text' in value && typeof value.text === 'string') {
    return value.text
  }
  return describeType(value)
}
