import { isAmong } from './compare-values.js'
import { entriesOf, LONGEST } from './operators.js'
import { integerOf } from './python-number.js'
import { reprOf, strOf, titleCase } from './python-text.js'
import { isList, iterate, kindOf, type RuntimeValue, UNKNOWN_CALL } from './runtime-value.js'

type Arguments = readonly RuntimeValue[]
type Keywords = ReadonlyMap<string, RuntimeValue>

const WHITE = ' \t\n\r\v\f'

/** `of.name(args)` for texts, lists and dicts; UNKNOWN_CALL for whatever is not known here. */
export function callMethod(
  of: RuntimeValue,
  name: string,
  args: Arguments,
  keywords: Keywords,
): RuntimeValue {
  if (typeof of === 'string') return onText(of, name, args, keywords) ?? UNKNOWN_CALL
  if (keywords.size > 0) return UNKNOWN_CALL
  const entries = entriesOf(of)
  if (entries !== undefined) return onDict(of, entries, name, args) ?? UNKNOWN_CALL
  const isSequence = isList(of) || kindOf(of) === 'tuple' || kindOf(of) === 'set'
  if (!isSequence) return UNKNOWN_CALL
  const items = iterate(of) ?? []
  const [first] = args
  if (name === 'copy' && args.length === 0) return of
  if (first === undefined || args.length > 1 || kindOf(of) === 'set') return UNKNOWN_CALL
  if (name === 'count') return items.filter((item) => isAmong(first, [item])).length
  const index = name === 'index' ? items.findIndex((item) => isAmong(first, [item])) : -1
  return index < 0 ? UNKNOWN_CALL : index
}

function onDict(
  of: RuntimeValue,
  entries: readonly (readonly [RuntimeValue, RuntimeValue])[],
  name: string,
  args: Arguments,
): RuntimeValue | undefined {
  const [key, fallback = null] = args
  if (name === 'get' && key !== undefined && args.length <= 2) {
    return entries.find(([known]) => isAmong(key, [known]))?.[1] ?? fallback
  }
  if (args.length > 0) return undefined
  if (name === 'items') return entries.map(([k, v]) => ({ kind: 'tuple', items: [k, v] }))
  if (name === 'keys') return entries.map(([k]) => k)
  if (name === 'values') return entries.map(([, v]) => v)
  return name === 'copy' ? of : undefined
}

function onText(
  text: string,
  name: string,
  args: Arguments,
  keywords: Keywords,
): RuntimeValue | undefined {
  if (name === 'format') return formatted(text, args, keywords)
  if (keywords.size > 0) return undefined
  if (name === 'join') return joined(text, args)
  const texts = args.filter((value) => typeof value === 'string')
  if (texts.length === args.length && texts.length <= 2) {
    const result = onTexts(text, name, texts)
    if (result !== undefined) return result
  }
  return name === 'split' && args.length === 2 ? limitedSplit(text, args) : undefined
}

function onTexts(text: string, name: string, given: readonly string[]): RuntimeValue | undefined {
  const [first, second] = given
  if (first === undefined) return withoutArguments(text, name)
  if (name === 'replace') {
    if (second === undefined || first === '') return undefined
    const result = text.replaceAll(first, () => second)
    return result.length > LONGEST ? undefined : result
  }
  if (second !== undefined) return undefined
  switch (name) {
    case 'split':
      return first === '' ? undefined : text.split(first)
    case 'startswith':
      return text.startsWith(first)
    case 'endswith':
      return text.endsWith(first)
    case 'strip':
      return stripped(text, first, true, true)
    case 'lstrip':
      return stripped(text, first, true, false)
    case 'rstrip':
      return stripped(text, first, false, true)
    case 'count':
      return first === '' ? undefined : text.split(first).length - 1
    default:
      return undefined
  }
}

function withoutArguments(text: string, name: string): RuntimeValue | undefined {
  switch (name) {
    case 'upper':
      return text.toUpperCase()
    case 'lower':
      return text.toLowerCase()
    case 'title':
      return titleCase(text)
    case 'capitalize':
      return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()
    case 'strip':
      return stripped(text, WHITE, true, true)
    case 'lstrip':
      return stripped(text, WHITE, true, false)
    case 'rstrip':
      return stripped(text, WHITE, false, true)
    case 'split':
      return text.split(/[ \t\n\r\v\f]+/).filter((part) => part !== '')
    default:
      return undefined
  }
}

function stripped(text: string, characters: string, left: boolean, right: boolean): string {
  let [from, to] = [0, text.length]
  while (left && from < to && characters.includes(text[from] ?? '')) from += 1
  while (right && from < to && characters.includes(text[to - 1] ?? '')) to -= 1
  return text.slice(from, to)
}

function limitedSplit(text: string, [separator, limit]: Arguments): RuntimeValue | undefined {
  const count = integerOf(limit)
  if (typeof separator !== 'string' || separator === '' || count === undefined || count < 0n) {
    return undefined
  }
  const parts = text.split(separator)
  const head = parts.slice(0, Number(count))
  return head.length === parts.length ? head : [...head, parts.slice(head.length).join(separator)]
}

function joined(separator: string, args: Arguments): RuntimeValue | undefined {
  const items = args.length === 1 && args[0] !== undefined ? iterate(args[0]) : undefined
  if (items?.every((item) => typeof item === 'string') !== true) return undefined
  const result = items.join(separator)
  return result.length > LONGEST ? undefined : result
}

const FIELD = /\{\{|\}\}|\{(\w*)(?:!([sr]))?\}|[{}]/g

/** Fields without a format: `{}`, `{0}`, `{name}`, `{!r}`. */
function formatted(text: string, args: Arguments, keywords: Keywords): string | undefined {
  let isBroken = false
  let next = 0
  const result = text.replace(FIELD, (field: string, name?: string, conversion?: string) => {
    if (field === '{{' || field === '}}') return field.slice(1)
    if (name === undefined) {
      isBroken = true
      return ''
    }
    const value = /^\d+$/.test(name)
      ? args[Number(name)]
      : name === ''
        ? args[next++]
        : keywords.get(name)
    const shown =
      value === undefined ? undefined : conversion === 'r' ? reprOf(value) : strOf(value)
    if (shown === undefined) isBroken = true
    return shown ?? ''
  })
  return isBroken ? undefined : result
}
