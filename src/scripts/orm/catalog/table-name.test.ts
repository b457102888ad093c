import { expect, test } from 'vitest'
import { tableCandidates } from './table-name.js'

test.each([
  ['sale.order', 16, ['sale_order']],
  ['ir.actions.server', 16, ['ir_act_server', 'ir_actions_server']],
  ['mail.notification', 14, ['mail_message_res_partner_needaction_rel', 'mail_notification']],
  ['mail.notification', 16, ['mail_notification', 'mail_message_res_partner_needaction_rel']],
  ['project.task.stage.personal', 15, ['project_task_user_rel', 'project_task_stage_personal']],
])('%s in %i has one of the tables %j', (model, major, tables) => {
  expect(tableCandidates(model, { series: `${major}.0`, major, minor: 0 })).toEqual(tables)
})
