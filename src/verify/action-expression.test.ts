import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluateAction } from './action-expression.js'

const names = { userId: 7, companyIds: [1, 3], today: '2026-11-20' }

test.each<[unknown, unknown]>([
  ["[('user_id', '=', uid)]", [['user_id', '=', 7]]],
  ["[('name', '=', 'uid')]", [['name', '=', 'uid']]],
  ["[('company_id', 'in', allowed_company_ids)]", [['company_id', 'in', [1, 3]]]],
  ["{'default_x': active_id, 'ids': active_ids}", { default_x: false, ids: [] }],
  ["[('date', '<', context_today().strftime('%Y-%m-%d'))]", [['date', '<', '2026-11-20']]],
  ["{'a': 1.5, 'b': None, 'c': True}", { a: 1.5, b: null, c: true }],
  ['', undefined],
  [false, undefined],
  [
    ['x', '=', 1],
    ['x', '=', 1],
  ],
  ["[('date', '>', time.strftime('%Y'))]", undefined],
  ['[(', undefined],
])('%j is %j', (expression, value) => {
  expect(evaluateAction(expression, names)).toEqual(value)
})

test('texts stay as they are, whatever they look like', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w ().%-]*$/), (text) => {
      expect(evaluateAction(`[('a', '=', '${text}')]`, names)).toEqual([['a', '=', text]])
    }),
  )
})
