import { XmlCData, XmlElement, XmlText, type XmlTreeNode } from 'libxml2-wasm'

const BLANK = /^[ \t\r\n]*$/
/**
 * libxml2 gets text in pieces: a piece ends before an entity and before a letter outside of ASCII. One that begins
 * with blank text and is kept, or has such letters, makes all blank text of the element stay from there on.
 */
const BEGINS_BLANK = /(?:^|[&<\u00a0])[ \t\r\n]/
const OUTSIDE_ASCII = /[^\0-\u007f\u00a0]/

/**
 * Removes text that only lays an element out, by the rules of lxml's `remove_blank_text` (libxml2 2.9): blank
 * text stays where it is all there is, behind other text, where the element begins with text, and behind text
 * that begins with a blank. Newer versions of libxml2 decide otherwise, and files of OpenUpgrade were made by
 * those rules.
 */
export function removeBlanks(element: XmlElement): void {
  if (element.attr('space', 'xml')?.value === 'preserve') return
  let first: XmlTreeNode | undefined
  let last: XmlTreeNode | undefined
  let isPreserved = false
  let node = element.firstChild
  while (node !== null) {
    const next: XmlTreeNode | null = node.next
    if (!isPreserved && isBlank(node) && !staysThere(first, last, next)) {
      node.remove()
    } else {
      first ??= node
      last = node
      if (node instanceof XmlElement) removeBlanks(node)
      else if (node instanceof XmlText) isPreserved ||= preserves(node.content)
    }
    node = next
  }
}

function staysThere(
  first: XmlTreeNode | undefined,
  last: XmlTreeNode | undefined,
  next: XmlTreeNode | null,
): boolean {
  if (first === undefined || last === undefined) return next === null
  return isText(last) || isText(first)
}

function preserves(text: string): boolean {
  return BEGINS_BLANK.test(text) || OUTSIDE_ASCII.test(text)
}

function isBlank(node: XmlTreeNode): boolean {
  return node instanceof XmlText && !(node instanceof XmlCData) && BLANK.test(node.content)
}

function isText(node: XmlTreeNode): boolean {
  return node instanceof XmlText || node instanceof XmlCData
}
