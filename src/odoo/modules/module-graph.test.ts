import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../base/index.js'
import { modulesOf } from './fixtures/build-modules.js'
import { buildGraph, ModuleGraph, noFlags } from './module-graph.js'

/** The example of engine specification §3.1. */
const NINE = modulesOf({
  ...{ r: [], nodeps: [], b1: ['r'], a1: ['r'], c2: ['b1', 'a1'], d2: ['a1', 'r'] },
  ...{ f2: ['b1'], e3: ['c2', 'd2'], deep: ['e3'] },
})
const ORDER = ['nodeps', 'r', 'a1', 'b1', 'c2', 'd2', 'f2', 'e3', 'deep']
const DEPTHS = [0, 0, 1, 1, 2, 2, 2, 3, 4]

const namesOf = (graph: ModuleGraph) => graph.ordered().map((node) => node.name)

describe('the graph of modules', () => {
  test('scenario 16: the order is by depth and name, whatever the order of the input', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...NINE.keys()], { minLength: NINE.size }), (names) => {
        const { graph, notAdded } = buildGraph(NINE, names)
        expect(namesOf(graph)).toEqual(ORDER)
        expect(graph.ordered().map((node) => node.depth)).toEqual(DEPTHS)
        expect(notAdded).toEqual([])
      }),
    )
  })

  test('the father is the deepest dependency, the last one among equals', () => {
    const { graph } = buildGraph(NINE, [...NINE.keys()])
    expect(graph.node('c2')?.father).toBe('a1')
    expect(graph.node('d2')?.father).toBe('a1')
    expect(graph.node('nodeps')?.father).toBeNull()
  })

  test('scenario 17: a circle stays outside, with what is unmet', () => {
    const modules = modulesOf({ r: [], x: ['y'], y: ['x', 'r'] })
    const { graph, notAdded } = buildGraph(modules, ['y', 'r', 'x'])
    expect(namesOf(graph)).toEqual(['r'])
    expect(notAdded).toEqual([
      { name: 'y', reason: 'unmet', missing: ['x'] },
      { name: 'x', reason: 'unmet', missing: ['y'] },
    ])
  })

  test('scenario 18: what depends on something missing stays outside, and so on', () => {
    const modules = modulesOf({ r: [], u: ['r', 'nope'], v: ['u'] })
    const { graph, notAdded } = buildGraph(modules, ['v', 'u', 'r'])
    expect(namesOf(graph)).toEqual(['r'])
    expect(notAdded).toEqual([
      { name: 'v', reason: 'unmet', missing: ['u'] },
      { name: 'u', reason: 'unmet', missing: ['nope'] },
    ])
  })

  test('scenario 19: a module that depends on itself is not loaded', () => {
    const { graph, notAdded } = buildGraph(modulesOf({ s: ['s'] }), ['s'])
    expect(graph.size).toBe(0)
    expect(notAdded).toEqual([{ name: 's', reason: 'unmet', missing: ['s'] }])
  })

  test('scenario 20: modules that are uninstallable, missing or broken are passed over', () => {
    const problem = new UserError('MANIFEST_VERSION_INVALID', 'Module broken: invalid manifest')
    const modules = modulesOf({ r: [], off: { installable: false }, broken: { problem } })
    const { graph, notAdded } = buildGraph(modules, ['off', 'gone', 'broken', 'r'])
    expect(namesOf(graph)).toEqual(['r'])
    expect(notAdded).toEqual([
      { name: 'off', reason: 'not-installable' },
      { name: 'gone', reason: 'missing' },
      { name: 'broken', reason: 'broken' },
    ])
  })

  test('scenario 21: a flag goes down the fathers, not all dependencies, and into the names', () => {
    const names = { ...noFlags(), update: new Set(['b1']) }
    const { graph } = buildGraph(NINE, [...NINE.keys()], names)
    const flagged = graph.ordered().filter((node) => node.flags.has('update'))
    expect(flagged.map((node) => node.name)).toEqual(['b1', 'f2'])
    expect([...names.update].sort()).toEqual(['b1', 'f2'])
  })

  test('"all" flags every module, one added later too; a flag that was cleared does not go down', () => {
    const all = new ModuleGraph(NINE, { ...noFlags(), update: new Set(['all']) })
    all.add(['r'])
    all.clearFlags('r')
    all.add(['a1'])
    expect(all.node('a1')?.flags).toEqual(new Set(['update']))

    const one = new ModuleGraph(NINE, { ...noFlags(), update: new Set(['r']) })
    one.add(['r'])
    one.clearFlags('r')
    one.add(['a1'])
    expect(one.node('a1')?.flags).toEqual(new Set())
    one.add(['r'])
    expect(one.node('a1')?.flags).toEqual(new Set(['update']))
  })

  test('every module comes behind all it depends on', () => {
    const size = fc.integer({ min: 1, max: 30 })
    const graphs = size.chain((count) =>
      fc.array(fc.uniqueArray(fc.nat({ max: count - 1 }), { maxLength: 4 }), {
        minLength: count,
        maxLength: count,
      }),
    )
    fc.assert(
      fc.property(graphs, (edges) => {
        const modules = modulesOf(
          Object.fromEntries(edges.map((to, at) => [`m${at}`, to.map((other) => `m${other}`)])),
        )
        const { graph, notAdded } = buildGraph(modules, [...modules.keys()])
        const place = new Map(namesOf(graph).map((name, at) => [name, at]))
        for (const name of place.keys()) {
          for (const dependency of modules.get(name)?.depends ?? []) {
            expect(place.get(dependency)).toBeLessThan(place.get(name) ?? -1)
          }
        }
        expect(graph.size + notAdded.length).toBe(modules.size)
      }),
    )
  })

  test('10,000 modules are ordered in well under a second', () => {
    const given = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, at) => [`m${at}`, at === 0 ? [] : ['m0', `m${at >> 1}`]]),
    )
    const modules = modulesOf(given)
    const start = performance.now()
    const { length } = buildGraph(modules, [...modules.keys()].reverse()).graph.ordered()
    expect(length).toBe(10_000)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
