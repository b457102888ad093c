import { type Session, sql } from '../../db/index.js'
import { type Release, releaseRules } from '../../odoo/release/index.js'

/**
 * `model.field` of all fields that the database says are translated, in the order of names; none on the way to a
 * release that does not care.
 */
export async function readTranslatedFields(
  session: Session,
  release: Release,
): Promise<readonly string[]> {
  if (!releaseRules(release).mendsUntranslatedColumns) return []
  const { rows } = await session.query<{ name: string }>(sql`
    SELECT concat(model, '.', name) AS name FROM ir_model_fields
     WHERE translate::text NOT IN ('false', '') AND translate IS NOT NULL
     ORDER BY concat(model, '.', name) COLLATE "C"`)
  return rows.map(({ name }) => name)
}
