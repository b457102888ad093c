import { describe, expect, test } from 'vitest'
import { UserError } from '../../base/index.js'
import { modulesOf, releaseOf, rowsOf } from './fixtures/build-modules.js'
import { updateModuleList } from './update-module-list.js'

const on17 = releaseOf(17)

describe('the list update', () => {
  test('a module that is new on disk gets a row, uninstalled or uninstallable', () => {
    const { rows, changes } = updateModuleList(
      rowsOf({}),
      modulesOf({ b: { depends: ['a'], autoInstall: true }, a: { installable: false } }),
      on17,
    )
    expect(changes.map(({ kind, row }) => [kind, row.name])).toEqual([
      ['added', 'a'],
      ['added', 'b'],
    ])
    expect(rows.get('a')).toMatchObject({ state: 'uninstallable', latestVersion: null })
    expect(rows.get('b')).toMatchObject({
      state: 'uninstalled',
      autoInstall: true,
      dependencies: [{ name: 'a', autoInstallRequired: true }],
    })
  })

  test('dependencies, exclusions and automatic installation follow the manifest; versions and other states do not', () => {
    const before = rowsOf({
      a: { depends: ['old'], exclusions: ['foe'], state: 'to upgrade', demo: true },
    })
    const { rows, changes } = updateModuleList(
      before,
      modulesOf({
        a: {
          depends: ['x', 'y', 'x'],
          autoInstall: ['y'],
          excludes: ['enemy'],
          installable: false,
        },
      }),
      on17,
    )
    expect(rows.get('a')).toEqual({
      ...before.get('a'),
      autoInstall: true,
      dependencies: [
        { name: 'x', autoInstallRequired: false },
        { name: 'y', autoInstallRequired: true },
      ],
      exclusions: ['enemy'],
    })
    expect(changes).toHaveLength(1)
  })

  test('"uninstallable" becomes "uninstalled" when the module is installable', () => {
    const before = rowsOf({ a: { state: 'uninstallable' } })
    expect(updateModuleList(before, modulesOf({ a: [] }), on17).rows.get('a')?.state).toBe(
      'uninstalled',
    )
  })

  test('modules that are gone, or whose manifest is broken, keep their rows; nothing changes twice', () => {
    const before = rowsOf({ gone: { depends: ['x'] }, broken: { depends: ['y'] } })
    const problem = new UserError('MANIFEST_VERSION_INVALID', 'bad')
    const modules = modulesOf({ broken: { problem }, fresh: { problem }, a: ['gone'] })
    const { rows, changes } = updateModuleList(before, modules, on17)
    expect(changes.map(({ row }) => row.name)).toEqual(['a'])
    expect([rows.get('gone'), rows.get('broken')]).toEqual([...before.values()])
    expect(rows.has('fresh')).toBe(false)
    expect(updateModuleList(rows, modules, on17).changes).toEqual([])
  })

  test('an empty list of triggers makes the column true; countries are kept from 18 on', () => {
    const modules = modulesOf({ a: { autoInstall: [], countries: ['be'] } })
    const column = (major: number) => updateModuleList(rowsOf({}), modules, releaseOf(major)).rows
    expect(column(17).get('a')).not.toHaveProperty('countries')
    expect(column(18).get('a')).toMatchObject({ autoInstall: true, countries: ['be'] })
  })
})
