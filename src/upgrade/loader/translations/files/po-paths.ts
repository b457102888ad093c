import type { ReleaseRules } from '../../../../odoo/release/index.js'

type Naming = Pick<ReleaseRules, 'major' | 'latinAmericanSpanish'>

/**
 * Where a module may have translations into a language, relative to it; a later file wins over an earlier one.
 * Up to 16 files are named by the ISO code: `fr` for `fr_FR` (odoo/tools/misc.py: get_iso_codes).
 */
export function poPaths(
  language: string,
  { major, latinAmericanSpanish }: Naming,
): readonly string[] {
  const [base = '', country] = language.split('_')
  const isOwn = major <= 16 && base === country?.toLowerCase()
  const names = isOwn || base === language ? [] : [base]
  const isSpanish = base === 'es' && language !== 'es_ES' && language !== 'es_419'
  if (latinAmericanSpanish && isSpanish) names.push('es_419')
  names.push(isOwn ? base : language)
  return [...new Set(names)].flatMap((name) => [`i18n/${name}.po`, `i18n_extra/${name}.po`])
}
