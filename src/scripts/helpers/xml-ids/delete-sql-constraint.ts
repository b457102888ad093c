import { id, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { unquotedName } from '../schema/sql-names.js'
import { deleteRecordsByXmlId } from './delete-records.js'

/**
 * Drops a constraint that a model no longer declares, with Odoo's record of it.
 *
 * @throws DatabaseError for a table that does not exist
 */
export async function deleteSqlConstraint(
  context: HelperContext,
  module: string,
  table: string,
  name: string,
): Promise<void> {
  const constraint = `${table}_${name}`
  await context.session.query(
    sql`ALTER TABLE ${id(unquotedName(table))} DROP CONSTRAINT IF EXISTS ${id(unquotedName(constraint))}`,
  )
  await deleteRecordsByXmlId(context, [`${module}.constraint_${constraint}`])
}
