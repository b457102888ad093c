import { compareCodePoints } from '../../release/index.js'
import { floatOf, integerOf } from './python-number.js'
import { isList, type RuntimeValue } from './runtime-value.js'

/** Whether two known values are equal in Python: `1 == 1.0 == True`, `[1] != (1,)`. */
export function areEqual(a: RuntimeValue, b: RuntimeValue): boolean {
  const [x, y] = [numberOf(a), numberOf(b)]
  // biome-ignore lint/suspicious/noDoubleEquals: 1n == 1 by value, as in Python
  if (x !== undefined && y !== undefined) return x == y
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b
  if (isList(a) || isList(b)) return isList(a) && isList(b) && areAllEqual(a, b)
  if (a.kind === 'tuple' && b.kind === 'tuple') return areAllEqual(a.items, b.items)
  if (a.kind === 'set' && b.kind === 'set') {
    return a.items.length === b.items.length && a.items.every((item) => isAmong(item, b.items))
  }
  if (a.kind === 'bytes' && b.kind === 'bytes') return a.text === b.text
  if (a.kind !== 'dict' || b.kind !== 'dict') return a === b
  return (
    a.entries.length === b.entries.length &&
    a.entries.every(([key, value]) => {
      const other = b.entries.find(([name]) => areEqual(key, name))
      return other !== undefined && areEqual(value, other[1])
    })
  )
}

export function isAmong(value: RuntimeValue, items: readonly RuntimeValue[]): boolean {
  return items.some((item) => areEqual(value, item))
}

/** Python's order of two values; undefined where Python raises TypeError. */
export function compareValues(a: RuntimeValue, b: RuntimeValue): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b)
  const [x, y] = [numberOf(a), numberOf(b)]
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : 0
  const [left, right] = [sequenceOf(a), sequenceOf(b)]
  if (left === undefined || right === undefined || isList(a) !== isList(b)) return undefined
  for (const [index, item] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    if (!areEqual(item, other)) return compareValues(item, other)
  }
  return left.length - right.length
}

/** What tells a value from another as key; undefined for what cannot be a key. */
export function keyOf(value: RuntimeValue): string | undefined {
  if (value === null) return 'None'
  if (typeof value === 'string') return `s${value}`
  const number = numberOf(value)
  if (number !== undefined) return `n${number}`
  if (typeof value !== 'object' || isList(value)) return undefined
  if (value.kind === 'bytes') return `b${value.text}`
  if (value.kind !== 'tuple') return undefined
  const keys = value.items.map(keyOf)
  return keys.includes(undefined)
    ? undefined
    : `t${keys.map((key) => `${key?.length}:${key}`).join('')}`
}

/** A dict of the entries: the last value of a key counts, at its first place; undefined for a bad key. */
export function dictOf(
  entries: readonly (readonly [RuntimeValue, RuntimeValue])[],
): RuntimeValue | undefined {
  const merged = new Map<string, readonly [RuntimeValue, RuntimeValue]>()
  for (const [key, value] of entries) {
    const name = keyOf(key)
    if (name === undefined) return undefined
    merged.set(name, [merged.get(name)?.[0] ?? key, value])
  }
  return { kind: 'dict', entries: [...merged.values()] }
}

/** A set of the items; undefined where one cannot be in a set. */
export function setOf(items: readonly RuntimeValue[]): RuntimeValue | undefined {
  const merged = new Map<string, RuntimeValue>()
  for (const item of items) {
    const name = keyOf(item)
    if (name === undefined) return undefined
    if (!merged.has(name)) merged.set(name, item)
  }
  return { kind: 'set', items: [...merged.values()] }
}

function areAllEqual(a: readonly RuntimeValue[], b: readonly RuntimeValue[]): boolean {
  return a.length === b.length && a.every((item, index) => areEqual(item, b[index] ?? null))
}

/** Integers that a double cannot hold stay exact. */
function numberOf(value: RuntimeValue): number | bigint | undefined {
  if (typeof value === 'number') return value
  return floatOrInteger(value)
}

function floatOrInteger(value: RuntimeValue): number | bigint | undefined {
  const integer = integerOf(value)
  if (integer === undefined) return floatOf(value)
  const small = Number(integer)
  return Number.isSafeInteger(small) ? small : integer
}

function sequenceOf(value: RuntimeValue): readonly RuntimeValue[] | undefined {
  if (isList(value)) return value
  const isTuple = typeof value === 'object' && value !== null && value.kind === 'tuple'
  return isTuple ? value.items : undefined
}
