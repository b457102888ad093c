import { XmlCData, XmlComment, XmlElement, XmlText, type XmlTreeNode } from 'libxml2-wasm'

/** An element's attributes; those of a namespace as `prefix:name`. */
export function attributesOf(element: XmlElement): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {}
  for (const attribute of element.attrs) {
    const prefix = attribute.prefix
    attributes[prefix ? `${prefix}:${attribute.name}` : attribute.name] = attribute.value
  }
  return attributes
}

/** Its child elements, in order. */
export function childElements(element: XmlElement): readonly XmlElement[] {
  const found: XmlElement[] = []
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) found.push(node)
  }
  return found
}

/** Text before the first child element or comment, as lxml's `text`; undefined where there is none. */
export function leadingText(element: XmlElement): string | undefined {
  let text: string | undefined
  for (let node = element.firstChild; node !== null && isText(node); node = node.next) {
    text = (text ?? '') + node.content
  }
  return text
}

/**
 * Everything from the first child element or comment on, serialised: the children with the text behind each.
 * Undefined where there is none.
 */
export function serializedContent(element: XmlElement): string | undefined {
  let node = element.firstChild
  while (node !== null && isText(node)) node = node.next
  if (node === null) return undefined
  let content = ''
  for (; node !== null; node = node.next) content += serializedNode(node)
  return content
}

/** The element itself, serialised as it stands. */
export function serialized(element: XmlElement): string {
  return element.toString({ format: false, noDeclaration: true })
}

/** One node as libxml2 writes it. */
export function serializedNode(node: XmlTreeNode): string {
  if (node instanceof XmlElement) return serialized(node)
  if (node instanceof XmlCData) return `<![CDATA[${node.content}]]>`
  if (node instanceof XmlComment) return `<!--${node.content}-->`
  return node instanceof XmlText ? escapeText(node.content) : ''
}

function isText(node: XmlTreeNode): boolean {
  return node instanceof XmlText || node instanceof XmlCData
}

function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? character)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#13;',
}
