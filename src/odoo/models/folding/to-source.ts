import type { PythonExpression, PythonSlot } from '../../../text/index.js'
import type { SourcePlace, SourceValue, Unevaluated } from '../source-value.js'
import type { Folder } from './folder.js'
import { type Shape, shapeOfExternal, shapeOfLambda } from './lambda-shape.js'
import {
  type FunctionValue,
  isKnown,
  isList,
  type LambdaValue,
  type RuntimeValue,
} from './runtime-value.js'
import { type Scope, within } from './scope.js'

const OTHER: Shape = { shape: 'other' }

/** Where an expression stands and how it is written. */
interface Written {
  readonly place: SourcePlace
  readonly text: string
}

/** Folds an expression apart from what is around it, and tells its value as plain data. */
export function sourceValueOf(
  slot: PythonSlot,
  scope: Scope,
  folder: Folder,
  line: number,
): SourceValue {
  return toSource(folder.foldApart(slot.expression, scope), slot, scope, folder, line)
}

/** A value that was folded from `slot`, as plain data. */
export function toSource(
  value: RuntimeValue,
  slot: PythonSlot,
  scope: Scope,
  folder: Folder,
  line: number,
): SourceValue {
  const written = {
    place: { file: scope.file.file, line: slot.line ?? line },
    text: slot.text ?? '',
  }
  return convert(value, written, folder)
}

function convert(value: RuntimeValue, written: Written, folder: Folder): SourceValue {
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.map((item) => convert(item, written, folder))
  switch (value.kind) {
    case 'float':
    case 'integer':
    case 'bytes':
    case 'unevaluated':
      return value
    case 'tuple':
    case 'set':
      return { kind: value.kind, items: value.items.map((item) => convert(item, written, folder)) }
    case 'dict':
      return {
        kind: 'dict',
        entries: value.entries.map(([key, item]) => [
          convert(key, written, folder),
          convert(item, written, folder),
        ]),
      }
    case 'function':
      return functionValue(value, written)
    case 'lambda':
      return lambdaValue(value, written, folder)
    case 'external': {
      const shape = shapeOfExternal(value.path)
      return unevaluated('name', { argument: value.path, ...shape }, written)
    }
    case 'unknown':
      return unevaluated(value.reason, OTHER, written)
    default:
      return unevaluated('name', OTHER, written)
  }
}

function functionValue(value: FunctionValue, written: Written): Unevaluated {
  const { name } = value.syntax
  if (value.isMethod) return unevaluated('method', { shape: 'method', argument: name }, written)
  return unevaluated('function', { shape: 'other', argument: name }, written)
}

function lambdaValue(value: LambdaValue, written: Written, folder: Folder): Unevaluated {
  const { parameters, body } = value.syntax
  const [first] = parameters
  const self = (typeof first === 'string' ? first : first?.name) ?? ''
  const hidden = new Map<string, RuntimeValue>(
    parameters.map((parameter) => [
      typeof parameter === 'string' ? parameter : parameter.name,
      { kind: 'unknown', reason: 'name' },
    ]),
  )
  const result = folder.fold(withoutEnvironment(body, self), within(value.scope, hidden))
  if (isKnown(result)) {
    const constant = { value: convert(result, written, folder) }
    return { ...unevaluated('lambda', { shape: 'constant' }, written), ...constant }
  }
  return unevaluated('lambda', shapeOfLambda(body, self), written)
}

/** `self.env._('text')`, as 18 writes it, is `_('text')`. */
function withoutEnvironment(body: PythonExpression, self: string): PythonExpression {
  if (typeof body !== 'object' || body?.kind !== 'call') return body
  const { callee } = body
  if (typeof callee !== 'object' || callee?.kind !== 'attribute' || callee.name !== '_') return body
  const env = callee.of
  if (typeof env !== 'object' || env?.kind !== 'attribute' || env.name !== 'env') return body
  const isOwn = typeof env.of === 'object' && env.of?.kind === 'name' && env.of.name === self
  return isOwn ? { ...body, callee: { kind: 'name', name: '_' } } : body
}

function unevaluated(
  reason: Unevaluated['reason'],
  shape: Shape,
  { place, text }: Written,
): Unevaluated {
  return { kind: 'unevaluated', reason, ...shape, text, place }
}
