import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linearize } from './linearize.js'

const PYTHON = '/usr/bin/python3'
const PROGRAM = `
import json, sys
def orders(classes):
    made, result = [], []
    for bases in classes:
        try:
            made.append(type('C%d' % len(made), tuple(made[b] for b in bases), {}))
            result.append([made.index(c) for c in made[-1].__mro__ if c is not object])
        except TypeError:
            result.append(None)
            made.append(type('C%d' % len(made), (), {}))
    return result
json.dump([orders(c) for c in json.load(sys.stdin)], sys.stdout)`

/** Resolution orders of classes that are known by their numbers; null where there is none. */
function ordersOf(classes: readonly (readonly number[])[]): readonly (readonly number[] | null)[] {
  const orders: (readonly number[])[] = []
  return classes.map((bases, self) => {
    const { order, isConsistent } = linearize(self, bases, (base) => orders[base] ?? [base])
    orders.push(isConsistent ? order : [self])
    return isConsistent ? order : null
  })
}

test('the diamond', () => {
  expect(ordersOf([[], [0], [0], [1, 2]]).at(-1)).toEqual([3, 1, 2, 0])
})

test('a contradiction is told, and every class is there all the same', () => {
  const orders = new Map([
    ['x', ['x', 'a', 'b']],
    ['y', ['y', 'b', 'a']],
  ])
  const { order, isConsistent } = linearize('z', ['x', 'y'], (name) => orders.get(name) ?? [name])
  expect(isConsistent).toBe(false)
  expect([...order].sort()).toEqual(['a', 'b', 'x', 'y', 'z'])
})

test.skipIf(!existsSync(PYTHON))("Python's own orders are the same", () => {
  const classes = fc.integer({ min: 1, max: 9 }).chain((count) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, index) =>
        fc.uniqueArray(fc.integer({ min: 0, max: Math.max(0, index - 1) }), {
          maxLength: index === 0 ? 0 : 4,
        }),
      ),
    ),
  )
  const samples = fc.sample(classes, { numRuns: 500, seed: 3 })
  const out = execFileSync(PYTHON, ['-c', PROGRAM], { input: JSON.stringify(samples) })
  expect(samples.map(ordersOf)).toEqual(JSON.parse(out.toString()))
})
