import type {
  PythonCall,
  PythonComprehension,
  PythonDictEntry,
  PythonExpression,
  PythonInterpolation,
  PythonParameter,
  PythonTarget,
} from '../../../text/index.js'
import { BUILTINS, sortItems, TRANSLATION_CLASSES, TRANSLATIONS } from './builtins.js'
import { dictOf, setOf } from './compare-values.js'
import { binary, compare, entriesOf, sliceOf, subscript, truthOf, unary } from './operators.js'
import { reprOf, strOf } from './python-text.js'
import {
  type FunctionValue,
  iterate,
  kindOf,
  type LambdaValue,
  type RuntimeValue,
  UNKNOWN,
  UNKNOWN_CALL,
  UNKNOWN_NAME,
} from './runtime-value.js'
import { lookUp, type Scope, within } from './scope.js'
import { callMethod } from './value-methods.js'

/** What folding asks of whoever knows the modules and classes. */
export interface FoldingWorld {
  /** Attribute of a module, class or name of outside; undefined where there is none. */
  attribute(of: RuntimeValue, name: string): RuntimeValue | undefined
  /** The field that a call makes; undefined when it makes none. */
  field(callee: RuntimeValue, call: PythonCall, scope: Scope): RuntimeValue | undefined
}

/** Steps that one expression may take: nothing that a module really has comes near. */
const STEPS = 200_000
/** What folding apart costs at most, so that it does not go on for ever in a loop. */
const COST_APART = 1000
const DEEPEST_CALL = 20
const PLAIN_KINDS: ReadonlySet<string> = new Set(['float', 'integer', 'bytes'])

class OutOfSteps extends Error {}

/** Works out what expressions are without running Python. */
export class Folder {
  readonly #world: FoldingWorld
  #steps = 0
  #depth = 0

  constructor(world: FoldingWorld) {
    this.#world = world
  }

  /** The value, UNKNOWN or a part of it UNKNOWN where only Python knows it. */
  fold(expression: PythonExpression, scope: Scope): RuntimeValue {
    const isOutermost = this.#depth === 0
    if (isOutermost) this.#steps = STEPS
    this.#depth += 1
    try {
      return this.#fold(expression, scope)
    } catch (error) {
      const isTooMuch = error instanceof OutOfSteps || error instanceof RangeError
      if (!isOutermost || !isTooMuch) throw error
      return UNKNOWN
    } finally {
      this.#depth -= 1
    }
  }

  /**
   * Folds an argument of a field with steps of its own: one that takes too many is unknown, and the field
   * is there all the same.
   */
  foldApart(expression: PythonExpression, scope: Scope): RuntimeValue {
    const [steps, depth] = [this.#steps, this.#depth]
    this.#depth = 0
    try {
      return this.fold(expression, scope)
    } finally {
      this.#steps = steps - Math.min(STEPS - this.#steps, COST_APART)
      this.#depth = depth
    }
  }

  #fold(expression: PythonExpression, scope: Scope): RuntimeValue {
    this.#steps -= 1
    if (this.#steps < 0) throw new OutOfSteps()
    if (typeof expression !== 'object' || expression === null) return expression
    switch (expression.kind) {
      case 'float':
      case 'integer':
      case 'bytes':
        return expression
      case 'name':
        return this.#name(expression.name, scope)
      case 'attribute':
        return this.#attribute(this.#fold(expression.of, scope), expression.name)
      case 'call':
        return this.#call(expression, scope)
      case 'list':
        return this.#items(expression.items, scope) ?? UNKNOWN
      case 'tuple':
      case 'set': {
        const items = this.#items(expression.items, scope)
        if (items === undefined) return UNKNOWN
        return expression.kind === 'tuple' ? { kind: 'tuple', items } : (setOf(items) ?? UNKNOWN)
      }
      case 'dict':
        return this.#dict(expression.entries, scope)
      case 'binary':
        return this.#binary(expression, scope)
      case 'unary':
        return unary(expression.operator, this.#fold(expression.of, scope))
      case 'compare':
        return this.#compare(expression, scope)
      case 'condition': {
        const test = truthOf(this.#fold(expression.test, scope))
        return test === undefined
          ? UNKNOWN
          : this.#fold(test ? expression.yes : expression.no, scope)
      }
      case 'subscript':
        return this.#subscript(expression, scope)
      case 'comprehension':
        return this.#comprehension(expression, scope)
      case 'format':
        return this.#format(expression.parts, scope)
      case 'lambda':
        return { kind: 'lambda', syntax: expression, scope }
      default:
        return UNKNOWN
    }
  }

  #name(name: string, scope: Scope): RuntimeValue {
    const value = lookUp(name, scope)
    if (value !== undefined) return value
    const isBuiltin = BUILTINS.has(name) || TRANSLATIONS.has(name) || name === 'sorted'
    return isBuiltin ? { kind: 'external', path: name } : UNKNOWN_NAME
  }

  #attribute(of: RuntimeValue, name: string): RuntimeValue {
    return this.#world.attribute(of, name) ?? UNKNOWN
  }

  #items(
    expressions: readonly PythonExpression[],
    scope: Scope,
  ): readonly RuntimeValue[] | undefined {
    const items: RuntimeValue[] = []
    for (const expression of expressions) {
      const isStar = typeof expression === 'object' && expression?.kind === 'star'
      if (!isStar) {
        items.push(this.#fold(expression, scope))
        continue
      }
      const more = iterate(this.#fold(expression.of, scope))
      if (more === undefined) return undefined
      this.#steps -= more.length
      items.push(...more)
    }
    return items
  }

  #dict(entries: readonly PythonDictEntry[], scope: Scope): RuntimeValue {
    const folded: (readonly [RuntimeValue, RuntimeValue])[] = []
    for (const [key, value] of entries) {
      if (key !== null) {
        folded.push([this.#fold(key, scope), this.#fold(value, scope)])
        continue
      }
      const more = entriesOf(this.#fold(value, scope))
      if (more === undefined) return UNKNOWN
      folded.push(...more)
    }
    return dictOf(folded) ?? UNKNOWN
  }

  #binary(
    expression: Extract<PythonExpression, { readonly kind: 'binary' }>,
    scope: Scope,
  ): RuntimeValue {
    const { operator } = expression
    const left = this.#fold(expression.left, scope)
    if (operator !== 'and' && operator !== 'or') {
      return binary(operator, left, this.#fold(expression.right, scope))
    }
    const truth = truthOf(left)
    if (truth === undefined) return UNKNOWN
    return truth === (operator === 'or') ? left : this.#fold(expression.right, scope)
  }

  #compare(
    expression: Extract<PythonExpression, { readonly kind: 'compare' }>,
    scope: Scope,
  ): RuntimeValue {
    const [first = null, ...others] = expression.items
    let left = this.#fold(first, scope)
    for (const [index, other] of others.entries()) {
      const right = this.#fold(other, scope)
      const result = compare(expression.operators[index] ?? '', left, right)
      if (result === undefined) return UNKNOWN
      if (!result) return false
      left = right
    }
    return true
  }

  #subscript(
    expression: Extract<PythonExpression, { readonly kind: 'subscript' }>,
    scope: Scope,
  ): RuntimeValue {
    const of = this.#fold(expression.of, scope)
    const { index } = expression
    if (typeof index !== 'object' || index?.kind !== 'slice') {
      return subscript(of, this.#fold(index, scope))
    }
    const [from, to, step] = [index.from, index.to, index.step].map((part) =>
      this.#fold(part, scope),
    )
    return sliceOf(of, from ?? null, to ?? null, step ?? null)
  }

  #comprehension(expression: PythonComprehension, scope: Scope): RuntimeValue {
    const items: RuntimeValue[] = []
    const values: RuntimeValue[] = []
    const visit = (clause: number, inner: Scope): boolean => {
      const next = expression.clauses[clause]
      if (next === undefined) {
        items.push(this.#fold(expression.item, inner))
        if (expression.value !== undefined) values.push(this.#fold(expression.value, inner))
        return true
      }
      if (next.kind === 'if') {
        const test = truthOf(this.#fold(next.test, inner))
        return test === undefined ? false : !test || visit(clause + 1, inner)
      }
      const all = iterate(this.#fold(next.items, inner))
      return (
        all?.every((item) => {
          const names = unpack(next.target, item)
          return names !== undefined && visit(clause + 1, within(inner, names))
        }) ?? false
      )
    }
    if (!visit(0, scope)) return UNKNOWN
    if (expression.of === 'list' || expression.of === 'generator') return items
    if (expression.of === 'set') return setOf(items) ?? UNKNOWN
    return dictOf(items.map((key, index) => [key, values[index] ?? null])) ?? UNKNOWN
  }

  #format(parts: readonly (string | PythonInterpolation)[], scope: Scope): RuntimeValue {
    let text = ''
    for (const part of parts) {
      if (typeof part === 'string') {
        text += part
        continue
      }
      const value = this.#fold(part.of, scope)
      const shown = part.conversion === 'r' ? reprOf(value) : strOf(value)
      if (part.specification !== '' || shown === undefined || part.conversion === 'a')
        return UNKNOWN
      text += shown
    }
    return text
  }

  #call(call: PythonCall, scope: Scope): RuntimeValue {
    const { callee } = call
    const isMethod = typeof callee === 'object' && callee?.kind === 'attribute'
    const of = isMethod ? this.#fold(callee.of, scope) : undefined
    const target =
      isMethod && of !== undefined
        ? this.#world.attribute(of, callee.name)
        : this.#fold(callee, scope)
    if (target !== undefined) {
      const field = this.#world.field(target, call, scope)
      if (field !== undefined) return field
    }
    const args = this.#items(call.args, scope)
    const keywords = this.#keywords(call, scope)
    if (args === undefined || keywords === undefined) return UNKNOWN_CALL
    if (target === undefined) {
      return isMethod && of !== undefined
        ? callMethod(of, callee.name, args, keywords)
        : UNKNOWN_CALL
    }
    return this.#apply(target, args, keywords)
  }

  /** Undefined where a `**` cannot be followed. */
  #keywords(call: PythonCall, scope: Scope): ReadonlyMap<string, RuntimeValue> | undefined {
    const keywords = new Map<string, RuntimeValue>()
    for (const [name, { expression }] of call.keywords) {
      const value = this.#fold(expression, scope)
      if (name !== null) {
        keywords.set(name, value)
        continue
      }
      const entries = entriesOf(value)
      if (entries === undefined) return undefined
      for (const [key, item] of entries) if (typeof key === 'string') keywords.set(key, item)
    }
    return keywords
  }

  #apply(
    target: RuntimeValue,
    args: readonly RuntimeValue[],
    keywords: ReadonlyMap<string, RuntimeValue>,
  ): RuntimeValue {
    if (typeof target !== 'object' || target === null || !('kind' in target)) return UNKNOWN_CALL
    if (target.kind === 'function') {
      if (target.syntax.decorators !== undefined) return UNKNOWN_CALL
      const { returns, parameters = [] } = target.syntax
      if (returns === undefined) return UNKNOWN_CALL
      return this.#run(target, parameters, returns.expression, args, keywords)
    }
    if (target.kind === 'lambda') {
      const { parameters, body } = target.syntax
      return this.#run(target, parameters, body, args, keywords)
    }
    return target.kind === 'external' ? this.#external(target.path, args, keywords) : UNKNOWN_CALL
  }

  #run(
    target: FunctionValue | LambdaValue,
    parameters: readonly PythonParameter[],
    body: PythonExpression,
    args: readonly RuntimeValue[],
    keywords: ReadonlyMap<string, RuntimeValue>,
  ): RuntimeValue {
    const names = new Map<string, RuntimeValue>(keywords)
    for (const [index, parameter] of parameters.entries()) {
      const name = typeof parameter === 'string' ? parameter : parameter.name
      const rest = typeof parameter === 'string' ? undefined : parameter
      if (rest?.star !== undefined) return UNKNOWN_CALL
      const given = args[index] ?? keywords.get(name)
      if (given !== undefined) names.set(name, given)
      else if (rest?.default !== undefined) names.set(name, this.#fold(rest.default, target.scope))
      else return UNKNOWN_CALL
    }
    if (args.length > parameters.length || this.#depth > DEEPEST_CALL) return UNKNOWN_CALL
    this.#depth += 1
    try {
      return this.#fold(body, within(target.scope, names))
    } finally {
      this.#depth -= 1
    }
  }

  #external(
    path: string,
    args: readonly RuntimeValue[],
    keywords: ReadonlyMap<string, RuntimeValue>,
  ): RuntimeValue {
    if (TRANSLATIONS.has(path)) return translated(args, keywords)
    if (TRANSLATION_CLASSES.has(path)) return { kind: 'external', path: 'odoo._lt' }
    if (path === 'sorted') return this.#sorted(args, keywords)
    const builtin = BUILTINS.get(path)
    if (builtin === undefined) return UNKNOWN_CALL
    if (keywords.size === 0) return builtin(args) ?? UNKNOWN_CALL
    if (!path.endsWith('ict')) return UNKNOWN_CALL
    const base = entriesOf(builtin(args) ?? null)
    return base === undefined ? UNKNOWN_CALL : (dictOf([...base, ...keywords]) ?? UNKNOWN_CALL)
  }

  #sorted(
    args: readonly RuntimeValue[],
    keywords: ReadonlyMap<string, RuntimeValue>,
  ): RuntimeValue {
    const items = args.length === 1 && args[0] !== undefined ? iterate(args[0]) : undefined
    const isReversed = truthOf(keywords.get('reverse') ?? false)
    const key = keywords.get('key')
    if (items === undefined || isReversed === undefined) return UNKNOWN_CALL
    const keys =
      key === undefined || key === null
        ? items
        : items.map((item) => this.#apply(key, [item], new Map()))
    return sortItems(items, keys, isReversed) ?? UNKNOWN_CALL
  }
}

/** The text to be translated, with what is put into it. */
function translated(
  args: readonly RuntimeValue[],
  keywords: ReadonlyMap<string, RuntimeValue>,
): RuntimeValue {
  const [text, ...values] = args
  if (typeof text !== 'string') return UNKNOWN_CALL
  if (keywords.size > 0) return binary('%', text, dictOf([...keywords]) ?? UNKNOWN)
  return values.length === 0 ? text : binary('%', text, { kind: 'tuple', items: values })
}

function unpack(
  target: PythonTarget,
  value: RuntimeValue,
): ReadonlyMap<string, RuntimeValue> | undefined {
  if (typeof target === 'string') return new Map([[target, value]])
  const items = iterate(value)
  if (items === undefined || items.length !== target.length) return undefined
  const names = new Map<string, RuntimeValue>()
  for (const [index, part] of target.entries()) {
    const found = unpack(part, items[index] ?? null)
    if (found === undefined) return undefined
    for (const [name, item] of found) names.set(name, item)
  }
  return names
}

/** Whether an expression is a constant that stands for itself. */
export function isPlain(expression: PythonExpression): boolean {
  if (typeof expression !== 'object' || expression === null) return true
  return PLAIN_KINDS.has(expression.kind) || kindOf(expression as RuntimeValue) === undefined
}
