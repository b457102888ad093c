import { expect, test } from 'vitest'
import { discoveredOf, planOf } from './fixtures/build-selection.js'
import { selectScripts } from './index.js'

const MODULES = 1000
const VERSIONS = 5

test('10,000 scripts are selected in well under a second', () => {
  const names = Array.from({ length: MODULES }, (_, at) => `module_${at}`)
  const files = Object.fromEntries(
    Array.from({ length: VERSIONS }, (_, at) => [
      `path1/17.0.1.${at}`,
      ['pre-migration.py', 'post-migration.py'],
    ]),
  )
  const plan = planOf({ installedVersion: '16.0.1.0', targetVersion: '17.0.1.9' })
  const [pass] = plan.passes
  const modules = names.flatMap((name) => pass?.modules.map((one) => ({ ...one, name })) ?? [])
  const passes = [{ kind: 'installed' as const, total: MODULES, modules }]
  const discovered = {
    modules: new Map(names.flatMap((name) => [...discoveredOf(files, name).modules])),
    shadowed: [],
  }
  const before = process.cpuUsage()
  const { all } = selectScripts({ plan: { ...plan, passes }, discovered })
  // Other work shares the processors: what this process spends says more than the clock.
  const { user } = process.cpuUsage(before)
  expect(all.length).toBe(2 * MODULES * VERSIONS)
  expect(user / 1000).toBeLessThan(1000)
})
