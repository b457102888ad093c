import type { PythonCall, PythonSlot } from '../../../text/index.js'
import { nameOfPosition } from '../folding/field-call.js'
import { type Folder, isPlain } from '../folding/folder.js'
import { entriesOf } from '../folding/operators.js'
import { type ClassValue, iterate, type RuntimeValue } from '../folding/runtime-value.js'
import type { Scope } from '../folding/scope.js'
import { sourceValueOf, toSource } from '../folding/to-source.js'
import type { CustomFieldClass } from '../model-class.js'
import type { SourceValue } from '../source-value.js'

const FIELD_CLASS = /^odoo\.fields\.([A-Z]\w*)$/
/** Classes of `odoo.fields` that are no fields. */
const NO_FIELDS: ReadonlySet<string> = new Set(['Command', 'NewId', 'Domain'])
/** Arguments that could not be followed are kept under this name. */
export const UNREAD_ARGUMENTS = '**'

/** The field that a call makes; undefined when the callee is no field's class. */
export function fieldOfCall(
  callee: RuntimeValue,
  call: PythonCall,
  scope: Scope,
  folder: Folder,
): RuntimeValue | undefined {
  const found = classOf(callee)
  if (found === undefined) return undefined
  const { fieldClass, customClass } = found
  const args: Record<string, SourceValue> = {}
  const base = customClass?.base ?? fieldClass
  const fold = (slot: PythonSlot): SourceValue => {
    const { expression } = slot
    if (typeof expression !== 'object' || expression === null) return expression
    return sourceValueOf(slot, scope, folder, call.line)
  }
  let position = 0
  const slots = call.slots ?? call.args.map((expression) => ({ expression }))
  for (const slot of slots) {
    const { expression } = slot
    const isStar = typeof expression === 'object' && expression?.kind === 'star'
    const items = isStar ? iterate(folder.fold(expression.of, scope)) : undefined
    if (isStar && items === undefined) {
      args[UNREAD_ARGUMENTS] = unread(slot, scope, folder, call.line)
      continue
    }
    const values = items?.map((item) => toSource(item, slot, scope, folder, call.line)) ?? [
      fold(slot),
    ]
    for (const value of values) {
      const name = nameOfPosition(base, position)
      if (name !== undefined) args[name] = value
      position += 1
    }
  }
  for (const [name, slot] of call.keywords) {
    if (name !== null) {
      args[name] = isPlain(slot.expression) ? (slot.expression as SourceValue) : fold(slot)
      continue
    }
    const entries = entriesOf(folder.fold(slot.expression, scope))
    if (entries === undefined) args[UNREAD_ARGUMENTS] = unread(slot, scope, folder, call.line)
    for (const [key, value] of entries ?? []) {
      if (typeof key === 'string') args[key] = toSource(value, slot, scope, folder, call.line)
    }
  }
  const place = { file: scope.file.file, line: call.line }
  const definition = { fieldClass, args, place }
  return {
    kind: 'field',
    definition: customClass === undefined ? definition : { ...definition, customClass },
  }
}

function unread(slot: PythonSlot, scope: Scope, folder: Folder, line: number): SourceValue {
  return toSource({ kind: 'unknown', reason: 'expression' }, slot, scope, folder, line)
}

function classOf(
  callee: RuntimeValue,
): { readonly fieldClass: string; readonly customClass?: CustomFieldClass } | undefined {
  if (typeof callee !== 'object' || callee === null || !('kind' in callee)) return undefined
  if (callee.kind === 'external') {
    const name = FIELD_CLASS.exec(callee.path)?.[1]
    return name === undefined || NO_FIELDS.has(name) ? undefined : { fieldClass: name }
  }
  if (callee.kind !== 'class') return undefined
  const base = callee.linear
    .flatMap((one) => (one.kind === 'external' ? [FIELD_CLASS.exec(one.path)?.[1]] : []))
    .find((name) => name !== undefined)
  if (base === undefined) return undefined
  return { fieldClass: callee.name, customClass: customClassOf(callee, base) }
}

function customClassOf(value: ClassValue, base: string): CustomFieldClass {
  const type = textOf(nameIn(value, 'type') ?? null)
  return { base, type, columnType: columnTypeOf(value) }
}

function columnTypeOf(value: ClassValue): string | null | undefined {
  const column = nameIn(value, 'column_type') ?? nameIn(value, '_column_type')
  if (column === undefined) return undefined
  return textOf(iterate(column)?.[1] ?? null) ?? null
}

function nameIn(value: ClassValue, name: string): RuntimeValue | undefined {
  for (const one of value.linear) {
    const found = one.kind === 'class' ? one.names.get(name) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function textOf(value: RuntimeValue): string | undefined {
  return typeof value === 'string' ? value : undefined
}
