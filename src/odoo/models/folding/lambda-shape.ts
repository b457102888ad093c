import type { PythonExpression } from '../../../text/index.js'
import type { Unevaluated } from '../source-value.js'

/** What a function of a record asks for: see ValueShape. */
export type Shape = Pick<Unevaluated, 'shape' | 'argument' | 'path'>

const OTHER: Shape = { shape: 'other' }
const TODAYS: ReadonlyMap<string, Shape['shape']> = new Map([
  ['odoo.fields.Date.today', 'today'],
  ['odoo.fields.Date.context_today', 'context_today'],
  ['odoo.fields.Datetime.now', 'now'],
  ['odoo.fields.Datetime.today', 'today'],
])
const SEARCHES = new Set(['search', 'search_count', 'search_read', '_search', 'name_search'])
const CONTEXTS = new Set(['context', '_context'])

/** The shape of a function that the framework has, such as `fields.Date.today`. */
export function shapeOfExternal(path: string): Shape {
  const shape = TODAYS.get(path)
  return shape === undefined ? OTHER : { shape }
}

/** The shape of `lambda self: body`. */
export function shapeOfLambda(body: PythonExpression, self: string): Shape {
  const steps = stepsOf(body)
  if (steps === undefined) return containsSearch(body) ? { shape: 'search' } : OTHER
  const [root, ...rest] = steps
  const today = TODAYS.get(`odoo.${steps.map(({ name }) => name).join('.')}`)
  if (today !== undefined) return { shape: today }
  if (root?.name === 'uuid') return { shape: 'uuid' }
  if (root?.name !== self || root.args !== undefined) return OTHER
  return shapeOfSteps(rest)
}

interface Step {
  readonly name: string
  /** Given where it is called. */
  readonly args?: readonly PythonExpression[]
}

function shapeOfSteps(steps: readonly Step[]): Shape {
  const [first, second] = steps
  if (first?.name === 'env') return shapeOfEnvironment(steps.slice(1))
  if (first === undefined) return OTHER
  if (CONTEXTS.has(first.name)) return contextShape(second)
  if (first.name === '_uid' || first.name === 'uid') return { shape: 'user', path: ['id'] }
  if (steps.some(({ name, args }) => args !== undefined && SEARCHES.has(name))) {
    return { shape: 'search' }
  }
  const isCall = steps.length === 1 && first.args?.length === 0
  return isCall ? { shape: 'method', argument: first.name } : OTHER
}

function shapeOfEnvironment(steps: readonly Step[]): Shape {
  const [first, second] = steps
  if (first === undefined) return OTHER
  if (first.name === 'uid') return { shape: 'user', path: ['id'] }
  if (first.name === 'company' || first.name === 'user') {
    const path = pathOf(steps.slice(1))
    return path === undefined ? OTHER : { shape: first.name, path }
  }
  if (CONTEXTS.has(first.name)) return contextShape(second)
  if (first.name === 'ref') {
    const [xmlId] = first.args ?? []
    const path = pathOf(steps.slice(1))
    if (typeof xmlId !== 'string' || path === undefined) return OTHER
    return { shape: 'ref', argument: xmlId, path }
  }
  const isSearch = steps.some(({ name, args }) => args !== undefined && SEARCHES.has(name))
  return isSearch ? { shape: 'search' } : OTHER
}

/** `context.get('key')` without another default than None. */
function contextShape(step: Step | undefined): Shape {
  const [key, fallback] = step?.args ?? []
  const isPlain = step?.name === 'get' && typeof key === 'string' && (fallback ?? null) === null
  return isPlain ? { shape: 'context', argument: key } : OTHER
}

/** Plain fields only; undefined where something is called. */
function pathOf(steps: readonly Step[]): readonly string[] | undefined {
  return steps.some(({ args }) => args !== undefined) ? undefined : steps.map(({ name }) => name)
}

/** `a.b(x).c` as steps; undefined for any other form. */
function stepsOf(expression: PythonExpression): readonly Step[] | undefined {
  if (typeof expression !== 'object' || expression === null) return undefined
  if (expression.kind === 'name') return [{ name: expression.name }]
  if (expression.kind === 'attribute') {
    const steps = stepsOf(expression.of)
    return steps === undefined ? undefined : [...steps, { name: expression.name }]
  }
  if (expression.kind === 'subscript') {
    // env['model'] is a step without a name of its own.
    const steps = stepsOf(expression.of)
    return steps === undefined ? undefined : [...steps, { name: '[]', args: [expression.index] }]
  }
  if (expression.kind !== 'call') return undefined
  const steps = stepsOf(expression.callee)
  const last = steps?.at(-1)
  if (steps === undefined || last === undefined || last.args !== undefined) return undefined
  return [...steps.slice(0, -1), { name: last.name, args: expression.args }]
}

function containsSearch(expression: PythonExpression): boolean {
  if (typeof expression !== 'object' || expression === null) return false
  if (expression.kind === 'attribute' && SEARCHES.has(expression.name)) return true
  return Object.values(expression).some((part) =>
    Array.isArray(part) ? part.some(containsSearch) : containsSearch(part as PythonExpression),
  )
}
