import { type CodeValue, isList, textOf, unreadable } from './code-value.js'
import { formatBraces } from './format-text.js'

/** Calls a method of a text, list or dict; undefined for one that is not known. */
export function callValueMethod(
  of: CodeValue,
  name: string,
  args: readonly CodeValue[],
  keywords: ReadonlyMap<string, CodeValue>,
): CodeValue | undefined {
  if (typeof of === 'string') return textMethod(of, name, args, keywords)
  if (typeof of !== 'object' || of === null) return undefined
  if (isList(of)) return undefined
  if (of.kind === 'sql') return sqlMethod(of.text, name, args, keywords)
  if (of.kind !== 'dict') return undefined
  const { entries } = of
  switch (name) {
    case 'items':
      return entries.map(([key, value]) => [key, value])
    case 'keys':
      return entries.map(([key]) => key)
    case 'values':
      return entries.map(([, value]) => value)
    case 'get':
      return entries.find(([key]) => key === args[0])?.[1] ?? args[1] ?? null
    default:
      return undefined
  }
}

function textMethod(
  text: string,
  name: string,
  args: readonly CodeValue[],
  keywords: ReadonlyMap<string, CodeValue>,
): CodeValue | undefined {
  switch (name) {
    case 'format':
      return formatBraces(text, args, keywords)
    case 'join': {
      const [items] = args
      return items !== undefined && isList(items)
        ? items.map(textOf).join(text)
        : unreadable('join of an object')
    }
    case 'replace':
      return text.replaceAll(textOf(args[0] ?? ''), textOf(args[1] ?? ''))
    case 'strip':
      return args.length === 0 ? text.trim() : undefined
    case 'lower':
      return text.toLowerCase()
    case 'upper':
      return text.toUpperCase()
    case 'split':
      return args.length === 1 ? text.split(textOf(args[0] ?? '')) : text.trim().split(/\s+/)
    case 'startswith':
      return text.startsWith(textOf(args[0] ?? ''))
    case 'endswith':
      return text.endsWith(textOf(args[0] ?? ''))
    default:
      return undefined
  }
}

function sqlMethod(
  text: string,
  name: string,
  args: readonly CodeValue[],
  keywords: ReadonlyMap<string, CodeValue>,
): CodeValue | undefined {
  if (name === 'format') return { kind: 'sql', text: formatBraces(text, args, keywords) }
  if (name !== 'join') return undefined
  const [items] = args
  if (items === undefined || !isList(items)) return unreadable('join of an object')
  const parts = items.map((item) =>
    typeof item === 'object' && item !== null && 'kind' in item && item.kind === 'sql'
      ? item.text
      : textOf(item),
  )
  return { kind: 'sql', text: parts.join(text) }
}
