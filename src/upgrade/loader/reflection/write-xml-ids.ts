import { raw, type Session, sql } from '../../../db/index.js'
import type { XmlIdRow } from '../../../odoo/registry/index.js'
import type { Release } from '../../../odoo/release/index.js'

/**
 * Writes the external identifiers of reflected rows, in one statement. What is there gets the row it stands for
 * and a new date; from 17 on only what differs does (`_update_xmlids`).
 */
export async function writeReflectedXmlIds(
  session: Session,
  ids: readonly XmlIdRow[],
  { major }: Release,
): Promise<void> {
  if (ids.length === 0) return
  // Of two values of a selection that give the same name the last one wins.
  const unique = new Map(ids.map((id) => [`${id.module}.${id.name}`, id]))
  const given = JSON.stringify(
    [...unique.values()].map(({ module, name, model: kind, key }, n) => {
      const [owner, member = '', value = ''] = key
      return { n, module, name, kind, owner, member, value }
    }),
  )
  const inherit =
    major >= 17
      ? sql`
      UNION ALL
      SELECT w.n, w.module, w.name, 'ir.model.inherit', i.id FROM wanted w
        JOIN ir_model m ON m.model = w.owner JOIN ir_model p ON p.model = w.member
        JOIN ir_model_inherit i ON i.model_id = m.id AND i.parent_id = p.id
       WHERE w.kind = 'ir.model.inherit'`
      : raw('')
  const unequal =
    major >= 17
      ? raw('WHERE (d.model, d.res_id) IS DISTINCT FROM (EXCLUDED.model, EXCLUDED.res_id)')
      : raw('')
  await session.query(sql`
    WITH wanted AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${given}::jsonb)
        AS w(n integer, module text, name text, kind text, owner text, member text, value text)),
    found AS (
      SELECT w.n, w.module, w.name, 'ir.model' AS model, m.id FROM wanted w
        JOIN ir_model m ON m.model = w.owner WHERE w.kind = 'ir.model'
      UNION ALL
      SELECT w.n, w.module, w.name, 'ir.model.fields', f.id FROM wanted w
        JOIN ir_model_fields f ON f.model = w.owner AND f.name = w.member WHERE w.kind = 'ir.model.fields'
      UNION ALL
      SELECT w.n, w.module, w.name, 'ir.model.fields.selection', s.id FROM wanted w
        JOIN ir_model_fields f ON f.model = w.owner AND f.name = w.member
        JOIN ir_model_fields_selection s ON s.field_id = f.id AND s.value = w.value
       WHERE w.kind = 'ir.model.fields.selection'
      UNION ALL
      SELECT w.n, w.module, w.name, 'ir.model.constraint', k.id FROM wanted w
        JOIN ir_module_module o ON o.name = w.module
        JOIN ir_model_constraint k ON k.name = w.owner AND k.module = o.id
       WHERE w.kind = 'ir.model.constraint'${inherit})
    INSERT INTO ir_model_data AS d (module, name, model, res_id, noupdate)
    SELECT module, name, model, id, false FROM found ORDER BY n
    ON CONFLICT (module, name) DO UPDATE
       SET (model, res_id, write_date) = (EXCLUDED.model, EXCLUDED.res_id, now() AT TIME ZONE 'UTC')
    ${unequal}`)
}
