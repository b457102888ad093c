import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GuestValue } from '../../values/index.js'
import { type DomainNode, firstNames, parseDomain } from './parse-domain.js'

const leaf = fc.tuple(
  fc.constantFrom('a', 'b.c'),
  fc.constantFrom('=', '!=', 'in', 'not in', '<', '>=', 'ilike', 'not like', '=like', 'child_of'),
  fc.constantFrom<GuestValue>(1, 'x', false),
)

/** Whole conditions in prefix notation. */
const { condition } = fc.letrec<{ condition: GuestValue[] }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    leaf.map((one): GuestValue[] => [one]),
    tie('condition').map((inner): GuestValue[] => ['!', ...inner]),
    fc
      .tuple(fc.constantFrom('&', '|'), tie('condition'), tie('condition'))
      .map(([word, one, two]): GuestValue[] => [word, ...one, ...two]),
  ),
}))

test('not not is nothing', () => {
  fc.assert(
    fc.property(condition, (domain) => {
      expect(parseDomain(['!', '!', ...domain])).toEqual(parseDomain(domain))
    }),
  )
})

test('not stands before leaves only, and only before operators without an opposite', () => {
  const check = (node: DomainNode): void => {
    if (node.kind === 'not') expect(node.part).toMatchObject({ kind: 'leaf' })
    if (node.kind === 'not' && node.part.kind === 'leaf') {
      expect(['=like', 'child_of']).toContain(node.part.operator)
    }
    if (node.kind === 'and' || node.kind === 'or') node.parts.forEach(check)
  }
  fc.assert(fc.property(condition, (domain) => check(parseDomain(domain))))
})

test('conditions that stand side by side must all hold', () => {
  fc.assert(
    fc.property(condition, condition, (one, two) => {
      const parts = [parseDomain(one), parseDomain(two)]
      expect(parseDomain([...one, ...two])).toEqual({ kind: 'and', parts })
    }),
  )
})

test('the fields that leaves name directly are known', () => {
  expect([...firstNames(parseDomain(['|', ['a', '=', 1], '!', ['b.c', '=like', 'x']]))]).toEqual([
    'a',
  ])
})

test.each<[GuestValue]>([['x'], [['&']], [[['a', '=']]], [[['a', 'is', 1]]], [[[5, '<', 1]]]])(
  '%j is no domain',
  (domain) => {
    expect(() => parseDomain(domain)).toThrow(expect.objectContaining({ kind: 'value' }))
  },
)
