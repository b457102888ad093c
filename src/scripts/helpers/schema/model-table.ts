import type { Release } from '../../../odoo/release/index.js'
import type { HelperContext } from '../helper-context.js'

const ALWAYS: ReadonlyMap<string, string> = new Map([
  ['ir.actions.actions', 'ir_actions'],
  ['ir.actions.act_window', 'ir_act_window'],
  ['ir.actions.act_window.view', 'ir_act_window_view'],
  ['ir.actions.act_window_close', 'ir_actions'],
  ['ir.actions.act_url', 'ir_act_url'],
  ['ir.actions.server', 'ir_act_server'],
  ['ir.actions.client', 'ir_act_client'],
  ['ir.actions.report', 'ir_act_report_xml'],
])

/** Models whose table has another name in some releases, both ends included. */
const SOMETIMES: readonly (readonly [string, string, from: number, to: number])[] = [
  ['mail.notification', 'mail_message_res_partner_needaction_rel', 11, 14],
  ['mailing.contact.subscription', 'mailing_contact_list_rel', 13, 16],
  ['project.task.stage.personal', 'project_task_user_rel', 15, Number.POSITIVE_INFINITY],
]

/** The table that a model of Odoo's own usually has; nothing is known of a `_table` of its class. */
export function modelTable(release: Release, model: string): string {
  const fixed = ALWAYS.get(model)
  if (fixed !== undefined) return fixed
  const { major } = release
  const moved = SOMETIMES.find(
    ([name, , from, to]) => name === model && major >= from && major <= to,
  )
  return moved?.[1] ?? model.replaceAll('.', '_')
}

/** The model's table as its source says, or as {@link modelTable} guesses it. */
export async function tableOf(context: HelperContext, model: string): Promise<string> {
  return (await context.tableOf?.(model)) ?? modelTable(context.release, model)
}
