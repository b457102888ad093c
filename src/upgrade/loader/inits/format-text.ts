import { quoteIdentifier, quoteLiteral } from '../../../text/index.js'
import { type CodeValue, isList, textOf, unreadable } from './code-value.js'

/** Python's `text % value`. */
export function formatPercent(text: string, value: CodeValue): string {
  return replacePercent(text, value, textOf)
}

/** A statement with its parameters written into it, as psycopg2 does. */
export function bindParameters(text: string, parameters: CodeValue | undefined): string {
  if (parameters === undefined || parameters === null) return text
  return replacePercent(text, parameters, literalOf)
}

function replacePercent(
  text: string,
  value: CodeValue,
  show: (value: CodeValue) => string,
): string {
  const isDict =
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'dict'
  const items = isList(value) ? value : [value]
  let next = 0
  const replaced = text.replace(
    /%(?:\((\w+)\))?([%sdr])/g,
    (_, name: string | undefined, kind: string) => {
      if (kind === '%') return '%'
      if (kind === 'r') return unreadable('%r')
      if (name !== undefined) {
        if (!isDict) return unreadable('a name in a format')
        const entry = value.entries.find(([key]) => key === name)
        return entry === undefined ? unreadable(`no value for ${name}`) : show(entry[1])
      }
      const item = items[next]
      next += 1
      return item === undefined ? unreadable('too few values for a format') : show(item)
    },
  )
  if (!isDict && next !== items.length) return unreadable('too many values for a format')
  return replaced
}

function literalOf(value: CodeValue): string {
  if (value === null) return 'NULL'
  if (typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (typeof value === 'string') return quoteLiteral(value)
  if (isList(value)) {
    if (value.length === 0) return unreadable('an empty list as parameter')
    return `(${value.map(literalOf).join(', ')})`
  }
  if (value.kind === 'sql') return value.text
  return unreadable('an object as parameter')
}

/** `'{a} {}'.format(…)`; of psycopg2's `SQL` the values are composed, of text they are shown. */
export function formatBraces(
  text: string,
  args: readonly CodeValue[],
  keywords: ReadonlyMap<string, CodeValue>,
): string {
  let next = 0
  return text.replace(/\{\{|\}\}|\{(\w*)\}/g, (found, name: string | undefined) => {
    if (found === '{{' || found === '}}') return found[0] ?? ''
    const key = name ?? ''
    const value =
      key === '' ? args[next++] : /^\d+$/.test(key) ? args[Number(key)] : keywords.get(key)
    if (value === undefined) return unreadable(`no value for {${key}}`)
    const isSql =
      typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'sql'
    return isSql ? value.text : textOf(value)
  })
}

/** psycopg2's `Identifier`. */
export function identifier(names: readonly CodeValue[]): CodeValue {
  return { kind: 'sql', text: names.map((name) => quoteIdentifier(textOf(name))).join('.') }
}
