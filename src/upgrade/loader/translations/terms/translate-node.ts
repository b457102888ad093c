import { MarkupError } from '../markup/markup-error.js'
import {
  attributeOf,
  type MarkupElement,
  type MarkupKind,
  type MarkupNode,
} from '../markup/markup-node.js'
import { parseHtmlMarkup } from '../markup/parse-html-markup.js'
import { writeContent } from '../markup/write-markup.js'
import { strip } from './python-text.js'
import type { TermRules } from './term-rules.js'

/** What a term becomes; nothing where it stays as it is. */
export type TermCallback = (term: string) => string | undefined

const SKIPPED: ReadonlySet<string> = new Set(['script', 'style', 'title'])

interface Translating {
  readonly rules: TermRules
  readonly kind: MarkupKind
  readonly callback: TermCallback
}

/** A tree with its terms replaced. Terms come in the order in which Odoo meets them. */
export function translateRoot(
  root: MarkupElement,
  kind: MarkupKind,
  rules: TermRules,
  callback: TermCallback,
): MarkupElement {
  if (/^\s*<!DOCTYPE/i.test(root.text)) return root
  return translateElement(root, { rules, kind, callback })
}

function translateElement(element: MarkupElement, given: Translating): MarkupElement {
  const { rules } = given
  if (isSkipped(element, rules)) return element
  const children: MarkupNode[] = []
  let text = element.text
  const old = element.children
  let position = 0
  for (;;) {
    if (hasText(element, position, rules)) {
      const group: MarkupNode[] = []
      const first = position
      while (position < old.length && isInline(old[position], rules)) {
        group.push(...old.slice(position, position + 1))
        position += 1
      }
      const term = translateTerm(textAt(element, first), group, given)
      const last = children.pop()
      if (last === undefined) text = term.text
      else children.push({ ...last, tail: term.text })
      children.push(...term.children)
    }
    const child = old[position]
    if (child === undefined) break
    children.push(child.kind === 'element' ? translateElement(child, given) : child)
    position += 1
  }
  return { ...element, text, children, attributes: translateAttributes(element, given) }
}

function isSkipped(element: MarkupElement, rules: TermRules): boolean {
  if (!element.isForeign && SKIPPED.has(element.name)) return true
  if (strip(attributeOf(element, 't-translation') ?? '') === 'off') return true
  return (
    !element.isForeign &&
    element.name === 'attribute' &&
    !rules.isTranslatedName(attributeOf(element, 'name') ?? '')
  )
}

/** A text with inline elements, translated as a whole. */
function translateTerm(
  text: string,
  children: readonly MarkupNode[],
  { rules, kind, callback }: Translating,
): Pick<MarkupElement, 'text' | 'children'> {
  const content = writeContent(wrapped(text, children), kind)
  const original = strip(content)
  const translated = callback(original)
  if (!translated) return { text, children }
  const result = readTerm(content.split(original).join(translated))
  if (result === undefined) return { text, children }
  const stays =
    !rules.checksResult ||
    (result.children.every((child) => isInline(child, rules)) && hasText(result, 0, rules))
  return stays ? result : { text, children }
}

function readTerm(text: string): MarkupElement | undefined {
  try {
    return parseHtmlMarkup(text)
  } catch (error) {
    if (error instanceof MarkupError) return undefined
    throw error
  }
}

function wrapped(text: string, children: readonly MarkupNode[]): MarkupElement {
  return {
    ...({ kind: 'element', name: 'div', isForeign: false, attributes: [], tail: '' } as const),
    text,
    children,
  }
}

function translateAttributes(
  element: MarkupElement,
  { rules, callback }: Translating,
): MarkupElement['attributes'] {
  return element.attributes.map((attribute) => {
    const { name, value = '' } = attribute
    if (!rules.hasText(value) || !rules.isTranslated(element, name)) return attribute
    const translated = callback(strip(value))
    return translated ? { name, value: translated } : attribute
  })
}

function textAt(element: MarkupElement, position: number): string {
  return position === 0 ? element.text : (element.children[position - 1]?.tail ?? '')
}

function isInline(node: MarkupNode | undefined, rules: TermRules): boolean {
  return (
    node?.kind === 'element' &&
    rules.isInline(node) &&
    node.children.every((child) => isInline(child, rules))
  )
}

function hasText(element: MarkupElement, from: number, rules: TermRules): boolean {
  for (let position = from; ; position += 1) {
    if (rules.hasText(textAt(element, position))) return true
    const child = element.children[position]
    if (child?.kind !== 'element' || !isInline(child, rules)) return false
    if (hasTranslatedAttribute(child, rules) || hasText(child, 0, rules)) return true
  }
}

function hasTranslatedAttribute(element: MarkupElement, rules: TermRules): boolean {
  return element.attributes.some(
    ({ name, value = '' }) => value !== '' && rules.isTranslated(element, name),
  )
}
