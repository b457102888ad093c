/**
 * A value of a Python literal: `None` is null, `list` an array, `dict` a Map in its order, `set` a Set,
 * `bytes` a Uint8Array; integers that a double cannot hold are bigints.
 */
export type PythonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PythonFloat
  | PythonTuple
  | PythonList
  | PythonDict
  | PythonSet

export type PythonList = readonly PythonValue[]
export type PythonDict = ReadonlyMap<PythonValue, PythonValue>
export type PythonSet = ReadonlySet<PythonValue>

/** A `float`: `1.0` is another value than `1`. */
export class PythonFloat {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

/** A `tuple`: `('a',)` is another value than `['a']`. */
export class PythonTuple {
  readonly items: PythonList
  constructor(items: PythonList) {
    this.items = items
  }
}

/** Whether Python takes the value for true. */
export function isTruthy(value: PythonValue | undefined): boolean {
  if (value === undefined || value === null) return false
  if (value instanceof PythonFloat) return value.value !== 0
  if (value instanceof PythonTuple) return value.items.length > 0
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length > 0
  if (value instanceof Map || value instanceof Set) return value.size > 0
  return Boolean(value)
}

/**
 * What a `for` loop over the value gives: items, keys of a dict, characters of a text, numbers of bytes;
 * undefined where Python raises TypeError.
 */
export function iteratePython(value: PythonValue | undefined): PythonList | undefined {
  if (typeof value === 'string') return [...value]
  if (value instanceof PythonTuple) return value.items
  if (value instanceof Uint8Array || Array.isArray(value)) return [...value]
  if (value instanceof Map) return [...value.keys()]
  if (value instanceof Set) return [...value]
  return undefined
}

/**
 * What tells a value from another as key of a dict: `1`, `1.0` and `True` are one key. Undefined for
 * what cannot be a key (TypeError in Python).
 */
export function hashKey(value: PythonValue): string | undefined {
  if (value === null) return 'None'
  if (typeof value === 'string') return `s${value}`
  if (typeof value === 'boolean') return `n${Number(value)}`
  if (typeof value === 'number' || typeof value === 'bigint') return `n${value}`
  if (value instanceof Uint8Array) return `b${value.join()}`
  if (value instanceof PythonFloat) {
    return Number.isInteger(value.value) ? `n${BigInt(value.value)}` : `f${value.value}`
  }
  if (!(value instanceof PythonTuple)) return undefined
  const keys = value.items.map(hashKey)
  if (keys.includes(undefined)) return undefined
  return `t${keys.map((key) => `${key?.length}:${key}`).join('')}`
}
