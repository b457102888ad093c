import { compareValues, dictOf, keyOf, setOf } from './compare-values.js'
import { LONGEST, truthOf } from './operators.js'
import { floatOf, fromInteger, integerOf } from './python-number.js'
import { reprOf, strOf } from './python-text.js'
import { isKnown, iterate, type RuntimeValue } from './runtime-value.js'

type Arguments = readonly RuntimeValue[]
type Builtin = (args: Arguments) => RuntimeValue | undefined

/** Functions that mark a text for translation: the text is their value. */
export const TRANSLATIONS: ReadonlySet<string> = new Set([
  ...['odoo._', 'odoo._lt', 'odoo.tools._', 'odoo.tools.translate._', 'odoo.tools.translate._lt'],
  ...['odoo.tools.translate.translate', 'odoo.tools._lt', '_', '_lt'],
])
/** Classes whose value is such a function. */
export const TRANSLATION_CLASSES: ReadonlySet<string> = new Set([
  'odoo.tools.LazyTranslate',
  'odoo.tools.translate.LazyTranslate',
])

/** Functions of Python that need nothing but their arguments; `sorted` may have a key. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['list', (args) => (args.length === 0 ? [] : onItems(args, (items) => items))],
  ['tuple', (args) => tupleOf(args.length === 0 ? [] : onItems(args, (items) => items))],
  ['set', (args) => (args.length === 0 ? setOf([]) : onItems(args, setOf))],
  ['frozenset', (args) => (args.length === 0 ? setOf([]) : onItems(args, setOf))],
  ['dict', dict],
  ['collections.OrderedDict', dict],
  ['OrderedDict', dict],
  [
    'len',
    ([value, more]) => (more === undefined && value !== undefined ? lengthOf(value) : undefined),
  ],
  [
    'str',
    ([value, more]) => (value === undefined || more !== undefined ? undefined : strOf(value)),
  ],
  [
    'repr',
    ([value, more]) => (value === undefined || more !== undefined ? undefined : reprOf(value)),
  ],
  ['int', int],
  ['float', float],
  ['bool', ([value]) => (value === undefined ? false : truthOf(value))],
  ['range', range],
  ['enumerate', enumerate],
  ['zip', zip],
  ['reversed', (args) => onItems(args, (items) => items.toReversed())],
  ['sum', sum],
  ['min', (args) => extreme(args, -1)],
  ['max', (args) => extreme(args, 1)],
  ['any', (args) => onTruths(args, (truths) => truths.includes(true))],
  ['all', (args) => onTruths(args, (truths) => !truths.includes(false))],
])

/** Items in order by their keys, of which there is one for each; undefined where Python raises. */
export function sortItems(
  items: Arguments,
  keys: Arguments,
  isReversed: boolean,
): readonly RuntimeValue[] | undefined {
  if (!keys.every(isKnown)) return undefined
  let isBroken = false
  const order = items
    .map((_, index) => index)
    .sort((a, b) => {
      const result = compareValues(keys[a] ?? null, keys[b] ?? null)
      if (result === undefined) isBroken = true
      return isReversed ? -(result ?? 0) : (result ?? 0)
    })
  // A list of one is never compared.
  return isBroken ? undefined : order.map((index) => items[index] ?? null)
}

function onItems(
  args: Arguments,
  map: (items: Arguments) => RuntimeValue | undefined,
): RuntimeValue | undefined {
  const [value, more] = args
  const items = value === undefined || more !== undefined ? undefined : iterate(value)
  return items === undefined ? undefined : map(items)
}

function tupleOf(items: RuntimeValue | undefined): RuntimeValue | undefined {
  const list = items === undefined ? undefined : iterate(items)
  return list === undefined ? undefined : { kind: 'tuple', items: list }
}

function dict(args: Arguments): RuntimeValue | undefined {
  const [value, more] = args
  if (value === undefined) return { kind: 'dict', entries: [] }
  if (more !== undefined) return undefined
  const isDict =
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'dict'
  if (isDict) return value
  const pairs = iterate(value)?.map(iterate)
  if (pairs?.every((pair) => pair?.length === 2) !== true) return undefined
  return dictOf(pairs.map((pair) => [pair?.[0] ?? null, pair?.[1] ?? null]))
}

function lengthOf(value: RuntimeValue): number | undefined {
  return iterate(value)?.length
}

function int([value, more]: Arguments): RuntimeValue | undefined {
  if (value === undefined) return 0
  if (more !== undefined) return undefined
  const integer = integerOf(value)
  if (integer !== undefined) return fromInteger(integer)
  if (typeof value === 'string') {
    return /^\s*[-+]?\d+\s*$/.test(value)
      ? fromInteger(BigInt(value.trim().replace(/^\+/, '')))
      : undefined
  }
  const number = floatOf(value)
  return number === undefined ? undefined : fromInteger(BigInt(Math.trunc(number)))
}

function float([value]: Arguments): RuntimeValue | undefined {
  if (value === undefined) return { kind: 'float', value: 0 }
  if (typeof value === 'string') {
    return /^\s*[-+]?\d+(\.\d+)?\s*$/.test(value)
      ? { kind: 'float', value: Number(value) }
      : undefined
  }
  const number = floatOf(value)
  return number === undefined ? undefined : { kind: 'float', value: number }
}

function range(args: Arguments): RuntimeValue | undefined {
  const bounds = args.map((value) => integerOf(value))
  if (bounds.includes(undefined) || args.length === 0 || args.length > 3) return undefined
  const numbers = bounds.map(Number)
  const [first = 0, second, step = 1] = numbers
  const [from, to] = second === undefined ? [0, first] : [first, second]
  const count = Math.max(0, Math.ceil((to - from) / step))
  if (step === 0 || count > LONGEST) return undefined
  return Array.from({ length: count }, (_, index) => from + index * step)
}

function enumerate([value, start, more]: Arguments): RuntimeValue | undefined {
  const items = value === undefined || more !== undefined ? undefined : iterate(value)
  const first = start === undefined ? 0n : integerOf(start)
  if (items === undefined || first === undefined) return undefined
  return items.map((item, at) => ({
    kind: 'tuple',
    items: [fromInteger(first + BigInt(at)), item],
  }))
}

function zip(args: Arguments): RuntimeValue | undefined {
  const lists = args.map(iterate)
  if (lists.includes(undefined)) return undefined
  const length = Math.min(...lists.map((items) => items?.length ?? 0))
  if (args.length === 0) return []
  return Array.from({ length }, (_, at) => ({
    kind: 'tuple',
    items: lists.map((items) => items?.[at] ?? null),
  }))
}

function sum(args: Arguments): RuntimeValue | undefined {
  return onItems(args, (items) => {
    const numbers = items.map((item) => integerOf(item))
    if (numbers.includes(undefined)) return undefined
    return fromInteger(numbers.reduce<bigint>((total, number) => total + (number ?? 0n), 0n))
  })
}

/** The first of the smallest or largest values. */
function extreme(args: Arguments, sign: 1 | -1): RuntimeValue | undefined {
  const items = args.length === 1 && args[0] !== undefined ? iterate(args[0]) : args
  if (items === undefined || items.length === 0 || !items.every(isKnown)) return undefined
  let best = items[0]
  for (const item of items.slice(1)) {
    const order = compareValues(item, best ?? null)
    if (order === undefined) return undefined
    if (order * sign > 0) best = item
  }
  return best
}

function onTruths(
  args: Arguments,
  map: (truths: readonly boolean[]) => boolean,
): RuntimeValue | undefined {
  return onItems(args, (items) => {
    const truths = items.map(truthOf)
    return truths.includes(undefined) ? undefined : map(truths.map(Boolean))
  })
}

/** Whether a value can be a key, for those who build dicts of comprehensions. */
export function isKey(value: RuntimeValue): boolean {
  return keyOf(value) !== undefined
}
