import { isUnevaluated } from '../../../odoo/models/index.js'
import type { RegistryField } from '../../../odoo/registry/index.js'
import type { MarkupKind } from './markup/markup-node.js'

/** How a field is translated: as a whole, or term by term of its markup. */
export type TranslationKind = 'whole' | MarkupKind

/** Undefined for a field that is not translated; html that is sanitised is never whole (odoo/fields.py). */
export function translationKind(field: RegistryField): TranslationKind | undefined {
  if (!field.translate) return undefined
  const { translate, sanitize } = field.args
  if (isUnevaluated(translate)) return translate.text.includes('xml_translate') ? 'xml' : 'html'
  return field.type === 'html' && sanitize !== false ? 'html' : 'whole'
}
