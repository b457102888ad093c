import { areEqual, compareValues, dictOf, isAmong, setOf } from './compare-values.js'
import { arithmetic, floatOf, fromInteger, integerOf, isFloat } from './python-number.js'
import { formatPercent } from './python-text.js'
import {
  isKnown,
  isList,
  isOpaque,
  iterate,
  kindOf,
  type RuntimeValue,
  UNKNOWN,
} from './runtime-value.js'

/** Longest text or list that an operator may make. */
export const LONGEST = 100_000

/** A binary operator but `and` and `or`. */
export function binary(operator: string, left: RuntimeValue, right: RuntimeValue): RuntimeValue {
  if (isOpaque(left) || isOpaque(right)) return UNKNOWN
  if (operator === '+') return plus(left, right)
  if (operator === '*') return times(left, right)
  if (operator === '%' && typeof left === 'string') return formatPercent(left, right) ?? UNKNOWN
  if (kindOf(left) === 'set' && kindOf(right) === 'set') return onSets(operator, left, right)
  if (operator === '|') {
    const [a, b] = [entriesOf(left), entriesOf(right)]
    if (a !== undefined && b !== undefined) return dictOf([...a, ...b]) ?? UNKNOWN
  }
  return arithmetic(operator, left, right) ?? UNKNOWN
}

export function unary(operator: string, value: RuntimeValue): RuntimeValue {
  if (operator === 'not') {
    const truth = truthOf(value)
    return truth === undefined ? UNKNOWN : !truth
  }
  const integer = integerOf(value)
  if (integer !== undefined) {
    if (operator === '-') return fromInteger(-integer)
    if (operator === '~') return fromInteger(~integer)
    return operator === '+' ? fromInteger(integer) : UNKNOWN
  }
  if (!isFloat(value)) return UNKNOWN
  if (operator === '-') return { kind: 'float', value: -value.value }
  return operator === '+' ? value : UNKNOWN
}

/** One comparison; undefined where only Python knows. */
export function compare(
  operator: string,
  left: RuntimeValue,
  right: RuntimeValue,
): boolean | undefined {
  if (operator === 'is' || operator === 'is not') {
    const isSame = identity(left, right)
    return isSame === undefined ? undefined : isSame === (operator === 'is')
  }
  if (operator === 'in' || operator === 'not in') {
    const isIn = contains(right, left)
    return isIn === undefined ? undefined : isIn === (operator === 'in')
  }
  if (!isKnown(left) || !isKnown(right)) return undefined
  if (operator === '==') return areEqual(left, right)
  if (operator === '!=' || operator === '<>') return !areEqual(left, right)
  const order = compareValues(left, right)
  if (order === undefined) return undefined
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  if (operator === '>') return order > 0
  return operator === '>=' ? order >= 0 : undefined
}

/** Whether Python takes it for true; undefined where only Python knows. */
export function truthOf(value: RuntimeValue): boolean | undefined {
  if (value === null) return false
  if (typeof value !== 'object') return Boolean(value)
  if (isList(value)) return value.length > 0
  switch (value.kind) {
    case 'float':
      return value.value !== 0
    case 'integer':
      return true
    case 'bytes':
      return value.text !== ''
    case 'tuple':
    case 'set':
      return value.items.length > 0
    case 'dict':
      return value.entries.length > 0
    case 'class':
    case 'function':
    case 'lambda':
      return true
    default:
      return undefined
  }
}

/** `of[index]`; an index may be a slice made by {@link sliceOf}. */
export function subscript(of: RuntimeValue, index: RuntimeValue): RuntimeValue {
  if (isOpaque(of) || isOpaque(index)) return UNKNOWN
  const entries = entriesOf(of)
  if (entries !== undefined) {
    return entries.find(([key]) => areEqual(key, index))?.[1] ?? UNKNOWN
  }
  const items = sequenceOf(of)
  const at = integerOf(index)
  if (items === undefined || at === undefined) return UNKNOWN
  const place = at < 0n ? Number(at) + items.length : Number(at)
  return items[place] ?? UNKNOWN
}

/** `of[from:to:step]`, where only steps of one are known. */
export function sliceOf(
  of: RuntimeValue,
  from: RuntimeValue,
  to: RuntimeValue,
  step: RuntimeValue,
): RuntimeValue {
  const items = sequenceOf(of)
  const bounds = [from, to].map((bound) => (bound === null ? null : integerOf(bound)))
  if (items === undefined || bounds.includes(undefined) || ![null, 1].includes(step as null | 1)) {
    return UNKNOWN
  }
  const [first, last] = bounds.map((bound) => (bound === null ? undefined : Number(bound)))
  return likewise(of, items.slice(first ?? 0, last ?? items.length))
}

/** The entries of a dict. */
export function entriesOf(
  value: RuntimeValue,
): readonly (readonly [RuntimeValue, RuntimeValue])[] | undefined {
  if (typeof value !== 'object' || value === null || isList(value)) return undefined
  return value.kind === 'dict' ? value.entries : undefined
}

function sequenceOf(value: RuntimeValue): readonly RuntimeValue[] | undefined {
  return kindOf(value) === 'dict' || kindOf(value) === 'set' ? undefined : iterate(value)
}

/** Items as a value of the same kind as the one they come from. */
function likewise(of: RuntimeValue, items: readonly RuntimeValue[]): RuntimeValue {
  if (typeof of === 'string') return items.join('')
  return isList(of) ? items : { kind: 'tuple', items }
}

function plus(left: RuntimeValue, right: RuntimeValue): RuntimeValue {
  if (typeof left === 'string' && typeof right === 'string') return short(left + right)
  if (isList(left) && isList(right)) return short([...left, ...right])
  if (typeof left === 'object' && left !== null && typeof right === 'object' && right !== null) {
    if (isList(left) || isList(right)) return UNKNOWN
    if (left.kind === 'tuple' && right.kind === 'tuple') {
      return { kind: 'tuple', items: [...left.items, ...right.items] }
    }
  }
  return arithmetic('+', left, right) ?? UNKNOWN
}

function times(left: RuntimeValue, right: RuntimeValue): RuntimeValue {
  const [times1, times2] = [integerOf(right), integerOf(left)]
  const [count, of] = times1 !== undefined ? [times1, left] : [times2, right]
  const items = sequenceOf(of)
  if (items === undefined || count === undefined) return arithmetic('*', left, right) ?? UNKNOWN
  const copies = count < 0n ? 0 : Number(count)
  if (items.length * copies > LONGEST) return UNKNOWN
  return likewise(of, Array.from({ length: copies }, () => items).flat())
}

function onSets(operator: string, left: RuntimeValue, right: RuntimeValue): RuntimeValue {
  const [a, b] = [iterate(left) ?? [], iterate(right) ?? []]
  if (operator === '|') return setOf([...a, ...b]) ?? UNKNOWN
  if (operator === '&') return { kind: 'set', items: a.filter((item) => isAmong(item, b)) }
  if (operator === '-') return { kind: 'set', items: a.filter((item) => !isAmong(item, b)) }
  return UNKNOWN
}

function short(value: string | readonly RuntimeValue[]): RuntimeValue {
  return value.length > LONGEST ? UNKNOWN : value
}

function identity(left: RuntimeValue, right: RuntimeValue): boolean | undefined {
  if (isOpaque(left) || isOpaque(right)) return undefined
  const isSingle = (value: RuntimeValue): boolean => value === null || typeof value === 'boolean'
  return isSingle(left) || isSingle(right) ? left === right : undefined
}

function contains(container: RuntimeValue, item: RuntimeValue): boolean | undefined {
  if (!isKnown(item)) return undefined
  if (typeof container === 'string') {
    return typeof item === 'string' ? container.includes(item) : undefined
  }
  const items = isOpaque(container) ? undefined : iterate(container)
  if (items === undefined || floatOf(container) !== undefined) return undefined
  return items.every(isKnown) ? isAmong(item, items) : undefined
}
