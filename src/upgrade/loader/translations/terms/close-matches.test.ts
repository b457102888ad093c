import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closestMatch, likeness } from './close-matches.js'

// What Python's difflib says.
test.each([
  ['abcd', 'bcde', 0.75],
  ['', '', 1],
  ['a', '', 0],
  ['a😀b', 'a😀c', 2 / 3],
])('%j and %j are alike by %d', (a, b, ratio) => {
  expect(likeness(a, b)).toBeCloseTo(ratio, 12)
})

test('characters that are popular in a long text do not start a match', () => {
  expect(likeness('a'.repeat(10), `x${'a'.repeat(250)}`)).toBe(0)
  expect(likeness('a'.repeat(10), `x${'a'.repeat(189)}`)).toBeCloseTo(0.1, 12)
})

test('of texts that are equally alike the larger is taken, of none that are alike none', () => {
  expect(closestMatch('abc', ['abd', 'abe'], 0.6)).toBe('abe')
  expect(closestMatch('abc', ['xyz'], 0.9)).toBeUndefined()
})

test('a text is like itself, and the likeness lies between 0 and 1', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (a, b) => {
      expect(likeness(a, a)).toBe(1)
      const ratio = likeness(a, b)
      expect(ratio >= 0 && ratio <= 1).toBe(true)
    }),
  )
})
