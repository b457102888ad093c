import { XmlCData, type XmlElement, XmlText } from 'libxml2-wasm'
import { booleanOf } from './booleans.js'
import { attributesOf, childElements, leadingText, serialized } from './element.js'
import { withXml } from './parse-xml.js'
import { removeBlanks } from './remove-blanks.js'

/** An element of a document that is being read; good only until the reading ends. */
export interface XmlNodeView {
  readonly name: string
  attributes(): Readonly<Record<string, string>>
  /** A boolean attribute; undefined where it says nothing. */
  flag(attribute: string): boolean | undefined
  elements(): readonly XmlNodeView[]
  /** Whether it has child elements or comments. */
  hasChildren(): boolean
  /** Whether attributes and text are all there is: no children, no CDATA, no prefix. */
  isPlain(): boolean
  /** Text before the first of them. */
  text(): string | undefined
  /** The element, serialised as it stands. */
  xml(): string
  /** Takes away text that only lays the element out; what is asked for later is without it. */
  removeBlanks(): void
}

/** Hands the root of a document to `body`. Errors: DATA_XML_INVALID, DATA_XML_OUTSIDE. */
export function readXmlNodes<T>(
  content: Uint8Array,
  file: string,
  body: (root: XmlNodeView) => T,
): T {
  return withXml(content, file, (document) => body(viewOf(document.root)))
}

/** Lays a document out with two spaces, as lxml's `pretty_print` does; no declaration, one line break at its end. */
export function formatXml(text: string): string {
  return withXml(Buffer.from(text), 'the document', (document) => {
    const formatted = document.toString({ format: true, noDeclaration: true })
    return formatted.endsWith('\n') ? formatted : `${formatted}\n`
  })
}

function viewOf(element: XmlElement): XmlNodeView {
  return {
    name: element.name,
    attributes: () => attributesOf(element),
    flag: (attribute) => booleanOf(attributesOf(element)[attribute]),
    elements: () => childElements(element).map(viewOf),
    hasChildren: () => hasChildren(element),
    isPlain: () => isPlain(element),
    text: () => leadingText(element),
    xml: () => serialized(element),
    removeBlanks: () => removeBlanks(element),
  }
}

function hasChildren(element: XmlElement): boolean {
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (!(node instanceof XmlText || node instanceof XmlCData)) return true
  }
  return false
}

function isPlain(element: XmlElement): boolean {
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (!(node instanceof XmlText) || node instanceof XmlCData) return false
  }
  return !element.prefix
}
