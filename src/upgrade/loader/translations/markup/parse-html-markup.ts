import {
  BOOLEAN_ATTRIBUTES,
  ENDS_PARAGRAPH,
  ENTITIES,
  RAW_ELEMENTS,
  VOID_ELEMENTS,
} from './html-names.js'
import { MarkupBuilder } from './markup-builder.js'
import { MarkupError } from './markup-error.js'
import type { MarkupAttribute, MarkupElement } from './markup-node.js'

const NAME = String.raw`[A-Za-z_:][\w:.\-]*`
const ATTRIBUTE_SOURCE = String.raw`([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?`
const TOKENS = [
  '(<!--(?:(?!-->)[\\s\\S])*-->)',
  String.raw`</(${NAME})\s*>`,
  String.raw`<(${NAME})((?:\s*${ATTRIBUTE_SOURCE.replaceAll(/\((?!\?)/g, '(?:')})*)\s*(/?)>`,
  '([^<]+|<(?=[\\s\\d=<]|$))',
]
const TOKEN = new RegExp(TOKENS.join('|'), 'y')
const ATTRIBUTE = new RegExp(ATTRIBUTE_SOURCE, 'g')
const REFERENCE = /&(?:#(\d+);?|#[xX]([\da-fA-F]+);?|([A-Za-z][A-Za-z0-9]*);)/g
const PRIORITIES: Readonly<Record<string, number>> = {
  ...{ div: 150, td: 160, th: 160, tr: 170, thead: 180, tbody: 180, tfoot: 180, table: 190 },
}
/** Ended by the next of the same name. */
const ENDS_ITSELF: ReadonlySet<string> = new Set(['li', 'option', 'a', 'dt', 'dd', 'form'])
/** Inline elements that some of what ends a paragraph ends as well. */
const INLINE_ENDED: ReadonlySet<string> = new Set(
  'a b big font i pre s small strike tt u'.split(' '),
)
const HEADINGS = /^h[1-6]$/
/** Where parts of tables lie; elsewhere in a table something is ended before. */
const PLACES: Readonly<Record<string, ReadonlySet<string>>> = {
  tr: new Set(['table', 'tbody', 'thead', 'tfoot']),
  td: new Set(['tr', 'table']),
  th: new Set(['tr', 'table']),
  tbody: new Set(['table']),
  thead: new Set(['table']),
  tfoot: new Set(['table']),
}
const LISTS: ReadonlySet<string> = new Set(['ul', 'ol', 'dl', 'menu', 'dir'])
const IN_LISTS: ReadonlySet<string> = new Set(['li', 'ul', 'ol', 'div', 'p', 'dt', 'dd', 'table'])
/** What libxml2 builds around a document, or moves elsewhere. */
const DOCUMENT: ReadonlySet<string> = new Set(['html', 'head', 'body', 'frameset', 'frame'])

/**
 * Parses a fragment of html, which becomes the content of a `div`, as libxml2 does where the fragment is
 * regular: an end tag that ends nothing is dropped, inline elements end with what they stand in.
 * Errors: {@link MarkupError} where libxml2 would mend more than that (paragraphs in paragraphs, documents).
 */
export function parseHtmlMarkup(text: string): MarkupElement {
  const builder = new MarkupBuilder()
  builder.start('div', [], false)
  let position = 0
  while (position < text.length) {
    TOKEN.lastIndex = position
    const match = TOKEN.exec(text)
    if (match === null) throw new MarkupError('No regular html', position)
    position = TOKEN.lastIndex
    const [, comment, end, start, attributes = '', isEmpty, content] = match
    if (comment !== undefined) builder.other(comment)
    else if (content !== undefined) builder.text(decode(content, match.index), match.index)
    else if (end !== undefined) endElement(end.toLowerCase(), builder, match.index)
    else if (start !== undefined) {
      const name = start.toLowerCase()
      endImplied(name, builder, match.index)
      builder.start(name, readAttributes(attributes, match.index), false)
      if (VOID_ELEMENTS.has(name) || isEmpty === '/') builder.end()
      else if (RAW_ELEMENTS.has(name)) position = readRaw(text, position, name, builder)
    }
  }
  while (builder.depth > 0) builder.end()
  if (builder.root === undefined) throw new MarkupError('No content', 0)
  return builder.root
}

/** Text up to the end tag; returns where to go on. */
function readRaw(text: string, from: number, name: string, builder: MarkupBuilder): number {
  const end = text.toLowerCase().indexOf(`</${name}`, from)
  if (end < 0 || text.slice(from, end).includes('</')) {
    throw new MarkupError(`<${name}> does not end`, from)
  }
  if (end > from) builder.text(text.slice(from, end), from)
  return end
}

/** libxml2's `htmlEndPriority`: an end tag does not reach through elements that count for more. */
function priorityOf(name: string): number {
  return PRIORITIES[name] ?? 100
}

function endElement(name: string, builder: MarkupBuilder, at: number): void {
  if (VOID_ELEMENTS.has(name)) return
  const { path } = builder
  const open = path.lastIndexOf(name)
  if (open <= 0) {
    if (name !== 'div') return
    throw new MarkupError(`</${name}> without its start`, at)
  }
  const priority = priorityOf(name)
  if (path.slice(open + 1).some((one) => priorityOf(one) > priority)) return
  for (let n = path.length; n > open; n -= 1) builder.end()
}

/** What libxml2 ends by itself before an element; cases that are rare are refused. */
function endImplied(name: string, builder: MarkupBuilder, at: number): void {
  if (DOCUMENT.has(name)) throw new MarkupError(`<${name}> in a fragment`, at)
  const parent = builder.path.at(-1) ?? ''
  if (parent === 'p' && ENDS_PARAGRAPH.has(name)) {
    builder.end()
    endImplied(name, builder, at)
  } else if (parent === name && ENDS_ITSELF.has(name)) builder.end()
  else if (HEADINGS.test(parent) && ENDS_PARAGRAPH.has(name)) {
    throw new MarkupError(`<${name}> inside of <${parent}>`, at)
  } else if ((INLINE_ENDED.has(parent) && ENDS_PARAGRAPH.has(name)) || isMisplaced(name, parent)) {
    throw new MarkupError(`<${name}> inside of <${parent}>`, at)
  }
}

function isMisplaced(name: string, parent: string): boolean {
  const places = PLACES[name]
  return places === undefined
    ? LISTS.has(parent) && !IN_LISTS.has(name) && ENDS_PARAGRAPH.has(name)
    : !places.has(parent)
}

function readAttributes(text: string, at: number): readonly MarkupAttribute[] {
  const attributes = new Map<string, string | undefined>()
  for (const [, given = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const name = given.toLowerCase()
    if (!/^[a-z_:][\w:.-]*$/.test(name)) throw new MarkupError(`The attribute "${name}"`, at)
    const value = double ?? single ?? bare
    if (attributes.has(name)) continue
    const implied = BOOLEAN_ATTRIBUTES.has(name) ? name : undefined
    attributes.set(name, value === undefined ? implied : decode(value, at))
  }
  return [...attributes].map(([name, value]) => ({ name, value }))
}

function decode(text: string, at: number): string {
  if (!text.includes('&')) return text
  return text.replace(
    REFERENCE,
    (whole, decimal?: string, hexadecimal?: string, name?: string): string => {
      if (name !== undefined) {
        return ENTITIES.get(name) ?? whole
      }
      const code = Number.parseInt(decimal ?? hexadecimal ?? '', decimal === undefined ? 16 : 10)
      if (!(code > 0 && code <= 0x10ffff)) throw new MarkupError('No character', at)
      return String.fromCodePoint(code)
    },
  )
}
