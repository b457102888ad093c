import type { Release } from '../../../odoo/release/index.js'

interface Exception {
  readonly table: string
  readonly from?: number
  readonly until?: number
}

/** Models whose table is not their name with underscores (spec of the helper library, `get_model2table`). */
const EXCEPTIONS: ReadonlyMap<string, Exception> = new Map<string, Exception>([
  ['ir.actions.actions', { table: 'ir_actions' }],
  ['ir.actions.act_window_close', { table: 'ir_actions' }],
  ['ir.actions.act_window', { table: 'ir_act_window' }],
  ['ir.actions.act_window.view', { table: 'ir_act_window_view' }],
  ['ir.actions.act_url', { table: 'ir_act_url' }],
  ['ir.actions.server', { table: 'ir_act_server' }],
  ['ir.actions.client', { table: 'ir_act_client' }],
  ['ir.actions.report', { table: 'ir_act_report_xml' }],
  ['mail.notification', { table: 'mail_message_res_partner_needaction_rel', until: 14 }],
  ['mailing.contact.subscription', { table: 'mailing_contact_list_rel', until: 16 }],
  ['project.task.stage.personal', { table: 'project_task_user_rel', from: 15 }],
])

/**
 * The tables that a model may have by its name, the release's own first; the first one that exists is it:
 * in the middle of an upgrade that may be the other release's.
 */
export function tableCandidates(model: string, release: Release): readonly string[] {
  const usual = model.replaceAll('.', '_')
  const exception = EXCEPTIONS.get(model)
  if (exception === undefined) return [usual]
  const { from = 0, until = Number.POSITIVE_INFINITY, table } = exception
  const applies = release.major >= from && release.major <= until
  return applies ? [table, usual] : [usual, table]
}
