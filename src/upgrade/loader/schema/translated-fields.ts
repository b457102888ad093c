import { type Session, sql } from '../../../db/index.js'

/** `model.field` of all fields that the database says are translated, in the order of names. */
export async function readTranslatedFields(session: Session): Promise<readonly string[]> {
  const { rows } = await session.query<{ name: string }>(sql`
    SELECT concat(model, '.', name) AS name FROM ir_model_fields
     WHERE translate::text NOT IN ('false', '') AND translate IS NOT NULL
     ORDER BY concat(model, '.', name) COLLATE "C"`)
  return rows.map(({ name }) => name)
}
