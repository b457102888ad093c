import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { topologicalOrder } from './topological-order.js'

/** Dependencies of 0 … n-1 on lower numbers under a random renaming, so that there is no cycle. */
const acyclic = fc
  .integer({ min: 0, max: 40 })
  .chain((size) =>
    fc.tuple(
      fc.tuple(
        ...Array.from({ length: size }, (_, node) =>
          node === 0 ? fc.constant([]) : fc.uniqueArray(fc.nat(node - 1), { maxLength: 5 }),
        ),
      ),
      fc.shuffledSubarray([...Array(size).keys()], { minLength: size, maxLength: size }),
    ),
  )
  .map(([lists, names]) => {
    const dependencies: number[][] = names.map(() => [])
    lists.forEach((list, node) => {
      dependencies[names[node] ?? 0] = list.map((other) => names[other] ?? 0)
    })
    return dependencies
  })

const anyGraph = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }), {
    minLength: size,
    maxLength: size,
  }),
)

describe('topologicalOrder', () => {
  it('puts every node behind its dependencies, each node once', () => {
    fc.assert(
      fc.property(acyclic, (dependencies) => {
        const result = topologicalOrder(dependencies)
        if (result.kind === 'cycle') throw new Error('no cycle was put in')
        const places = new Map(result.order.map((node, place) => [node, place]))
        expect(places.size).toBe(dependencies.length)
        dependencies.forEach((list, node) => {
          for (const dependency of list) {
            expect(places.get(dependency)).toBeLessThan(places.get(node) ?? -1)
          }
        })
      }),
    )
  })

  it('always takes the lowest of the nodes that may come next', () => {
    fc.assert(
      fc.property(acyclic, (dependencies) => {
        const result = topologicalOrder(dependencies)
        if (result.kind === 'cycle') throw new Error('no cycle was put in')
        const done = new Set<number>()
        for (const node of result.order) {
          const free = dependencies.findIndex(
            (list, other) => !done.has(other) && list.every((dependency) => done.has(dependency)),
          )
          expect(node).toBe(free)
          done.add(node)
        }
      }),
    )
  })

  it('names a real cycle when there is one', () => {
    fc.assert(
      fc.property(anyGraph, (dependencies) => {
        const result = topologicalOrder(dependencies)
        if (result.kind === 'ordered') return
        const { members } = result
        expect(members.length).toBeGreaterThan(0)
        members.forEach((node, place) => {
          expect(dependencies[node]).toContain(members[(place + 1) % members.length])
        })
      }),
    )
  })
})
