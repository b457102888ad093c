import type { PythonFunction, PythonLambda } from '../../../text/index.js'
import type { ClassBody, FieldDefinition } from '../model-class.js'
import type {
  SourceBytes,
  SourceFloat,
  SourceInteger,
  Unevaluated,
  UnevaluatedReason,
} from '../source-value.js'
import type { Scope } from './scope.js'

/** What a name may stand for while a module is read. Source values are a part of it. */
export type RuntimeValue =
  | null
  | boolean
  | number
  | string
  | SourceFloat
  | SourceInteger
  | SourceBytes
  | readonly RuntimeValue[]
  | RuntimeItems
  | RuntimeDict
  | Unevaluated
  | ClassValue
  | FunctionValue
  | LambdaValue
  | ModuleValue
  | ExternalValue
  | FieldValue
  | Unknown

export interface RuntimeItems {
  readonly kind: 'tuple' | 'set'
  readonly items: readonly RuntimeValue[]
}

export interface RuntimeDict {
  readonly kind: 'dict'
  readonly entries: readonly (readonly [RuntimeValue, RuntimeValue])[]
}

/** A class of the module or of another one. */
export interface ClassValue {
  readonly kind: 'class'
  readonly name: string
  readonly body: ClassBody
  /** Everything that its body defines. */
  readonly names: ReadonlyMap<string, RuntimeValue>
  /** Resolution order: itself, then classes and names of outside. */
  readonly linear: readonly (ClassValue | ExternalValue)[]
}

export interface FunctionValue {
  readonly kind: 'function'
  readonly syntax: PythonFunction
  readonly scope: Scope
  readonly isMethod: boolean
}

export interface LambdaValue {
  readonly kind: 'lambda'
  readonly syntax: PythonLambda
  readonly scope: Scope
}

/** A module or package of an addon. */
export interface ModuleValue {
  readonly kind: 'module'
  /** `odoo.addons.sale.models` */
  readonly dotted: string
}

/** Something outside of the addons, by its path: `odoo.fields.Char`, `datetime`, `sorted`. */
export interface ExternalValue {
  readonly kind: 'external'
  readonly path: string
}

/** What a call of a field's class gives. */
export interface FieldValue {
  readonly kind: 'field'
  readonly definition: Omit<FieldDefinition, 'name' | 'module'>
}

/** No value: only Python knows it. */
export interface Unknown {
  readonly kind: 'unknown'
  readonly reason: UnevaluatedReason
}

export const UNKNOWN: Unknown = { kind: 'unknown', reason: 'expression' }
export const UNKNOWN_CALL: Unknown = { kind: 'unknown', reason: 'call' }
export const UNKNOWN_NAME: Unknown = { kind: 'unknown', reason: 'name' }

const OPAQUE: ReadonlySet<string> = new Set([
  ...['unevaluated', 'class', 'function', 'lambda', 'module', 'external', 'field', 'unknown'],
])

/** Whether the value is a list. */
export function isList(value: RuntimeValue | undefined): value is readonly RuntimeValue[] {
  return Array.isArray(value)
}

/** The kind of a value that is neither plain nor a list. */
export function kindOf(value: RuntimeValue | undefined): string | undefined {
  if (typeof value !== 'object' || value === null || isList(value)) return undefined
  return value.kind
}

/** Whether something about the value itself is not known; items of containers do not matter. */
export function isOpaque(value: RuntimeValue): boolean {
  const kind = kindOf(value)
  return kind !== undefined && OPAQUE.has(kind)
}

/** Whether the value and all in it are known. */
export function isKnown(value: RuntimeValue): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (isList(value)) return value.every(isKnown)
  switch (value.kind) {
    case 'tuple':
    case 'set':
      return value.items.every(isKnown)
    case 'dict':
      return value.entries.every(([key, item]) => isKnown(key) && isKnown(item))
    default:
      return !OPAQUE.has(value.kind)
  }
}

/** What a loop over the value gives; undefined where Python raises TypeError or knows more. */
export function iterate(value: RuntimeValue): readonly RuntimeValue[] | undefined {
  if (typeof value === 'string') return [...value]
  if (isList(value)) return value
  const container = typeof value === 'object' && value !== null ? value : undefined
  if (container?.kind === 'tuple' || container?.kind === 'set') return container.items
  return container?.kind === 'dict' ? container.entries.map(([key]) => key) : undefined
}
