import { BOOLEAN_ATTRIBUTES, RAW_ELEMENTS, VOID_ELEMENTS } from './html-names.js'
import type { MarkupAttribute, MarkupElement, MarkupKind, MarkupNode } from './markup-node.js'

const ADDRESSES: ReadonlySet<string> = new Set(['href', 'action', 'src'])
const TEXT: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const XML_TEXT = { ...TEXT, '\r': '&#13;' }
const XML_VALUE = { ...XML_TEXT, '"': '&quot;', '\n': '&#10;', '\t': '&#9;' }

/** Writes an element without its tail, to the byte as libxml2 does. */
export function writeMarkup(element: MarkupElement, kind: MarkupKind): string {
  return kind === 'xml' ? writeXml(element) : writeHtml(element)
}

/** Writes what stands in an element: text and children with their tails. */
export function writeContent(element: MarkupElement, kind: MarkupKind): string {
  const isRaw = kind === 'html' && RAW_ELEMENTS.has(element.name)
  const text = (value: string): string => {
    if (isRaw) return value
    return kind === 'xml' ? escapeWith(value, XML_TEXT) : escapeWith(value, TEXT)
  }
  const node = (child: MarkupNode): string =>
    child.kind === 'other' ? child.source : writeMarkup(child, kind)
  return (
    text(element.text) + element.children.map((child) => node(child) + text(child.tail)).join('')
  )
}

function writeXml(element: MarkupElement): string {
  const attributes = element.attributes
    .map(({ name, value = '' }) => ` ${name}="${escapeWith(value, XML_VALUE)}"`)
    .join('')
  const content = writeContent(element, 'xml')
  return content === '' && element.text === '' && element.children.length === 0
    ? `<${element.name}${attributes}/>`
    : `<${element.name}${attributes}>${content}</${element.name}>`
}

function writeHtml(element: MarkupElement): string {
  const { name } = element
  const attributes = element.attributes.map((attribute) => writeAttribute(name, attribute)).join('')
  const isEmpty = element.children.length === 0 && element.text === ''
  // libxml2 leaves the end of an empty `li` away as well (`saveEndTag`).
  if (isEmpty && (VOID_ELEMENTS.has(name) || name === 'li')) {
    return `<${name}${attributes}>`
  }
  return `<${name}${attributes}>${writeContent(element, 'html')}</${name}>`
}

function writeAttribute(element: string, { name, value }: MarkupAttribute): string {
  if (value === undefined || BOOLEAN_ATTRIBUTES.has(name)) return ` ${name}`
  const isAddress = ADDRESSES.has(name) || (name === 'name' && element === 'a')
  // Server side scripts in attributes stay as they are (HTML 4, B.7.1).
  const escaped = value.replace(/&(?!\{)|[<>]/g, (found) => TEXT[found] ?? found)
  const written = isAddress ? escapeAddress(escaped) : escaped
  if (!written.includes('"')) return ` ${name}="${written}"`
  return written.includes("'")
    ? ` ${name}="${written.replaceAll('"', '&quot;')}"`
    : ` ${name}='${written}'`
}

function escapeAddress(value: string): string {
  return encodeURI(value.replace(/^[ \t\n\r]+/, ''))
    .replace(/%25/g, '%')
    .replace(/[^\w\-.!~*'()@/:=?;#%&,+]/g, (found) => {
      const code = found.charCodeAt(0).toString(16).toUpperCase()
      return `%${code.padStart(2, '0')}`
    })
}

function escapeWith(text: string, table: Readonly<Record<string, string>>): string {
  return text.replace(/[&<>"\r\n\t]/g, (found) => table[found] ?? found)
}
