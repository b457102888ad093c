import { sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'

/** An external id to be made. */
export interface NewXmlId {
  readonly module: string
  readonly name: string
  readonly model: string
  readonly recordId: number
  readonly noupdate?: boolean
}

/**
 * Gives a record an external id.
 *
 * @returns false when a record of that model has it already
 * @throws DatabaseError when a record of another model has it
 */
export async function addXmlId(context: HelperContext, given: NewXmlId): Promise<boolean> {
  const { module, name, model, recordId, noupdate = false } = given
  const { count } = await context.session.query(sql`
    INSERT INTO ir_model_data
           (create_uid, create_date, write_uid, write_date, noupdate, name, module, model, res_id)
    SELECT 1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC',
           ${noupdate}::bool, ${name}::text, ${module}::text, ${model}::text, ${recordId}::int
     WHERE NOT EXISTS (SELECT FROM ir_model_data
                        WHERE module = ${module} AND name = ${name} AND model = ${model})`)
  return count === 1
}
