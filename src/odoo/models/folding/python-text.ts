import { floatText } from './python-number.js'
import { isList, type RuntimeValue } from './runtime-value.js'

/** `str(value)`; undefined where only Python knows it. */
export function strOf(value: RuntimeValue): string | undefined {
  return typeof value === 'string' ? value : reprOf(value)
}

/** `repr(value)`; undefined where only Python knows it. */
export function reprOf(value: RuntimeValue): string | undefined {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return textRepr(value)
  if (isList(value)) return joined('[', value, ']')
  switch (value.kind) {
    case 'float':
      return floatText(value.value)
    case 'integer':
      return value.digits
    case 'tuple':
      return value.items.length === 1
        ? joined('(', value.items, ',)')
        : joined('(', value.items, ')')
    case 'dict':
      return dictRepr(value.entries)
    default:
      // A set has no order that could be told.
      return undefined
  }
}

/** `text.title()`: letters behind anything that is no letter become large, all others small. */
export function titleCase(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => {
    const [first = '', ...rest] = word
    return first.toUpperCase() + rest.join('').toLowerCase()
  })
}

/** `template % value`; undefined where Python raises or a conversion is not known here. */
export function formatPercent(template: string, value: RuntimeValue): string | undefined {
  const isTuple =
    typeof value === 'object' && value !== null && !isList(value) && value.kind === 'tuple'
  const values = isTuple ? value.items : [value]
  let next = 0
  let isBroken = false
  const text = template.replace(PERCENT, (_, name, flags, type) => {
    if (type === '%' && !flags && !name) return '%'
    let item: RuntimeValue | undefined
    if (name === undefined) {
      item = values[next]
      next += 1
    } else {
      item = entryOf(value, name)
    }
    const shown = item === undefined || flags ? undefined : shown1(item, type)
    if (shown === undefined) isBroken = true
    return shown ?? ''
  })
  const isMapping = kindIs(value, 'dict')
  if (isBroken || (!isMapping && next !== values.length)) return undefined
  return /%/.test(template.replace(PERCENT, '')) ? undefined : text
}

const PERCENT = /%(?:\((\w*)\))?([-#0 +.\d]*)([a-zA-Z%])/g

function shown1(item: RuntimeValue, type: string): string | undefined {
  if (type === 's') return strOf(item)
  if (type === 'r') return reprOf(item)
  const isInteger = typeof item === 'number' || kindIs(item, 'integer')
  return (type === 'd' || type === 'i') && isInteger ? strOf(item) : undefined
}

function kindIs(value: RuntimeValue, kind: string): boolean {
  return typeof value === 'object' && value !== null && !isList(value) && value.kind === kind
}

function entryOf(value: RuntimeValue, name: string): RuntimeValue | undefined {
  if (typeof value !== 'object' || value === null || isList(value) || value.kind !== 'dict') {
    return undefined
  }
  return value.entries.find(([key]) => key === name)?.[1]
}

function joined(open: string, items: readonly RuntimeValue[], close: string): string | undefined {
  const texts = items.map(reprOf)
  return texts.includes(undefined) ? undefined : `${open}${texts.join(', ')}${close}`
}

function dictRepr(entries: readonly (readonly [RuntimeValue, RuntimeValue])[]): string | undefined {
  const texts = entries.map(([key, value]) => {
    const [name, item] = [reprOf(key), reprOf(value)]
    return name === undefined || item === undefined ? undefined : `${name}: ${item}`
  })
  return texts.includes(undefined) ? undefined : `{${texts.join(', ')}}`
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

/** Single quotes, unless there are only single ones within. */
function textRepr(text: string): string | undefined {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  let shown = ''
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    const escaped = ESCAPES.get(character)
    if (escaped !== undefined) shown += escaped
    else if (character === quote) shown += `\\${quote}`
    else if (point < 0x20 || point === 0x7f) shown += `\\x${point.toString(16).padStart(2, '0')}`
    // Which of the others can be printed is a table of Python's.
    else if (point > 0x7f && !/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return undefined
    else shown += character
  }
  return quote + shown + quote
}
