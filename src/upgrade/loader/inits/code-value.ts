import type { ModelClass } from '../../../odoo/models/index.js'
import type { RegistryField, RegistryModel } from '../../../odoo/registry/index.js'

/**
 * A value while a method is followed. `library` is whatever a name of outside leads to: its last name tells
 * which function it is.
 */
export type CodeValue =
  | null
  | boolean
  | number
  | string
  | readonly CodeValue[]
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [CodeValue, CodeValue])[] }
  | { readonly kind: 'model'; readonly model: RegistryModel }
  | { readonly kind: 'super'; readonly model: RegistryModel; readonly behind: ModelClass }
  | { readonly kind: 'env' }
  | { readonly kind: 'cursor' }
  | { readonly kind: 'fields'; readonly model: RegistryModel }
  | { readonly kind: 'field'; readonly field: RegistryField }
  | { readonly kind: 'record'; readonly id: number | null }
  /** SQL that psycopg2's `sql` module made. */
  | { readonly kind: 'sql'; readonly text: string }
  | { readonly kind: 'library'; readonly name: string }
  | { readonly kind: 'method'; readonly of: CodeValue; readonly name: string }

/** The method does something that cannot be followed. */
export class Unreadable extends Error {}

/** Gives up, with what was in the way. */
export function unreadable(what: string): never {
  throw new Unreadable(what)
}

/** Whether Python takes it for true. */
export function isTruthy(value: CodeValue): boolean {
  if (value === null || typeof value !== 'object') return Boolean(value)
  if (isList(value)) return value.length > 0
  if (value.kind === 'dict') return value.entries.length > 0
  if (value.kind === 'record') return value.id !== null
  return true
}

export function isList(value: CodeValue): value is readonly CodeValue[] {
  return Array.isArray(value)
}

/** What Python's `str` makes of it. */
export function textOf(value: CodeValue): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  return unreadable('the text of an object')
}

/** Values that Python takes for equal. */
export function isEqual(a: CodeValue, b: CodeValue): boolean {
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((item, at) => isEqual(item, b[at] ?? null))
  }
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    return unreadable('a comparison of objects')
  }
  return a === b
}
