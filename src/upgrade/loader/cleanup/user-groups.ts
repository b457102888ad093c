import { type Session, sql } from '../../../db/index.js'

/** A group that the form of a user shows. */
export interface ShownGroup {
  readonly id: number
  /** 0 where it has no category. */
  readonly category: number
  /** Groups that it implies, over all steps. */
  readonly implied: readonly number[]
}

export interface GroupCategory {
  readonly id: number
  readonly name: string
  readonly xmlId: string
  readonly sequence: number
  readonly parent: { readonly name: string; readonly sequence: number } | undefined
}

/** Groups by name, and their categories. */
export interface UserGroups {
  readonly groups: readonly ShownGroup[]
  readonly categories: ReadonlyMap<number, GroupCategory>
  readonly employee: number
  readonly technical: number
}

interface GroupRow extends Record<string, unknown> {
  readonly id: number
  readonly category: number | null
  readonly implied: readonly number[]
}

interface CategoryRow extends Record<string, unknown> {
  readonly id: number
  readonly name: string
  readonly sequence: number | null
  readonly parent: string | null
  readonly parent_sequence: number | null
  readonly xml_id: string | null
}

/**
 * Reads what the form of a user is made of, in three statements. Groups of accounting are left out while they are
 * hidden (account, `get_application_groups`).
 */
export async function readUserGroups(session: Session): Promise<UserGroups | undefined> {
  const named = await session.query<{ name: string; id: number }>(sql`
    SELECT name, res_id AS id FROM ir_model_data
     WHERE module = 'base' AND name IN ('group_user', 'group_no_one') AND model = 'res.groups'`)
  const employee = named.rows.find(({ name }) => name === 'group_user')?.id
  const technical = named.rows.find(({ name }) => name === 'group_no_one')?.id
  if (employee === undefined || technical === undefined) return undefined
  const groups = await session.query<GroupRow>(sql`
    WITH RECURSIVE implied AS (
      SELECT gid, hid FROM res_groups_implied_rel
      UNION SELECT i.gid, r.hid FROM implied i JOIN res_groups_implied_rel r ON r.gid = i.hid)
    SELECT g.id, g.category_id AS category,
           ARRAY(SELECT i.hid FROM implied i WHERE i.gid = g.id) AS implied
      FROM res_groups g WHERE NOT coalesce(g.share, false) AND NOT EXISTS (
        SELECT FROM ir_model_data d
          JOIN ir_model_data c ON c.model = 'ir.module.category' AND c.res_id = g.category_id
         WHERE d.model = 'res.groups' AND d.res_id = g.id AND d.module = 'account'
           AND d.name IN ('group_account_user', 'group_account_readonly')
           AND c.module = 'base' AND c.name = 'module_category_hidden')
     ORDER BY to_jsonb(g) #>> '{name,en_US}', g.id`)
  const categories = await session.query<CategoryRow>(sql`
    SELECT c.id, to_jsonb(c) #>> '{name,en_US}' AS name, c.sequence,
           to_jsonb(p) #>> '{name,en_US}' AS parent, p.sequence AS parent_sequence,
           (SELECT d.module || '.' || d.name FROM ir_model_data d
             WHERE d.model = 'ir.module.category' AND d.res_id = c.id ORDER BY d.id LIMIT 1) AS xml_id
      FROM ir_module_category c LEFT JOIN ir_module_category p ON p.id = c.parent_id`)
  return {
    groups: groups.rows.map(({ category, ...row }) => ({ ...row, category: category ?? 0 })),
    categories: new Map(categories.rows.map((row) => [row.id, categoryOf(row)])),
    employee,
    technical,
  }
}

function categoryOf(row: CategoryRow): GroupCategory {
  const { id, name, sequence, parent, parent_sequence, xml_id } = row
  return {
    ...{ id, name, xmlId: xml_id ?? '', sequence: sequence ?? 0 },
    parent: parent === null ? undefined : { name: parent, sequence: parent_sequence ?? 0 },
  }
}
