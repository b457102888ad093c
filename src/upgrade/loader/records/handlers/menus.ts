import { sql } from '../../../../db/index.js'
import type { ModelHandler } from './model-handler.js'

/** Menus: icons as attachments, names of actions (odoo/addons/base/models/ir_ui_menu.py). */
export const menuHandler: ModelHandler = {
  models: 'ir.ui.menu',
  prepare({ values }, { files }) {
    const icon = values.get('web_icon')
    if (typeof icon !== 'string' || values.has('web_icon_data')) return
    const content = files.content(icon.replace(',', '/'))
    values.set('web_icon_data', content === undefined ? false : { kind: 'binary', content })
  },
  async after(_, turn) {
    const named = [...turn.menusNamedByAction].map((id) => turn.ids.real(id))
    turn.menusNamedByAction.clear()
    if (named.length === 0) return
    await turn.scope.session.query(sql`
      UPDATE ir_ui_menu m SET name = a.name FROM ir_actions a
       WHERE m.id = ANY(${named}::int[]) AND a.id = split_part(m.action, ',', 2)::int`)
  },
}
