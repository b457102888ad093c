import type { CheckScope } from './check-scope.js'
import { checkWindow } from './check-window.js'
import { fieldsOf } from './log-in.js'
import type { MenuAction } from './menu-list.js'
import { ServerFaultError } from './server-fault.js'

/**
 * Opens a menu: loads its action, and what a window shows. Actions that run code on the server, leave the
 * web client or start a part of it in the browser are loaded only: they may write.
 */
export async function checkMenu(menu: MenuAction, scope: CheckScope): Promise<void> {
  const { client, checks } = scope
  const { path, actionId, actionModel } = menu
  const subject = { kind: 'action', what: `action ${actionId}`, menu: path } as const
  const action = await checks.run(subject, async () => {
    const loaded = fieldsOf(await client.rpc('/web/action/load', { action_id: actionId }))
    const problem = problemOf(loaded, actionModel)
    if (problem !== undefined) {
      throw new ServerFaultError({ type: 'action', text: problem, lastLine: '' })
    }
    return loaded
  })
  if (action !== undefined && action.type === 'ir.actions.act_window') {
    await checkWindow(action, path, scope)
  }
}

/** What makes an action one that nothing can be done with. */
function problemOf(
  action: Readonly<Record<string, unknown>>,
  expected: string,
): string | undefined {
  if (typeof action.type !== 'string') return 'The action does not exist'
  if (action.type !== expected) return `The menu says ${expected}, the action is ${action.type}`
  const needed: Readonly<Record<string, string>> = {
    'ir.actions.act_window': 'res_model',
    'ir.actions.client': 'tag',
    'ir.actions.act_url': 'url',
    'ir.actions.report': 'report_name',
  }
  const member = needed[action.type]
  if (member === undefined || typeof action[member] === 'string') return undefined
  return `The action has no ${member}`
}
