import { MarkupBuilder } from './markup-builder.js'
import { MarkupError } from './markup-error.js'
import type { MarkupAttribute, MarkupElement } from './markup-node.js'

const NAME = String.raw`[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*(?::[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*)?`
const TOKENS = [
  String.raw`<!--((?:(?!--)[\s\S])*)-->`,
  String.raw`<\?(${NAME})((?:(?!\?>)[\s\S])*)\?>`,
  String.raw`<!\[CDATA\[((?:(?!\]\]>)[\s\S])*)\]\]>`,
  String.raw`</(${NAME})\s*>`,
  String.raw`<(${NAME})((?:\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>`,
  '([^<]+)',
]
const TOKEN = new RegExp(TOKENS.join('|'), 'uy')
const ATTRIBUTE = new RegExp(String.raw`(${NAME})\s*=\s*(?:"([^"]*)"|'([^']*)')`, 'gu')
const REFERENCE = /&(?:#(\d+);|#x([\da-fA-F]+);|(lt|gt|amp|quot|apos);|)/g
const PREDEFINED: Readonly<Record<string, string>> = {
  ...{ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" },
}
/** Characters that XML 1.0 does not allow. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

/**
 * Parses a document as libxml2 does: what is outside of the root is dropped, CDATA becomes text, blanks in
 * attributes become spaces. Errors: {@link MarkupError} where it is no well-formed XML, or has a document type.
 */
export function parseXmlMarkup(text: string): MarkupElement {
  const source = text.replace(/\r\n?/g, '\n')
  const bad = FORBIDDEN.exec(source)
  if (bad !== null) throw new MarkupError('A character that XML does not allow', bad.index)
  const builder = new MarkupBuilder()
  let position = /^<\?xml\s[^>]*\?>/.exec(source)?.[0].length ?? 0
  while (position < source.length) {
    TOKEN.lastIndex = position
    const match = TOKEN.exec(source)
    if (match === null) throw new MarkupError('No well-formed markup', position)
    readToken(match, builder)
    position = TOKEN.lastIndex
  }
  if (builder.depth > 0 || builder.root === undefined) {
    throw new MarkupError('The root does not end', position)
  }
  return builder.root
}

function readToken(match: RegExpExecArray, builder: MarkupBuilder): void {
  const [source, comment, target, , data, end, start, attributes = '', isEmpty, text] = match
  const at = match.index
  if (comment !== undefined || target !== undefined) {
    if (comment?.endsWith('-') === true || target?.toLowerCase() === 'xml') {
      throw new MarkupError('A comment or instruction that XML does not allow', at)
    }
    builder.other(source)
  } else if (data !== undefined) builder.text(data, at)
  else if (end !== undefined) {
    if (builder.path.at(-1) !== end) throw new MarkupError(`</${end}> ends nothing`, at)
    builder.end()
  } else if (start !== undefined) {
    if (builder.depth === 0 && builder.root !== undefined) {
      throw new MarkupError('A second root', at)
    }
    const given = readAttributes(attributes, at)
    builder.start(start, given, isForeign(start, given, builder))
    if (isEmpty === '/') builder.end()
  } else if (text !== undefined) {
    if (text.includes(']]>')) throw new MarkupError('"]]>" in a text', at)
    const decoded = decode(text, at)
    if (builder.depth > 0) builder.text(decoded, at)
    else if (/[^ \t\n]/.test(text)) throw new MarkupError('Text outside of the root', at)
  }
}

/** A prefix, or a namespace that holds without one. */
function isForeign(
  name: string,
  attributes: readonly MarkupAttribute[],
  builder: MarkupBuilder,
): boolean {
  if (name.includes(':')) return true
  const own = attributes.find((attribute) => attribute.name === 'xmlns')
  return own === undefined ? builder.isForeign : own.value !== ''
}

function readAttributes(text: string, at: number): readonly MarkupAttribute[] {
  const attributes = [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => ({
    name,
    value: decode((double ?? single ?? '').replace(/[\n\t]/g, ' '), at),
  }))
  if (new Set(attributes.map(({ name }) => name)).size < attributes.length) {
    throw new MarkupError('An attribute stands twice', at)
  }
  return attributes
}

function decode(text: string, at: number): string {
  if (!text.includes('&')) return text
  return text.replace(REFERENCE, (_, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return PREDEFINED[name] ?? ''
    const digits = decimal ?? hexadecimal
    if (digits === undefined) throw new MarkupError('"&" that names no character', at)
    const code = Number.parseInt(digits, decimal === undefined ? 16 : 10)
    const character = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\0'
    if (FORBIDDEN.test(character)) throw new MarkupError('No character of XML', at)
    return character
  })
}
