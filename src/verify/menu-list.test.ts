import { expect, test } from 'vitest'
import { menusOf } from './fixtures/fake-odoo.js'
import { readMenus } from './menu-list.js'

test.each([14, 15, 16, 17, 18])(
  'menus of %i.0: those with an action, an app only once',
  (major) => {
    expect(readMenus(menusOf(major))).toEqual([
      { path: 'Sales › Orders', actionId: 11, actionModel: 'ir.actions.act_window' },
      { path: 'Sales › Help', actionId: 12, actionModel: 'ir.actions.client' },
    ])
  },
)

test('an app whose own action no menu below repeats is one', () => {
  const app = {
    id: 1,
    name: 'Discuss',
    children: [],
    actionID: 4,
    actionModel: 'ir.actions.client',
  }
  expect(readMenus({ root: { id: 'root', children: [1] }, 1: app })).toEqual([
    { path: 'Discuss', actionId: 4, actionModel: 'ir.actions.client' },
  ])
})

test('menus in a circle end', () => {
  const menu = { id: 1, name: 'A', children: [1], actionID: false, actionModel: false }
  expect(readMenus({ root: { id: 'root', children: [1] }, 1: menu })).toEqual([])
})
