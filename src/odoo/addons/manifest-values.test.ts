import { expect, test } from 'vitest'
import { numberOf, writtenOf } from './manifest-values.js'

test.each([
  [5, 5],
  ['9000', 9000],
  [' 7 ', 7],
  ['soon', 100],
  [null, 100],
] as const)('the number %o counts as %i', (value, number) => {
  expect(numberOf(value, 100)).toBe(number)
})

test.each([
  ['Odoo S.A.', 'Odoo S.A.'],
  [['Odoo S.A.', 'Vauxoo'], "['Odoo S.A.', 'Vauxoo']"],
  [["O'Neil"], `["O'Neil"]`],
  [undefined, ''],
] as const)('%o is kept as %s', (value, text) => {
  expect(
    writtenOf(value === undefined ? undefined : typeof value === 'string' ? value : [...value]),
  ).toBe(text)
})
