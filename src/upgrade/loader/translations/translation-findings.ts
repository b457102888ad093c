import type { Finding } from '../../../base/index.js'
import type { Release } from '../../../odoo/release/index.js'

/** Texts that keep the wording that they have, where a module's translations say something else. */
export function translationsKept(module: string, count: number): Finding {
  return {
    code: 'TRANSLATIONS_KEPT',
    severity: 'info',
    message: `${module}: ${count} translations keep their wording; the release words them differently`,
    place: { object: module },
    hint: 'To take the release\'s, update the languages in the new release with "overwrite existing terms".',
  }
}

/** Texts whose markup is not understood. */
export function translationsLeft(module: string, field: string, count: number): Finding {
  return {
    code: 'TRANSLATIONS_LEFT',
    severity: 'warning',
    message: `${module}: ${count} texts of ${field} have markup that is not understood; their translations stay`,
    place: { object: module },
    hint: 'In the new release, open and save them, then update the languages.',
  }
}

/** A release that keeps translations in `ir_translation`. */
export function translationsOfTable({ series }: Release, languages: readonly string[]): Finding {
  return {
    code: 'TRANSLATIONS_NOT_LOADED',
    severity: 'warning',
    message: `Translations of ${series} into ${languages.join(', ')} are as the scripts left them`,
    hint: 'Update the languages in that release, or use the loader odoo for it.',
  }
}
