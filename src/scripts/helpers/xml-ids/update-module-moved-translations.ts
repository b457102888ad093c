import { sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { readColumns } from '../schema/column-exists.js'
import { findXmlId, type XmlId } from './xml-id.js'

/** Gives the translations of a record to another module; from Odoo 16 on they belong to none. */
export async function updateModuleMovedTranslations(
  context: HelperContext,
  xmlId: XmlId,
  to: string,
): Promise<void> {
  if (context.release.major >= 16) return
  const known = await readColumns(context.session, ['ir_translation'])
  const row = await findXmlId(context, xmlId)
  if (row === undefined || !known.has('ir_translation', 'module')) return
  await context.session.query(sql`
    UPDATE ir_translation SET module = ${to}
     WHERE module = ${xmlId.module} AND starts_with(name, ${`${row.model},`}) AND res_id = ${row.recordId}`)
}
