import { expect, test } from 'vitest'
import { UserError } from '../base/index.js'
import type { ModuleSource } from '../odoo/addons/index.js'
import { modulesInOrder } from './shell-modules.js'

function source(name: string, depends: readonly string[], installable = true): ModuleSource {
  const manifest = {
    ...{ module: name, version: '16.0.1.0', depends, installable, autoInstall: false },
    ...{ autoInstallColumn: false, excludes: [], countries: [], data: [], demo: [] },
    externalDependencies: { python: [], bin: [] },
  } as unknown as NonNullable<ModuleSource['manifest']>
  return { name, folder: `/a/${name}`, manifest }
}

const broken: ModuleSource = {
  name: 'odd',
  folder: '/a/odd',
  problem: new UserError('MANIFEST_UNREADABLE', 'odd'),
}
const tree = {
  modules: new Map(
    [
      source('base', []),
      source('web', ['base']),
      source('sale', ['web', 'account']),
      source('account', ['base']),
      source('old', ['base'], false),
      source('mine', ['gone']),
      broken,
    ].map((module) => [module.name, module]),
  ),
}

test('modules come in the order in which Odoo loads them', () => {
  expect(modulesInOrder(['sale', 'web', 'base', 'account'], tree)).toEqual({
    names: ['base', 'account', 'web', 'sale'],
    findings: [],
  })
})

test('what the tree cannot load is told, each with its reason', () => {
  const { names, findings } = modulesInOrder(['base', 'gone', 'mine', 'odd', 'old'], tree)
  expect(names).toEqual(['base'])
  expect(findings.map(({ place, data }) => [place?.object, data?.reason])).toEqual([
    ['gone', 'missing'],
    ['mine', 'unmet'],
    ['odd', 'broken'],
    ['old', 'not-installable'],
  ])
  expect(findings[1]?.message).toContain('it depends on gone')
})
