import { id, sql } from '../../../db/index.js'
import { GuestError, type GuestValue } from '../../values/index.js'
import { sqlLiteral } from '../calling/sql-literal.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { tableOf } from '../schema/model-table.js'
import { unquotedName } from '../schema/sql-names.js'

export interface DefaultValue {
  readonly model: string
  readonly field: string
  /** Null is the default of the model's class, which only Odoo knows. */
  readonly value: GuestValue
}

/**
 * Sets a column where the field is empty, or everywhere with `force`, in the records that a search finds.
 *
 * @throws GuestError `needs-odoo` for a default of the model's class
 */
export async function setDefaults(
  context: HelperContext,
  defaults: readonly DefaultValue[],
  force = false,
): Promise<void> {
  for (const { model, field, value } of defaults) {
    const domain = force ? [] : [[field, '=', false]]
    const ids = await context.orm.search(model, domain, {})
    if (ids.length === 0) continue
    if (value === null) throw new GuestError('needs-odoo', 'default_get', model)
    await runLogged(
      context,
      sql`UPDATE ${id(await tableOf(context, model))} SET ${id(unquotedName(field))} = ${sqlLiteral(value)}
           WHERE id = ANY(${ids}::int[])`,
    )
  }
}
