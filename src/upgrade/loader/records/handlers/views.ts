import { randomBytes } from 'node:crypto'
import { join, type Sql, sql } from '../../../../db/index.js'
import type { PendingRecord } from '../pending-record.js'
import { rootOf, rootTag } from '../values/markup.js'
import type { ModelHandler } from './model-handler.js'
import { created, realIds } from './record-ids.js'

const FIRST_TRANSLATED = 16

/** Views: architecture and what follows from it (odoo/addons/base/models/ir_ui_view.py). */
export const viewHandler: ModelHandler = {
  models: 'ir.ui.view',
  defaults: ['key'],
  prepare(record, turn) {
    const { hop } = turn
    const { values, isNew } = record
    const raw = values.get('arch') ?? values.get('arch_base')
    values.delete('arch')
    values.delete('arch_base')
    if (typeof raw === 'string') {
      values.set('arch_db', hop.source.release.major >= FIRST_TRANSLATED ? rootOf(raw) : raw)
      values.set('arch_fs', record.source)
      values.set('arch_updated', false)
      if (isNew) values.set('arch_prev', raw)
      else turn.rawArchs.set(record.id, raw)
    }
    const inherits = values.get('inherit_id')
    if (isNew) newView(record, typeof raw === 'string' ? raw : '')
    if (inherits === undefined || values.has('mode')) return
    if (typeof inherits !== 'number') values.set('mode', 'primary')
    else if (isNew) values.set('mode', 'extension')
  },
  async beforeUpdate(records, turn) {
    if (records.length === 0) return
    const field = records[0]?.model.fields.get('arch_db')
    const arch = field?.column?.type === 'jsonb' ? sql`v.arch_db ->> 'en_US'` : sql`v.arch_db`
    const given = records.map(({ id, values }) => {
      const parent = values.get('inherit_id')
      const file = turn.rawArchs.get(id)
      return {
        id: turn.ids.real(id),
        changed: values.has('arch_db'),
        parent: typeof parent === 'number' && !values.has('mode') ? turn.ids.real(parent) : null,
        arch: file === undefined ? null : turn.ids.realText(file),
      }
    })
    turn.rawArchs.clear()
    // What users made of the views goes; a view that becomes an extension says so.
    const { rows } = await turn.scope.session.query<{ id: number }>(sql`
      WITH w AS MATERIALIZED (
        SELECT g.id, g.parent, s.same, g.changed AND NOT s.same AS changed
          FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
               AS g(id integer, changed boolean, parent integer, arch text)
          JOIN ir_ui_view v ON v.id = g.id,
       LATERAL (SELECT coalesce(rtrim(${arch}, E' \\n\\r\\t') = rtrim(g.arch, E' \\n\\r\\t'), false) AS same) s),
      gone AS (DELETE FROM ir_ui_view_custom c USING w WHERE c.ref_id = w.id),
      marked AS (
        UPDATE ir_ui_view v
           SET arch_prev = CASE WHEN w.changed THEN ${arch} ELSE v.arch_prev END,
               inherit_id = coalesce(v.inherit_id, w.parent),
               mode = CASE WHEN v.inherit_id IS NULL AND w.parent IS NOT NULL THEN 'extension' ELSE v.mode END
          FROM w
         WHERE v.id = w.id AND (w.changed OR (v.inherit_id IS NULL AND w.parent IS NOT NULL)))
      SELECT id FROM w WHERE same`)
    // An architecture that is stored as the file has it is not written, and keeps its declaration.
    const same = new Set(rows.map(({ id }) => id))
    for (const { id, values } of records) if (same.has(turn.ids.real(id))) values.delete('arch_db')
  },
  async after(records, turn) {
    const open = created(records).filter(({ values }) => !values.has('type'))
    if (open.length === 0) return
    await turn.scope.session.query(sql`
      WITH RECURSIVE up AS (
        SELECT id, inherit_id AS parent FROM ir_ui_view WHERE id = ANY(${realIds(open, turn)}::int[])
        UNION ALL
        SELECT up.id, p.inherit_id FROM up JOIN ir_ui_view p ON p.id = up.parent WHERE p.type IS NULL)
      UPDATE ir_ui_view v
         SET type = p.type,
             key = CASE WHEN p.type = 'qweb' THEN
                     coalesce(v.key, 'gen_key.' || substr(md5(random()::text), 1, 6)) ELSE v.key END,
             name = coalesce(nullif(v.name, ''), concat(coalesce(v.model, 'None'), ' ', p.type))
        FROM up JOIN ir_ui_view p ON p.id = up.parent
       WHERE v.id = up.id AND p.type IS NOT NULL`)
  },
}

/** What a new view gets that the file does not give. */
function newView({ values }: PendingRecord, arch: string): void {
  if (!values.get('type') && typeof values.get('inherit_id') !== 'number') {
    const tag = rootTag(arch)
    if (tag !== undefined) values.set('type', tag)
  }
  if (!values.get('key') && values.get('type') === 'qweb') {
    values.set('key', `gen_key.${randomBytes(3).toString('hex')}`)
  }
  if (values.get('name')) return
  // The column must not be empty until the type is known, which is that of the parent.
  const name = `${String(values.get('model') ?? 'None')} ${String(values.get('type'))}`
  values.set('name', values.has('type') ? name : '')
}

/** Several statements in one round trip. */
export function together(statements: readonly Sql[]): Sql {
  return join(statements, ';\n')
}
