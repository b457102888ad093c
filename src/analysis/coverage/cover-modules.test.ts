import { expect, test } from 'vitest'
import { type CoverageRequest, coverModules } from './cover-modules.js'
import { coverageRemark, coverageRst, coverageSides } from './coverage-rst.js'

const apriori = {
  renamedModules: new Map([['payment_transfer', 'payment_custom']]),
  mergedModules: new Map([
    ['fetchmail', 'mail'],
    ['lost', 'nowhere'],
  ]),
}

const request: CoverageRequest = {
  from: '15.0',
  to: '16.0',
  modules: ['mail', 'fetchmail', 'payment_transfer', 'project_account', 'lost', 'sale'],
  apriori,
  newModules: new Set(['mail', 'payment_custom', 'sale']),
  scripts: new Map([['mail', ['16.0.1.10/pre-migration.py']]]),
  workFiles: new Map(),
}

test('a module is covered by scripts, has another name, or is gone', () => {
  const states = coverModules(request).map(({ module, state, target }) => [module, state, target])
  expect(states).toEqual([
    ['mail', 'scripts', 'mail'],
    ['fetchmail', 'merged', 'mail'],
    ['payment_transfer', 'renamed', 'payment_custom'],
    ['project_account', 'gone', undefined],
    ['lost', 'gone', undefined],
    ['sale', 'unknown', 'sale'],
  ])
})

test('a module of which nothing changed needs no script', () => {
  const comparison = { modules: new Map() } as unknown as NonNullable<CoverageRequest['comparison']>
  const [sale] = coverModules({ ...request, modules: ['sale'], comparison })
  expect(sale).toMatchObject({ state: 'unnecessary', reason: 'nothing has changed' })
})

test("OpenUpgrade's coverage file has a row for each module of either side", () => {
  const sides = coverageSides(['sale', 'fetchmail'], ['sale', 'spreadsheet'])
  expect(sides).toEqual([
    ['fetchmail', 'deleted'],
    ['sale', 'both'],
    ['spreadsheet', 'new'],
  ])
  const rows = sides.map(([module, side]) => ({
    module,
    side,
    status: module === 'sale' ? 'Done' : '',
    remark: coverageRemark(module, apriori, module === 'sale'),
  }))
  const lines = coverageRst(rows, { from: '15.0', to: '16.0' }).split('\n')
  expect(lines[0]).toBe('Module coverage 15.0 -> 16.0')
  expect(lines).toContain(
    `|${' |del| fetchmail'.padEnd(49)}|${' '.repeat(22)}|${'Merged into mail. '.padEnd(49)}|`,
  )
  expect(lines).toContain(`|${' sale'.padEnd(49)}|${' Done'.padEnd(22)}|${' '.repeat(49)}|`)
})
