import { sql } from '../../../db/index.js'
import { definersOf } from '../../../odoo/registry/index.js'
import type { EffectsScope } from './effects-scope.js'

const RELEASES = { first: 14, last: 18 } as const

/**
 * What modules say they bring: their views, reports and menus, as texts. Odoo works it out whenever the state of a
 * module is written (ir_module.py `_get_views`). One statement.
 */
export async function describeModules(
  modules: readonly string[],
  { models, release, session }: EffectsScope,
): Promise<void> {
  const model = models.get('ir.module.module')
  const isKnown =
    RELEASES.first <= release.major &&
    release.major <= RELEASES.last &&
    model?.fields.get('views_by_module')?.column !== undefined &&
    definersOf(model, '_get_views').every(({ module }) => module === 'base')
  if (!isKnown || modules.length === 0) return
  await session.query(sql`
    WITH RECURSIVE named AS (
      SELECT module, model, res_id FROM ir_model_data
       WHERE module = ANY(${modules}::text[]) AND model IN ('ir.ui.view', 'ir.actions.report', 'ir.ui.menu')),
    plain AS (
      SELECT id, parent_id, coalesce(to_jsonb(m) #>> '{name,en_US}', to_jsonb(m) ->> 'name') AS name FROM ir_ui_menu m),
    path(id, up, depth, name) AS (
      SELECT p.id, p.parent_id, 1, p.name FROM plain p
       WHERE p.id IN (SELECT res_id FROM named WHERE model = 'ir.ui.menu')
       UNION ALL
      SELECT c.id, CASE WHEN c.depth < 6 THEN p.parent_id END, c.depth + 1,
             CASE WHEN c.depth < 6 THEN p.name ELSE '...' END || '/' || c.name
        FROM path c JOIN plain p ON p.id = c.up),
    content AS (
      SELECT n.module, n.model,
             CASE WHEN v.inherit_id IS NULL THEN '' ELSE '* INHERIT ' END || v.name || ' (' || v.type || ')' AS line
        FROM named n JOIN ir_ui_view v ON v.id = n.res_id WHERE n.model = 'ir.ui.view'
       UNION ALL
      SELECT n.module, n.model, coalesce(to_jsonb(r) #>> '{name,en_US}', to_jsonb(r) ->> 'name')
        FROM named n JOIN ir_act_report_xml r ON r.id = n.res_id WHERE n.model = 'ir.actions.report'
       UNION ALL
      SELECT n.module, n.model, p.name
        FROM named n JOIN path p ON p.id = n.res_id AND p.up IS NULL WHERE n.model = 'ir.ui.menu'),
    told AS (
      SELECT m.id,
             coalesce(string_agg(c.line, E'\n' ORDER BY c.line COLLATE "C") FILTER (WHERE c.model = 'ir.ui.view'), '') AS views,
             coalesce(string_agg(c.line, E'\n' ORDER BY c.line COLLATE "C") FILTER (WHERE c.model = 'ir.actions.report'), '') AS reports,
             coalesce(string_agg(c.line, E'\n' ORDER BY c.line COLLATE "C") FILTER (WHERE c.model = 'ir.ui.menu'), '') AS menus
        FROM ir_module_module m LEFT JOIN content c ON c.module = m.name
       WHERE m.name = ANY(${modules}::text[]) GROUP BY m.id)
    UPDATE ir_module_module m
       SET views_by_module = t.views, reports_by_module = t.reports, menus_by_module = t.menus
      FROM told t WHERE t.id = m.id`)
}
