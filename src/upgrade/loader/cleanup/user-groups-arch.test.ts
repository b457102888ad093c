import { describe, expect, test } from 'vitest'
import { userGroupsArch } from './user-groups-arch.js'

const category = (id: number, xmlId: string, name: string, sequence: number) =>
  [id, { id, name, xmlId, sequence, parent: { name: 'Sales', sequence: 5 } }] as const

describe("the groups in the users' form", () => {
  const arch = userGroupsArch({
    employee: 1,
    technical: 6,
    categories: new Map([
      category(10, 'base.module_category_user_type', 'User types', 1),
      category(11, 'base.module_category_sales', 'Sales', 2),
      category(12, 'base.module_category_hidden', 'Technical', 3),
    ]),
    groups: [
      { id: 3, category: 11, implied: [2] },
      { id: 2, category: 11, implied: [] },
      { id: 1, category: 10, implied: [] },
      { id: 6, category: 12, implied: [] },
      { id: 7, category: 12, implied: [] },
    ],
  })

  test('offer as a selection what implies one another, the widest last', () => {
    expect(arch).toContain('<group string="Sales"><newline/><field name="sel_groups_2_3"')
  })

  test('are fields of their own where none implies the other, shown to experts only', () => {
    expect(arch).toContain('<field name="in_group_7" groups="base.group_no_one"')
    expect(arch).toContain('<field name="in_group_6" invisible="1" groups="base.group_no_one"')
  })

  test('cannot be changed but for employees', () => {
    expect(arch).toContain(`attrs="{'readonly': [('sel_groups_1', '!=', 1)]}"`)
  })
})
