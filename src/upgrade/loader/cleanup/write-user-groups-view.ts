import { sql } from '../../../db/index.js'
import { formatXml } from '../../../odoo/data/index.js'
import type { LoaderHop } from '../loader-part.js'
import type { LoaderScope } from '../loader-scope.js'
import { readUserGroups } from './user-groups.js'
import { userGroupsArch } from './user-groups-arch.js'

/** The release whose form is known; others make theirs otherwise. */
const KNOWN = 16

/** Makes the part of the users' form that shows their groups again, once all groups are there. */
export async function writeUserGroupsView(hop: LoaderHop, scope: LoaderScope): Promise<void> {
  if (hop.source.release.major !== KNOWN) {
    scope.addFinding({
      code: 'USER_GROUPS_VIEW_LEFT',
      severity: 'warning',
      message: "The users' form shows no groups: the view base.user_groups_view is empty",
      hint: 'Odoo makes it again when a group is changed: open any group in the settings and save it.',
    })
    return
  }
  const groups = await readUserGroups(scope.session)
  if (groups === undefined) return
  const arch = JSON.stringify({ en_US: formatXml(userGroupsArch(groups)).trimEnd() })
  await scope.session.query(sql`
    UPDATE ir_ui_view v
       SET arch_db = ${arch}::jsonb, arch_updated = true,
           write_uid = 1, write_date = now() AT TIME ZONE 'UTC'
      FROM ir_model_data d
     WHERE d.module = 'base' AND d.name = 'user_groups_view' AND d.model = 'ir.ui.view' AND v.id = d.res_id`)
}
