import { MarkupError } from '../markup/markup-error.js'
import type { MarkupElement, MarkupKind } from '../markup/markup-node.js'
import { parseHtmlMarkup } from '../markup/parse-html-markup.js'
import { parseXmlMarkup } from '../markup/parse-xml-markup.js'
import { writeContent, writeMarkup } from '../markup/write-markup.js'
import type { TermRules } from './term-rules.js'
import { type TermCallback, translateRoot } from './translate-node.js'

/** How the texts of a field are cut into terms. */
export interface TermCut {
  readonly kind: MarkupKind
  readonly rules: TermRules
}

/** A value that was taken apart; it can be put together with other terms any number of times. */
export interface ParsedValue {
  readonly terms: readonly string[]
  /** The value with what `callback` says for its terms; a callback without answers gives the normal form. */
  rebuild(callback: TermCallback): string
}

/**
 * Takes a value of a field that is translated term by term apart, as `xml_translate` and `html_translate` do.
 * Undefined for html that only a browser's parser would understand.
 */
export function parseValue(value: string, { kind, rules }: TermCut): ParsedValue | undefined {
  if (value === '') return { terms: [], rebuild: () => '' }
  const root = kind === 'xml' ? rootOf(value) : undefined
  const wrapped = root === undefined ? fragmentOf(value) : undefined
  const tree = root ?? wrapped
  if (tree === undefined) return undefined
  const terms: string[] = []
  translateRoot(tree, kind, rules, (term) => {
    terms.push(term)
    return undefined
  })
  return {
    terms,
    rebuild(callback) {
      const translated = translateRoot(tree, kind, rules, callback)
      return wrapped === undefined ? writeMarkup(translated, kind) : writeContent(translated, kind)
    },
  }
}

function rootOf(value: string): MarkupElement | undefined {
  return attempt(() => parseXmlMarkup(value))
}

function fragmentOf(value: string): MarkupElement | undefined {
  return attempt(() => parseHtmlMarkup(value))
}

function attempt(parse: () => MarkupElement): MarkupElement | undefined {
  try {
    return parse()
  } catch (error) {
    if (error instanceof MarkupError) return undefined
    throw error
  }
}
