import { sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { modelTable } from '../schema/model-table.js'

/** Models whose tables upgrade-util names on every release, beside those of openupgradelib. */
const TABLES: ReadonlyMap<string, string> = new Map([
  ['mailing.contact.subscription', 'mailing_contact_list_rel'],
  ['project.task.stage.personal', 'project_task_user_rel'],
  ['product.stock.notification', 'product_stock_notification_rel'],
  ['stock.picking.in', 'stock_picking'],
  ['stock.picking.out', 'stock_picking'],
])

/** Whether a table of that name exists; views, indexes and sequences are none. */
export async function baseTableExists(context: HelperContext, table: string): Promise<boolean> {
  return await relationExists(context, table, ['r', 'p'])
}

export async function viewExists(context: HelperContext, view: string): Promise<boolean> {
  return await relationExists(context, view, ['v'])
}

async function relationExists(
  context: HelperContext,
  name: string,
  kinds: readonly string[],
): Promise<boolean> {
  if (name.includes('.')) {
    throw new GuestError('value', `\`${name}\` seems to be a model name instead of table name`)
  }
  const { rows } = await context.session.query(sql`
    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname <> 'moult'
     WHERE c.relname = ${name} AND c.relkind::text = ANY(${kinds}::text[])`)
  return rows.length > 0
}

/** @throws GuestError `value` for the name of a table */
export function utilTableOf(context: HelperContext, model: string): string {
  if (model.includes('_') && !model.includes('.') && !model.startsWith('x_')) {
    throw new GuestError('value', `\`${model}\` seems to be a table name instead of model name`)
  }
  return TABLES.get(model) ?? modelTable(context.release, model)
}

const MODELS: ReadonlyMap<string, string> = new Map([
  ['ir_actions', 'ir.actions.actions'],
  ['ir_act_url', 'ir.actions.act_url'],
  ['ir_act_window', 'ir.actions.act_window'],
  ['ir_act_window_view', 'ir.actions.act_window.view'],
  ['ir_act_client', 'ir.actions.client'],
  ['ir_act_report_xml', 'ir.actions.report'],
  ['ir_act_server', 'ir.actions.server'],
  ['mailing_contact_list_rel', 'mailing.contact.subscription'],
  ['project_task_user_rel', 'project.task.stage.personal'],
  ['product_stock_notification_rel', 'product.stock.notification'],
])

/** The model of a table, as `ir_model` has it; a guess, with an error in the log, when it has none. */
export async function modelOfTable(context: HelperContext, table: string): Promise<string> {
  const fixed = MODELS.get(table)
  if (fixed !== undefined) return fixed
  const { rows } = await context.session.query<{ model: string }>(
    sql`SELECT model FROM ir_model WHERE replace(model, '.', '_') = ${table} ORDER BY id`,
  )
  const [first, second] = rows
  const guess = table.replaceAll('_', '.')
  if (first === undefined) {
    context.log('error', `cannot determine model of table '${table}'. Fallback to '${guess}'`)
    return guess
  }
  if (second !== undefined) {
    context.log('error', `cannot determine model of table '${table}'. Multiple candidates`)
  }
  return first.model
}
