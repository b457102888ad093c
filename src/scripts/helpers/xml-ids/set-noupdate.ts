import { sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'

/** Sets whether updates of a module leave its records as they are. */
export async function setXmlIdsNoupdate(
  context: HelperContext,
  module: string,
  names: readonly string[],
  noupdate: boolean,
): Promise<void> {
  await runLogged(
    context,
    sql`UPDATE ir_model_data SET noupdate = ${noupdate}::bool
         WHERE module = ${module} AND name = ANY(${names}::text[])`,
  )
}
