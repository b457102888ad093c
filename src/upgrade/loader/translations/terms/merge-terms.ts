import type { ByLanguage } from '../files/module-texts.js'
import { parseValue, type TermCut } from './translate-value.js'

/** A value in all its languages, as a jsonb column has it. */
export type Languages = Readonly<Record<string, string>>

/** A value with translations put in. */
export interface MergedValue {
  readonly value: Languages
  /** Terms that keep another wording than the one that was to come in. */
  readonly kept: number
}

/**
 * Puts translations of terms into a value: an existing translation stays, terms without one take the given
 * one, and each language that is given is built anew from the source. Undefined where there is no source, or
 * one that only a browser's parser would understand (odoo/tools/translate.py: TranslationImporter.save).
 */
export function mergeTerms(
  value: Languages,
  given: ReadonlyMap<string, ByLanguage>,
  cut: TermCut,
): MergedValue | undefined {
  const english = value.en_US
  const source = english ? parseValue(english, cut) : undefined
  if (source === undefined) return undefined
  const merged: Record<string, string> = { ...value }
  let kept = 0
  for (const language of new Set([...given.values()].flatMap((texts) => Object.keys(texts)))) {
    // From 17 on a name with an underscore before it holds what the website editor delays.
    const delayed = `_${language}`
    const own = value[delayed] ?? value[language]
    const known = dictionary(parseValue(value._en_US ?? english ?? '', cut)?.terms, own, cut)
    for (const [term, texts] of given) {
      const [before, next] = [known.get(term), texts[language]]
      if (before !== undefined && before !== term) {
        if (next !== undefined && next !== before) kept += 1
      } else if (next !== undefined) known.set(term, next)
    }
    merged[language] = source.rebuild((term) => known.get(term))
    delete merged[delayed]
  }
  return { value: merged, kept }
}

/** Terms with what stands in their place; where the numbers differ every term is its own translation. */
function dictionary(
  terms: readonly string[] | undefined,
  translated: string | undefined,
  cut: TermCut,
): Map<string, string> {
  const known = new Map<string, string>()
  if (terms === undefined || translated === undefined) return known
  const others = parseValue(translated, cut)?.terms
  for (const [n, term] of terms.entries()) {
    known.set(term, (others?.length === terms.length ? others[n] : undefined) ?? term)
  }
  return known
}
