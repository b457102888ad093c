import { GuestError, RecordRef } from '../../values/index.js'
import type { BoundArguments } from '../calling/bound-arguments.js'
import type { HelperContext } from '../helper-context.js'
import { tableOf } from '../schema/model-table.js'

/** A model that the script gave as a recordset (`env['res.partner']`) or by its name, with its table. */
export async function modelArgument(
  context: HelperContext,
  given: BoundArguments,
  name: string,
): Promise<{ readonly model: string; readonly table: string }> {
  const value = given.value(name)
  const model = value instanceof RecordRef ? value.model : value
  if (typeof model !== 'string') {
    throw new GuestError('attribute', "'NoneType' object has no attribute '_table'")
  }
  return { model, table: await tableOf(context, model) }
}
