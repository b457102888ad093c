import { attributeOf, type MarkupElement } from '../markup/markup-node.js'
import { hasInk } from './python-text.js'

/** What of a text a release translates, and how it cuts it: odoo/tools/translate.py. */
export interface TermRules {
  /** Whether an element is translated together with the text around it. */
  isInline(element: MarkupElement): boolean
  isTranslated(element: MarkupElement, attribute: string): boolean
  /** Whether `<attribute name="…">` of an inheriting view is translated. */
  isTranslatedName(name: string): boolean
  /** Whether there is something to translate in a text. */
  hasText(text: string): boolean
  /** A translation that would not be one term any more is refused. */
  readonly checksResult: boolean
}

const INLINE =
  'abbr b bdi bdo br cite code data del dfn em font i ins kbd keygen mark math meter output progress q ' +
  'ruby s samp small span strong sub sup time u var wbr text'
const ATTRIBUTES =
  'string help sum avg confirm placeholder alt title aria-label aria-keyshortcuts aria-placeholder ' +
  'aria-roledescription aria-valuetext value_label'
const LATER_ATTRIBUTES = 'add-label data-tooltip label'
const CONDITIONAL: ReadonlySet<string> = new Set(['value', 'text'])

/** The rules of a release, by its major version. */
export function termRules(major: number): TermRules {
  const inline = new Set(`${INLINE}${major >= 15 ? ' select option' : ''}`.split(' '))
  const plain = new Set(ATTRIBUTES.split(' '))
  if (major >= 15) for (const name of LATER_ATTRIBUTES.split(' ')) plain.add(name)
  if (major >= 15 && major <= 17) plain.add('data-editor-message')
  for (const name of [...plain]) plain.add(`t-attf-${name}`)
  return {
    isInline: (element) =>
      !element.isForeign &&
      (inline.has(element.name) || (major >= 18 && isMarkedInline(element))) &&
      !element.attributes.some(({ name }) => name.startsWith('t-')),
    isTranslated: (element, name) =>
      plain.has(name) || (major >= 15 && CONDITIONAL.has(name) && isConditional(element, name)),
    isTranslatedName: (name) => plain.has(name) || (major >= 15 && CONDITIONAL.has(name)),
    hasText: major >= 17 ? (text) => hasInk(text.replaceAll('\uFEFF', '')) : hasTextBy(major),
    checksResult: major >= 16,
  }
}

/** 14 takes a single letter or digit for no text. */
function hasTextBy(major: number): (text: string) => boolean {
  return major >= 15 ? hasInk : (text) => text.replace(/[^\p{L}\p{N}_]/gu, '').length > 1
}

function isMarkedInline(element: MarkupElement): boolean {
  return (attributeOf(element, 'class') ?? '').split(/\s+/).includes('o_translate_inline')
}

function isConditional(element: MarkupElement, attribute: string): boolean {
  if (element.isForeign) return false
  const { name } = element
  if (attribute === 'text') return name === 'field' && attributeOf(element, 'widget') === 'url'
  if (name !== 'input') return false
  const classes = (attributeOf(element, 'class') ?? '').split(' ')
  const type = attributeOf(element, 'type')
  return (
    ((type ?? 'text') === 'text' && !classes.includes('datetimepicker-input')) ||
    (type === 'hidden' && classes.includes('o_translatable_input_hidden'))
  )
}
