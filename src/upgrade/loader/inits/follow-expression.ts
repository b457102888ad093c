import type {
  PythonCall,
  PythonComprehension,
  PythonExpression,
  PythonTarget,
} from '../../../text/index.js'
import { type CodeValue, isEqual, isList, isTruthy, textOf, unreadable } from './code-value.js'
import { formatPercent } from './format-text.js'
import type { KnownCall } from './known-functions.js'

/** Names within a method, inner ones over outer ones. */
export type Names = Map<string, CodeValue>

/** What an expression asks of whoever knows the model. */
export interface ExpressionWorld {
  /** A name that the method does not define. */
  outside(name: string): CodeValue
  attribute(of: CodeValue, name: string): CodeValue
  invoke(callee: CodeValue, call: KnownCall): CodeValue
  superOf(): CodeValue
  item(of: CodeValue, index: CodeValue): CodeValue
}

/** The value of an expression; throws what makes it unreadable. */
export function follow(
  expression: PythonExpression,
  names: Names,
  world: ExpressionWorld,
): CodeValue {
  if (expression === null || typeof expression !== 'object') return expression
  const of = (inner: PythonExpression): CodeValue => follow(inner, names, world)
  switch (expression.kind) {
    case 'name':
      return names.get(expression.name) ?? fromOutside(expression.name, names, world)
    case 'attribute':
      return world.attribute(of(expression.of), expression.name)
    case 'call':
      return followCall(expression, names, world)
    case 'list':
    case 'tuple':
      return followItems(expression.items, names, world)
    case 'dict':
      return {
        kind: 'dict',
        entries: expression.entries.map(([key, value]) =>
          key === null ? unreadable('** in a dict') : ([of(key), of(value)] as const),
        ),
      }
    case 'binary':
      return followBinary(expression.operator, expression.left, expression.right, of)
    case 'unary':
      return followUnary(expression.operator, of(expression.of))
    case 'compare':
      return followCompare(expression.operators, expression.items.map(of))
    case 'condition':
      return isTruthy(of(expression.test)) ? of(expression.yes) : of(expression.no)
    case 'subscript':
      return world.item(of(expression.of), of(expression.index))
    case 'comprehension':
      return followComprehension(expression, names, world)
    case 'format':
      return expression.parts
        .map((part) => {
          if (typeof part === 'string') return part
          if (part.conversion !== '' || part.specification !== '') return unreadable('a format')
          return textOf(of(part.of))
        })
        .join('')
    default:
      return unreadable(expression.kind)
  }
}

/** Binds a target, or several, to a value. */
export function bind(target: PythonTarget, value: CodeValue, names: Names): void {
  if (typeof target === 'string') {
    names.set(target, value)
    return
  }
  if (!isList(value) || value.length !== target.length) unreadable('an unpacking')
  for (const [at, inner] of target.entries()) {
    bind(inner, (value as readonly CodeValue[])[at] ?? null, names)
  }
}

function fromOutside(name: string, names: Names, world: ExpressionWorld): CodeValue {
  return names.has(name) ? null : world.outside(name)
}

function followItems(
  items: readonly PythonExpression[],
  names: Names,
  world: ExpressionWorld,
): readonly CodeValue[] {
  return items.flatMap((item) => {
    const isStar = typeof item === 'object' && item !== null && item.kind === 'star'
    if (!isStar) return [follow(item, names, world)]
    const value = follow(item.of, names, world)
    return isList(value) ? value : unreadable('* of an object')
  })
}

function followCall(call: PythonCall, names: Names, world: ExpressionWorld): CodeValue {
  const { callee } = call
  const args = followItems(call.args, names, world)
  if (
    typeof callee === 'object' &&
    callee !== null &&
    callee.kind === 'name' &&
    callee.name === 'super'
  ) {
    return world.superOf()
  }
  const keywords = new Map<string, CodeValue>()
  for (const [name, { expression }] of call.keywords) {
    if (name === null) unreadable('** in a call')
    else keywords.set(name, follow(expression, names, world))
  }
  return world.invoke(follow(callee, names, world), { args, keywords })
}

function followBinary(
  operator: string,
  left: PythonExpression,
  right: PythonExpression,
  of: (expression: PythonExpression) => CodeValue,
): CodeValue {
  const first = of(left)
  if (operator === 'and') return isTruthy(first) ? of(right) : first
  if (operator === 'or') return isTruthy(first) ? first : of(right)
  const second = of(right)
  if (operator === '%' && typeof first === 'string') return formatPercent(first, second)
  if (operator === '+') return add(first, second)
  if (typeof first !== 'number' || typeof second !== 'number') return unreadable(operator)
  if (operator === '-') return first - second
  return operator === '*' ? first * second : unreadable(operator)
}

/** Python's `a + b`. */
export function add(first: CodeValue, second: CodeValue): CodeValue {
  if (typeof first === 'string' && typeof second === 'string') return first + second
  if (typeof first === 'number' && typeof second === 'number') return first + second
  if (isList(first) && isList(second)) return [...first, ...second]
  return unreadable('+ of objects')
}

function followUnary(operator: string, value: CodeValue): CodeValue {
  if (operator === 'not') return !isTruthy(value)
  return operator === '-' && typeof value === 'number' ? -value : unreadable(operator)
}

function followCompare(operators: readonly string[], items: readonly CodeValue[]): CodeValue {
  return operators.every((operator, at) => {
    const left = items[at] ?? null
    const right = items[at + 1] ?? null
    switch (operator) {
      case '==':
      case 'is':
        return isEqual(left, right)
      case '!=':
      case 'is not':
        return !isEqual(left, right)
      case 'in':
        return contains(right, left)
      case 'not in':
        return !contains(right, left)
      case '>':
        return numberOf(left) > numberOf(right)
      case '<':
        return numberOf(left) < numberOf(right)
      default:
        return unreadable(operator)
    }
  })
}

function numberOf(value: CodeValue): number {
  return typeof value === 'number' ? value : unreadable('a comparison')
}

function contains(container: CodeValue, item: CodeValue): boolean {
  if (typeof container === 'string') return container.includes(textOf(item))
  if (isList(container)) return container.some((one) => isEqual(one, item))
  return unreadable('in')
}

function followComprehension(
  { item, of: kind, clauses }: PythonComprehension,
  names: Names,
  world: ExpressionWorld,
): CodeValue {
  if (kind === 'dict') return unreadable('a dict comprehension')
  let scopes: Names[] = [new Map(names)]
  for (const clause of clauses) {
    scopes = scopes.flatMap((scope): Names[] => {
      if (clause.kind === 'if') return isTruthy(follow(clause.test, scope, world)) ? [scope] : []
      const items = follow(clause.items, scope, world)
      if (!isList(items)) return unreadable('a loop over an object')
      return items.map((value) => {
        const inner = new Map(scope)
        bind(clause.target, value, inner)
        return inner
      })
    })
  }
  return scopes.map((scope) => follow(item, scope, world))
}
