import type { PythonClass, PythonExpression, PythonStatement } from '../../../text/index.js'
import type { ClassValue, ExternalValue, RuntimeValue } from '../folding/runtime-value.js'
import { type Scope, within } from '../folding/scope.js'
import { toSource } from '../folding/to-source.js'
import { type Linearization, linearize } from '../linearize.js'
import type { ClassBody, Decorator, FieldDefinition, MethodDefinition } from '../model-class.js'
import type { SourceValue } from '../source-value.js'
import type { ModuleWorld } from './module-world.js'

/** A class that was built, and what is wrong with its bases. */
export interface BuiltClass {
  readonly value: ClassValue
  readonly isConsistent: boolean
}

/** Called for every class within the body, which Python makes before the class around it. */
export type OnClass = (built: BuiltClass, statement: PythonClass) => void

/** What a class body is built with. */
export interface BodyContext {
  readonly world: ModuleWorld
  /** Runs statements that a body has in common with a file: assignments, imports, functions. */
  readonly run: (
    statement: PythonStatement,
    scope: Scope,
    names: Map<string, RuntimeValue>,
    onValue: (name: string, value: SourceValue) => void,
  ) => void
  readonly onClass: OnClass
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Builds a class as Python does: bases, body in order, resolution order. */
export function buildClass(
  statement: PythonClass,
  scope: Scope,
  prefix: string,
  context: BodyContext,
): BuiltClass {
  const { world, run, onClass } = context
  const className = prefix + statement.name
  const bases = statement.bases.flatMap((base) => baseOf(world.folder.fold(base, scope)))
  const names = new Map<string, RuntimeValue>()
  if (statement.docstring !== undefined) names.set('__doc__', statement.docstring)
  const inner = within(scope, names)
  const attributes: Record<string, SourceValue> = {}
  const keep = (name: string, value: SourceValue): void => {
    attributes[name] = value
  }
  for (const part of statement.body) {
    if (part.kind === 'class') {
      const built = buildClass(part, inner, `${className}.`, context)
      names.set(part.name, built.value)
      onClass(built, part)
    } else if (part.kind === 'function') {
      names.set(part.name, { kind: 'function', syntax: part, scope: inner, isMethod: true })
    } else {
      run(part, inner, names, keep)
    }
  }
  const { file, module } = scope.file
  const body: ClassBody = {
    ...{ module, className, attributes },
    place: { file, line: statement.line },
    docstring: statement.docstring,
    fields: fieldsOf(names, module),
    methods: methodsOf(names, world),
  }
  const value: Mutable<ClassValue> = {
    kind: 'class',
    name: statement.name,
    body,
    names,
    linear: [],
  }
  const { order, isConsistent } = linearOf(value, bases)
  value.linear = order
  return { value, isConsistent }
}

/** Hangs a value onto a class behind its body, as `setattr` does. */
export function attachToClass(of: ClassValue, name: string, value: RuntimeValue): void {
  const names = of.names as Map<string, RuntimeValue>
  names.set(name, value)
  if (typeof value !== 'object' || value === null || !('kind' in value)) return
  if (value.kind !== 'field') return
  const fields = of.body.fields as FieldDefinition[]
  const at = fields.findIndex((field) => field.name === name)
  const field = { ...value.definition, name, module: of.body.module }
  if (at < 0) fields.push(field)
  else fields[at] = field
}

function baseOf(value: RuntimeValue): readonly (ClassValue | ExternalValue)[] {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return []
  return value.kind === 'class' || value.kind === 'external' ? [value] : []
}

function linearOf(
  self: ClassValue,
  bases: readonly (ClassValue | ExternalValue)[],
): Linearization<ClassValue | ExternalValue> {
  // Names of outside are values: the same path has to be the same base.
  const externals = new Map<string, ExternalValue>()
  const one = (base: ClassValue | ExternalValue): ClassValue | ExternalValue => {
    if (base.kind === 'class') return base
    const known = externals.get(base.path) ?? base
    externals.set(base.path, known)
    return known
  }
  return linearize<ClassValue | ExternalValue>(self, [...new Set(bases.map(one))], (base) =>
    base.kind === 'class' ? base.linear.map(one) : [base],
  )
}

function fieldsOf(
  names: ReadonlyMap<string, RuntimeValue>,
  module: string,
): readonly FieldDefinition[] {
  return [...names].flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null || !('kind' in value)) return []
    return value.kind === 'field' ? [{ ...value.definition, name, module }] : []
  })
}

function methodsOf(
  names: ReadonlyMap<string, RuntimeValue>,
  world: ModuleWorld,
): readonly MethodDefinition[] {
  return [...names].flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null || !('kind' in value)) return []
    if (value.kind !== 'function' || value.syntax.name !== name) return []
    const { line, endLine, decorators = [], callsSuper } = value.syntax
    const made = decorators.map((one) => decoratorOf(one, value.scope, world, line))
    const isProperty = made.some((one) => /property$/.test(one.name))
    return [{ name, line, endLine, decorators: made, isProperty, callsSuper: callsSuper === true }]
  })
}

function decoratorOf(
  expression: PythonExpression,
  scope: Scope,
  world: ModuleWorld,
  line: number,
): Decorator {
  const isCall = typeof expression === 'object' && expression?.kind === 'call'
  const name = dottedName(isCall ? expression.callee : expression)
  if (!isCall) return { name, args: [], keywords: {} }
  const { folder } = world
  const read = (part: PythonExpression): SourceValue =>
    toSource(folder.fold(part, scope), { expression: part }, scope, folder, line)
  const keywords = expression.keywords.flatMap(([key, slot]) =>
    key === null ? [] : [[key, read(slot.expression)] as const],
  )
  return { name, args: expression.args.map(read), keywords: Object.fromEntries(keywords) }
}

function dottedName(expression: PythonExpression): string {
  if (typeof expression !== 'object' || expression === null) return ''
  if (expression.kind === 'name') return expression.name
  return expression.kind === 'attribute' ? `${dottedName(expression.of)}.${expression.name}` : ''
}
