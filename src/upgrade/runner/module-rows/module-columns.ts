import { type Session, sql } from '../../../db/index.js'

/** Column types of `ir_module_module`: the releases differ, and so does a database under upgrade. */
export type ModuleColumns = ReadonlyMap<string, string>

/** The columns that the table has now, with their types. */
export async function readModuleColumns(session: Session): Promise<ModuleColumns> {
  const { rows } = await session.query<{ name: string; type: string }>(sql`
    SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_catalog.pg_attribute
     WHERE attrelid = 'ir_module_module'::regclass AND attnum > 0 AND NOT attisdropped`)
  return new Map(rows.map(({ name, type }) => [name, type]))
}
