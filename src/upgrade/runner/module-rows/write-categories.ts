import { firstRow, type Session, sql } from '../../../db/index.js'

/** The category that a manifest names, from the outermost on: `Accounting/Localizations`. */
export interface ModuleCategory {
  readonly module: string
  readonly category: string
}

interface Level {
  readonly key: string
  readonly name: string
  readonly parent: string | null
}

/**
 * Gives modules the categories of their manifests and makes those that are missing, found by their external
 * identifiers (odoo/modules/db.py `create_categories`). Two statements, and one for each level of depth; none
 * where the database has no categories.
 */
export async function writeCategories(
  session: Session,
  modules: readonly ModuleCategory[],
): Promise<void> {
  const column = await firstRow<{ type: string }>(
    session,
    sql`SELECT pg_catalog.format_type(atttypid, NULL) AS type FROM pg_catalog.pg_attribute
         WHERE attrelid = pg_catalog.to_regclass('ir_module_category') AND attname = 'name'`,
  )
  if (column === undefined) return
  const isTranslated = column.type === 'jsonb'
  for (const level of levelsOf(modules)) await makeLevel(session, [...level.values()], isTranslated)
  const label = isTranslated ? sql`c.name ->> 'en_US'` : sql`c.name`
  const given = JSON.stringify(
    modules.map(({ module, category }) => ({ module, category, key: keyOf(category.split('/')) })),
  )
  await session.query(sql`
    WITH RECURSIVE paths AS (
      SELECT c.id, (${label})::text AS path FROM ir_module_category c WHERE c.parent_id IS NULL
      UNION ALL
      SELECT c.id, concat(p.path, '/', ${label}) FROM ir_module_category c JOIN paths p ON p.id = c.parent_id)
    UPDATE ir_module_module m SET category_id = d.res_id
      FROM jsonb_to_recordset(${given}::jsonb) AS w(module text, category text, key text)
      JOIN ir_model_data d ON d.module = 'base' AND d.name = w.key AND d.model = 'ir.module.category'
     WHERE m.name = w.module AND m.category_id IS DISTINCT FROM d.res_id
       AND NOT EXISTS (SELECT FROM paths WHERE paths.id = m.category_id AND paths.path = w.category)`)
}

/** All categories by depth, outermost first. */
function levelsOf(modules: readonly ModuleCategory[]): readonly ReadonlyMap<string, Level>[] {
  const levels: Map<string, Level>[] = []
  for (const { category } of modules) {
    const names = category.split('/')
    for (const [depth, name] of names.entries()) {
      const level = levels[depth] ?? new Map<string, Level>()
      levels[depth] = level
      const key = keyOf(names.slice(0, depth + 1))
      const parent = depth === 0 ? null : keyOf(names.slice(0, depth))
      if (!level.has(key)) level.set(key, { key, name, parent })
    }
  }
  return levels
}

function keyOf(names: readonly string[]): string {
  const path = names.map((name) => name.toLowerCase()).join('_')
  return `module_category_${path.replaceAll('&', 'and').replaceAll(' ', '_')}`
}

async function makeLevel(
  session: Session,
  level: readonly Level[],
  isTranslated: boolean,
): Promise<void> {
  const name = isTranslated ? sql`jsonb_build_object('en_US', w.name)` : sql`w.name`
  await session.query(sql`
    WITH w AS (
      SELECT w.*, nextval(pg_get_serial_sequence('ir_module_category', 'id')) AS id
        FROM jsonb_to_recordset(${JSON.stringify(level)}::jsonb) AS w(key text, name text, parent text)
       WHERE NOT EXISTS (SELECT FROM ir_model_data d
              WHERE d.module = 'base' AND d.name = w.key AND d.model = 'ir.module.category')),
    made AS (
      INSERT INTO ir_module_category (id, name, parent_id)
      SELECT w.id, ${name}, p.res_id FROM w
        LEFT JOIN ir_model_data p
          ON p.module = 'base' AND p.name = w.parent AND p.model = 'ir.module.category'
       ORDER BY w.id)
    INSERT INTO ir_model_data (module, name, res_id, model, noupdate)
    SELECT 'base', w.key, w.id, 'ir.module.category', true FROM w ORDER BY w.id`)
}
