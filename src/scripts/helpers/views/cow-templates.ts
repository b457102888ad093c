import { id, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { legacyName } from '../schema/legacy-name.js'

/**
 * Marks the websites' copies of templates that equal the template they were copied from, in a column of
 * `ir_ui_view`, before the module's data changes the templates.
 */
export async function markUnchangedCopies(context: HelperContext, mark?: string): Promise<void> {
  const column = id(mark ?? markName(context))
  await context.session.query(
    sql`ALTER TABLE ir_ui_view ADD COLUMN IF NOT EXISTS ${column} boolean`,
  )
  context.schemaChanged?.()
  await runLogged(
    context,
    sql`
    WITH generic AS (
      SELECT DISTINCT ON (key) key, arch_db FROM ir_ui_view
       WHERE type = 'qweb' AND key IS NOT NULL AND website_id IS NULL
       ORDER BY key, id DESC)
    UPDATE ir_ui_view v SET ${column} = true
      FROM generic
     WHERE v.type = 'qweb' AND v.website_id IS NOT NULL AND v.key = generic.key
       AND v.arch_db IS NOT DISTINCT FROM generic.arch_db`,
  )
}

/** Gives the marked copies the template as it is now. */
export async function updateUnchangedCopies(context: HelperContext, mark?: string): Promise<void> {
  await runLogged(
    context,
    sql`
    UPDATE ir_ui_view v SET arch_db = generic.arch_db
      FROM ir_ui_view generic
     WHERE v.${id(mark ?? markName(context))} IS NOT NULL AND v.website_id IS NOT NULL AND v.type = 'qweb'
       AND generic.website_id IS NULL AND generic.key = v.key AND generic.type = 'qweb'`,
  )
}

function markName(context: HelperContext): string {
  return legacyName(context.release, 'cow_equal_to_upstream')
}
