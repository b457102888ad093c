import { raw, type Session, sql } from '../../../../db/index.js'
import type { Release } from '../../../../odoo/release/index.js'
import type { NewIds } from '../new-ids.js'
import type { PendingXmlId } from '../pending-record.js'

/** Its records guard themselves when they are made (odoo/addons/base/models/ir_module.py). */
const GUARDED_MODEL = 'ir.module.module'

/**
 * Writes external identifiers, in one statement. The flag of one that is there, or is
 * written several times, stays as it was first; while a module is
 * updated, nothing of a guarded one changes; from 17 on only what differs is written (`_update_xmlids`).
 */
export async function writeXmlIds(
  session: Session,
  xmlIds: readonly PendingXmlId[],
  ids: NewIds,
  { release, isUpdate }: { readonly release: Release; readonly isUpdate: boolean },
): Promise<void> {
  if (xmlIds.length === 0) return
  const unique = new Map<string, PendingXmlId>()
  for (const one of xmlIds) {
    const { noupdate } = unique.get(one.xmlId) ?? one
    unique.set(one.xmlId, { ...one, noupdate: noupdate || one.model === GUARDED_MODEL })
  }
  const given = JSON.stringify(
    [...unique.values()].map(({ xmlId, model, id, noupdate }) => {
      const dot = xmlId.indexOf('.')
      return { m: xmlId.slice(0, dot), n: xmlId.slice(dot + 1), model, id: ids.real(id), noupdate }
    }),
  )
  const conditions = [
    ...(isUpdate ? ['NOT coalesce(d.noupdate, false)'] : []),
    ...(release.major >= 17
      ? ['(d.model, d.res_id) IS DISTINCT FROM (EXCLUDED.model, EXCLUDED.res_id)']
      : []),
  ]
  const where = conditions.length === 0 ? raw('') : raw(`WHERE ${conditions.join(' AND ')}`)
  await session.query(sql`
    INSERT INTO ir_model_data AS d (module, name, model, res_id, noupdate)
    SELECT m, n, model, id, noupdate
      FROM ROWS FROM (jsonb_to_recordset(${given}::jsonb)
           AS (m text, n text, model text, id integer, noupdate boolean)) WITH ORDINALITY AS w(m, n, model, id, noupdate, o)
     ORDER BY o
    ON CONFLICT (module, name) DO UPDATE
       SET (model, res_id, write_date) = (EXCLUDED.model, EXCLUDED.res_id, now() AT TIME ZONE 'UTC')
    ${where}`)
}
