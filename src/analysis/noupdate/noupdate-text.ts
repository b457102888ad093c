import { formatXml } from '../../odoo/data/index.js'
import { escapeAttribute, type NoupdateChange } from './noupdate-changes.js'

const DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"

/** The text of `noupdate_changes.xml`; undefined where nothing changed. */
export function noupdateText(changes: readonly NoupdateChange[]): string | undefined {
  if (changes.length === 0) return undefined
  const body = changes.map((change) => (change.tag === 'template' ? change.xml : recordXml(change)))
  return DECLARATION + formatXml(`<odoo>${body.join('')}</odoo>`)
}

function recordXml({ id, model, forcecreate, fields }: NoupdateChange): string {
  const force = forcecreate === undefined ? '' : ` forcecreate="${escapeAttribute(forcecreate)}"`
  const attributes = `id="${escapeAttribute(id)}" model="${escapeAttribute(model)}"${force}`
  return `<record ${attributes}>${fields.map(({ xml }) => xml).join('')}</record>`
}
