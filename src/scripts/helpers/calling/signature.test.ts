import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GuestValue } from '../../values/index.js'
import { bindArguments, parseSignature } from './signature.js'

const SIGNATURE = parseSignature('f(cr, table, old="x", flag=False, limit=3, what=...)')

function bind(args: readonly GuestValue[], named: Record<string, GuestValue> = {}) {
  return Object.fromEntries(bindArguments(SIGNATURE, args, new Map(Object.entries(named))))
}

test('arguments are bound by position and by name, and the rest by their defaults', () => {
  expect(bind([null, 't'])).toEqual({ cr: null, table: 't', old: 'x', flag: false, limit: 3 })
  expect(bind([null], { table: 't', what: 1 })).toEqual({
    cr: null,
    table: 't',
    old: 'x',
    flag: false,
    limit: 3,
    what: 1,
  })
})

test.each([
  [[1], {}, "f() missing 1 required positional argument: 'table'"],
  [[], {}, "f() missing 2 required positional arguments: 'cr' and 'table'"],
  [[1, 't'], { table: 'u' }, "f() got multiple values for argument 'table'"],
  [[1, 't'], { no: 1 }, "f() got an unexpected keyword argument 'no'"],
  [[1, 2, 3, 4, 5, 6, 7], {}, 'f() takes from 2 to 6 positional arguments but 7 were given'],
])('arguments %j and %j are refused as Python does', (args, named, message) => {
  expect(() => bind(args, named)).toThrow(expect.objectContaining({ kind: 'type', message }))
})

test('a starred parameter takes what is left', () => {
  const bound = bindArguments(parseSignature('m.f(cr, *names)'), [null, 'a', 'b'], new Map())
  expect(bound.get('names')).toEqual(['a', 'b'])
})

test('names and positions mean the same', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 2, maxLength: 5 }),
      fc.nat(5),
      (values, cut) => {
        const names = ['cr', 'table', 'old', 'flag', 'limit']
        const named = Object.fromEntries(
          values.map((value, n) => [names[n] ?? '', value]).slice(cut),
        )
        expect(bind(values.slice(0, cut), named)).toEqual(bind(values))
      },
    ),
  )
})
