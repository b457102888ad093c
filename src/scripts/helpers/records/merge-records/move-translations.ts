import { sql } from '../../../../db/index.js'
import type { HelperContext } from '../../helper-context.js'
import { runLogged } from '../../run-logged.js'
import { readColumns } from '../../schema/column-exists.js'
import { isExcluded, type Merge } from './merge.js'

/** Moves translations that the target lacks and deletes the others; from Odoo 16 on they lie in the records. */
export async function moveTranslations(context: HelperContext, merge: Merge): Promise<void> {
  if (context.release.major >= 16 || isExcluded(merge, 'ir_translation', 'res_id')) return
  const known = await readColumns(context.session, ['ir_translation'])
  if (!known.has('ir_translation', 'res_id')) return
  const { model, sources, target } = merge
  await runLogged(
    context,
    sql`
    WITH missing AS (
      SELECT min(s.id) AS id FROM ir_translation s
       WHERE s.type = 'model' AND s.res_id = ANY(${sources}::int[]) AND starts_with(s.name, ${`${model},`})
         AND NOT EXISTS (SELECT FROM ir_translation o
                          WHERE o.type = s.type AND o.name = s.name AND o.lang = s.lang AND o.res_id = ${target})
       GROUP BY s.name, s.lang)
    UPDATE ir_translation t SET res_id = ${target} FROM missing WHERE t.id = missing.id`,
  )
  await runLogged(
    context,
    sql`DELETE FROM ir_translation
         WHERE type = 'model' AND res_id = ANY(${sources}::int[]) AND starts_with(name, ${`${model},`})`,
  )
}
