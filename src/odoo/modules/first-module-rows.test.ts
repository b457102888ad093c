import { expect, test } from 'vitest'
import { parseRelease } from '../release/index.js'
import { firstModuleRows } from './first-module-rows.js'
import { type KnownModule, knownModule } from './known-module.js'

const release = parseRelease('16.0')

function comingOf(...modules: readonly (Partial<KnownModule> & { name: string })[]): string[] {
  if (release === undefined) throw new Error('16.0 is a release')
  const known = new Map(modules.map((module) => [module.name, knownModule(module)]))
  const rows = [...firstModuleRows(known, release).values()]
  return rows.filter(({ state }) => state === 'to install').map(({ name }) => name)
}

const base = { name: 'base', autoInstall: new Set<string>() }
const web = { name: 'web', depends: ['base'], autoInstall: new Set(['base']) }

test('base installs itself, and what needs nothing else follows it', () => {
  expect(comingOf(base, web, { name: 'sale', depends: ['web'] })).toEqual(['base', 'web'])
})

test('a module that asks for one that does not come is not installed', () => {
  const bridge = { name: 'bridge', depends: ['web', 'sale'], autoInstall: new Set(['web', 'sale']) }
  const sale = { name: 'sale', depends: ['base'] }
  expect(comingOf(base, web, sale, bridge)).toEqual(['base', 'web'])
})

test('what an automatic module needs without being triggered by it comes along', () => {
  const glue = { name: 'glue', depends: ['web', 'tool'], autoInstall: new Set(['web']) }
  const tool = { name: 'tool', depends: ['base', 'bolt'] }
  const bolt = { name: 'bolt', depends: ['base'] }
  expect(comingOf(base, web, glue, tool, bolt)).toEqual(['base', 'bolt', 'glue', 'tool', 'web'])
})

test('a module that cannot be installed stays so', () => {
  const old = { name: 'old', depends: ['base'], autoInstall: new Set(['base']), installable: false }
  expect(comingOf(base, old)).toEqual(['base'])
})
