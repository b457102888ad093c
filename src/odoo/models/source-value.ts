/** Where something stands: an absolute path with forward slashes, a line counted from 1. */
export interface SourcePlace {
  readonly file: string
  readonly line: number
}

/**
 * A value as Python source tells it, as plain data (JSON, structured clone): `None` is null, `int` a
 * number, `list` an array; everything else is an object with a `kind`. What could not be folded is an
 * {@link Unevaluated}, also in the middle of a list.
 */
export type SourceValue =
  | null
  | boolean
  | number
  | string
  | readonly SourceValue[]
  | SourceFloat
  | SourceInteger
  | SourceBytes
  | SourceTuple
  | SourceDict
  | SourceSet
  | Unevaluated

/** A `float`: `1.0` is another value than `1`. */
export interface SourceFloat {
  readonly kind: 'float'
  readonly value: number
}

/** An `int` that a double cannot hold. */
export interface SourceInteger {
  readonly kind: 'integer'
  readonly digits: string
}

/** `bytes`, as a text of which every character is one byte. */
export interface SourceBytes {
  readonly kind: 'bytes'
  readonly text: string
}

/** A `tuple`: `('a',)` is another value than `['a']`. */
export interface SourceTuple {
  readonly kind: 'tuple'
  readonly items: readonly SourceValue[]
}

/** A `dict` in its order; equal keys have been merged as Python does. */
export interface SourceDict {
  readonly kind: 'dict'
  readonly entries: readonly (readonly [key: SourceValue, value: SourceValue])[]
}

/** A `set` in the order in which it is written; Python has none. */
export interface SourceSet {
  readonly kind: 'set'
  readonly items: readonly SourceValue[]
}

/**
 * Why a value is not known without running Python: a lambda, a method of the class, a function of the
 * file, a name that leads nowhere, a call, or any other expression.
 */
export type UnevaluatedReason = 'lambda' | 'method' | 'function' | 'name' | 'call' | 'expression'

/**
 * What an expression that has to be run asks for, where that can be told (it is meant for `default=`):
 *
 * - `constant`: a lambda whose body folds, see `value`; `_('…')` folds to its text
 * - `today`, `now`, `context_today`: `fields.Date.today`, `fields.Datetime.now`, …
 * - `company`, `user`: `self.env.company…`, `self.env.user…`, see `path`; `uid` is `user` with `id`
 * - `context`: `self.env.context.get('key')` or `self._context…`, see `argument`; mostly None
 * - `ref`: `self.env.ref('module.name')…`, see `argument` and `path`
 * - `method`: `self._method()`, see `argument`
 * - `search`: a search of records; `uuid`: a random text, other for every call
 */
export type ValueShape =
  | 'constant'
  | 'today'
  | 'now'
  | 'context_today'
  | 'company'
  | 'user'
  | 'context'
  | 'ref'
  | 'method'
  | 'search'
  | 'uuid'
  | 'other'

/** A value that only Python knows; it stands where the value would. */
export interface Unevaluated {
  readonly kind: 'unevaluated'
  readonly reason: UnevaluatedReason
  readonly shape: ValueShape
  /** The expression as it is written, with its line breaks. */
  readonly text: string
  readonly place: SourcePlace
  /** Of a `constant`: what the call gives. */
  readonly value?: SourceValue
  /** Name of the method, function, xml id or context key, as `shape` and `reason` have it. */
  readonly argument?: string
  /** Fields that are read from the record of `company`, `user` or `ref`, in order. */
  readonly path?: readonly string[]
}

/** Whether the value is one that only Python knows. */
export function isUnevaluated(value: SourceValue | undefined): value is Unevaluated {
  return typeof value === 'object' && value !== null && 'kind' in value
    ? value.kind === 'unevaluated'
    : false
}

/** Whether Python takes the value for true; what is unevaluated counts as true, as a function does. */
export function isTrue(value: SourceValue | undefined): boolean {
  if (value === undefined || value === null) return false
  if (typeof value !== 'object') return Boolean(value)
  if (!('kind' in value)) return value.length > 0
  switch (value.kind) {
    case 'float':
      return value.value !== 0
    case 'bytes':
      return value.text !== ''
    case 'tuple':
    case 'set':
      return value.items.length > 0
    case 'dict':
      return value.entries.length > 0
    default:
      return true
  }
}

/** Items of a list or tuple; undefined for anything else. */
export function itemsOf(value: SourceValue | undefined): readonly SourceValue[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!('kind' in value)) return value
  return value.kind === 'tuple' ? value.items : undefined
}

/** The text, or undefined for anything else. */
export function textIn(value: SourceValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
