import type { PythonCall, PythonExpression, PythonSlot } from '../../../text/index.js'
import {
  format,
  type Moment,
  type MomentPart,
  negative,
  partsOf,
  plus,
  type Span,
  textOfMoment,
  weekdayOf,
  withParts,
} from './moment.js'
import { isPart, spanOfCall } from './span-of-call.js'

type Value = Moment | Span | string | number

/** Names of `datetime.datetime` in data files (odoo/tools/convert.py). */
const CLASSES: readonly string[] = ['DateTime', 'datetime']

/**
 * The expression with every part that speaks of the present replaced by what it comes to at `now`, UTC in
 * milliseconds: moments as texts. Parts that only Python knows stay as they are.
 */
export function foldDates(expression: PythonExpression, now: number): PythonExpression {
  const clock: Moment = { kind: 'moment', time: now, isDay: false }
  const fold = (part: PythonExpression): PythonExpression => {
    if (typeof part !== 'object' || part === null) return part
    const value = evaluate(part, clock)
    if (typeof value === 'string' || typeof value === 'number') return value
    if (value?.kind === 'moment') return textOfMoment(value)
    return withFolded(part, fold)
  }
  return fold(expression)
}

/** The same expression with its parts replaced. */
function withFolded(
  expression: PythonExpression,
  fold: (part: PythonExpression) => PythonExpression,
): PythonExpression {
  if (typeof expression !== 'object' || expression === null) return expression
  switch (expression.kind) {
    case 'list':
    case 'tuple':
    case 'set':
      return { ...expression, items: expression.items.map(fold) }
    case 'dict':
      return {
        ...expression,
        entries: expression.entries.map(([key, value]) => [key, fold(value)] as const),
      }
    case 'binary':
      return { ...expression, left: fold(expression.left), right: fold(expression.right) }
    case 'call':
      return {
        ...expression,
        args: expression.args.map(fold),
        keywords: expression.keywords.map(([name, slot]): readonly [string | null, PythonSlot] => [
          name,
          { ...slot, expression: fold(slot.expression) },
        ]),
      }
    case 'condition': {
      const { test, yes, no } = expression
      return { ...expression, test: fold(test), yes: fold(yes), no: fold(no) }
    }
    default:
      return expression
  }
}

/** What a part comes to; undefined where no date is in it, or something that is not known. */
function evaluate(expression: PythonExpression, now: Moment): Value | undefined {
  if (typeof expression !== 'object' || expression === null) return undefined
  if (expression.kind === 'call') return called(expression, now)
  if (expression.kind === 'attribute') {
    const of = evaluate(expression.of, now)
    return isMoment(of) && isPart(expression.name) ? partsOf(of)[expression.name] : undefined
  }
  if (expression.kind !== 'binary') return undefined
  const left = evaluate(expression.left, now)
  const right = evaluate(expression.right, now)
  if (expression.operator !== '+' && expression.operator !== '-') return undefined
  if (isMoment(left) && isSpan(right)) {
    return plus(left, expression.operator === '-' ? negative(right) : right)
  }
  const isSum = expression.operator === '+' && isSpan(left) && isMoment(right)
  return isSum ? plus(right, left) : undefined
}

function called({ callee, args, keywords }: PythonCall, now: Moment): Value | undefined {
  if (typeof callee !== 'object' || callee === null) return undefined
  if (callee.kind === 'name') {
    const { name } = callee
    if (name !== 'timedelta' && name !== 'relativedelta') return undefined
    const numbers = args.map(numberOf)
    const named = numbersOf(keywords)
    if (named === undefined || !numbers.every((one) => one !== undefined)) return undefined
    return spanOfCall(name, numbers, named)
  }
  if (callee.kind !== 'attribute') return undefined
  const { of, name } = callee
  const owner = typeof of === 'object' && of !== null && of.kind === 'name' ? of.name : undefined
  const [first] = args
  if (owner === 'time') {
    return name === 'strftime' && typeof first === 'string' ? format(now, first) : undefined
  }
  if (owner !== undefined) {
    const isNow = CLASSES.includes(owner) && ['now', 'today', 'utcnow'].includes(name)
    return isNow && args.length + keywords.length === 0 ? now : undefined
  }
  const moment = evaluate(of, now)
  return isMoment(moment) ? methodOf(moment, name, first, keywords) : undefined
}

function methodOf(
  moment: Moment,
  name: string,
  first: PythonExpression | undefined,
  keywords: PythonCall['keywords'],
): Value | undefined {
  switch (name) {
    case 'strftime':
      return typeof first === 'string' ? format(moment, first) : undefined
    case 'date':
      return { ...moment, isDay: true, time: moment.time - (moment.time % 86_400_000) }
    case 'weekday':
      return weekdayOf(moment)
    case 'isoformat':
      return textOfMoment(moment).replace(' ', 'T')
    case 'replace': {
      const given = numbersOf(keywords.filter(([word]) => word !== 'microsecond'))
      if (given === undefined || ![...given.keys()].every(isPart)) return undefined
      return withParts(moment, Object.fromEntries(given) as Partial<Record<MomentPart, number>>)
    }
    default:
      return undefined
  }
}

function numbersOf(keywords: PythonCall['keywords']): ReadonlyMap<string, number> | undefined {
  const numbers = new Map<string, number>()
  for (const [name, { expression }] of keywords) {
    const value = numberOf(expression)
    if (name === null || value === undefined) return undefined
    numbers.set(name, value)
  }
  return numbers
}

function numberOf(expression: PythonExpression): number | undefined {
  if (typeof expression === 'number') return expression
  if (typeof expression !== 'object' || expression === null) return undefined
  if (expression.kind === 'float') return expression.value
  if (expression.kind !== 'unary' || expression.operator !== '-') return undefined
  const value = numberOf(expression.of)
  return value === undefined ? undefined : -value
}

function isMoment(value: Value | undefined): value is Moment {
  return typeof value === 'object' && value.kind === 'moment'
}

function isSpan(value: Value | undefined): value is Span {
  return typeof value === 'object' && value.kind === 'span'
}
