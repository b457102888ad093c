import { describe, expect, test } from 'vitest'
import { modulesOf, releaseOf, rowsOf, statesOf } from './fixtures/build-modules.js'
import { markInstall } from './mark-install.js'
import { markUpgrade } from './mark-upgrade.js'

const options = { release: releaseOf(17), modules: modulesOf({}) }
const uninstalled = { state: 'uninstalled' } as const
const codes = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code)

describe('marking for an upgrade', () => {
  test('scenario 23: what depends on the module comes along, what does not stays', () => {
    const rows = rowsOf({ a: {}, b: { depends: ['a'] }, c: { depends: ['b'] }, z: {} })
    const marking = markUpgrade(rows, ['a'], options)
    expect(statesOf(marking.rows)).toEqual({
      ...{ a: 'to upgrade', b: 'to upgrade', c: 'to upgrade', z: 'installed' },
    })
    expect(marking.marks.map(({ name, reason }) => [name, reason])).toEqual([
      ['a', { kind: 'update-requested' }],
      ['b', { kind: 'depends-on', module: 'a' }],
      ['c', { kind: 'depends-on', module: 'b' }],
    ])
  })

  test('scenario 22: base stands for everything installed, studio_customization excepted', () => {
    const rows = rowsOf({ base: {}, z: {}, studio_customization: {}, off: uninstalled })
    expect(statesOf(markUpgrade(rows, ['base'], options).rows)).toEqual({
      ...{ base: 'to upgrade', z: 'to upgrade' },
      ...{ studio_customization: 'installed', off: 'uninstalled' },
    })
  })

  test('modules that are held by decision are not marked', () => {
    const rows = rowsOf({ base: {}, kept: { depends: ['base'] }, z: {} })
    const marking = markUpgrade(rows, ['base'], { ...options, held: new Set(['kept']) })
    expect(statesOf(marking.rows).kept).toBe('installed')
  })

  test('new dependencies are installed with what they trigger', () => {
    const rows = rowsOf({
      a: {},
      b: { depends: ['a', 'new'] },
      new: { ...uninstalled, depends: ['newdep'] },
      newdep: uninstalled,
      auto: { ...uninstalled, depends: ['new', 'a'], required: ['new', 'a'] },
    })
    const marking = markUpgrade(rows, ['a'], options)
    expect(statesOf(marking.rows)).toMatchObject({
      ...{ new: 'to install', newdep: 'to install', auto: 'to install', b: 'to upgrade' },
    })
    expect(marking.marks.map((mark) => mark.reason).slice(2)).toEqual([
      { kind: 'needed-by', module: 'new' },
      { kind: 'needed-by', module: 'b' },
      { kind: 'auto-install' },
    ])
  })

  test('scenario 29: a dependency without a row is refused', () => {
    const rows = rowsOf({ a: { depends: ['nowhere'] } })
    const { problems } = markUpgrade(rows, ['a'], options)
    expect(problems).toMatchObject([
      { code: 'MODULE_DEPENDENCY_UNKNOWN', data: { module: 'a', dependency: 'nowhere' } },
    ])
  })

  test('scenario 30: modules that exclude each other are refused, once per pair', () => {
    const rows = rowsOf({ x: { exclusions: ['y'] }, y: { exclusions: ['x', 'z'] }, z: uninstalled })
    expect(markUpgrade(rows, ['x'], options).problems).toMatchObject([
      { code: 'MODULES_EXCLUDE_EACH_OTHER', data: { modules: ['x', 'y'] } },
    ])
  })

  test('a module that is not installed is refused', () => {
    expect(codes(markUpgrade(rowsOf({ a: uninstalled }), ['a'], options).problems)).toEqual([
      'MODULE_NOT_INSTALLED',
    ])
  })

  test('what is missing outside of Odoo is refused, but not for uninstallable modules', () => {
    const missingExternal = () => 'the Python package zeep'
    const rows = rowsOf({ a: {}, off: {} })
    const modules = modulesOf({ a: [], off: { installable: false } })
    const { problems } = markUpgrade(rows, ['a', 'off'], { ...options, modules, missingExternal })
    expect(problems).toMatchObject([{ code: 'MODULE_EXTERNAL_DEPENDENCY', data: { module: 'a' } }])
  })
})

describe('marking for installation', () => {
  test('dependencies come first; demo data is taken over from them', () => {
    const rows = rowsOf({
      base: { demo: true },
      a: { ...uninstalled, depends: ['base'] },
      b: { ...uninstalled, depends: ['a'] },
    })
    const marking = markInstall(rows, ['b'], options)
    expect(marking.marks.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(marking.rows.get('b')).toMatchObject({ state: 'to install', demo: true })
  })

  test('an automatic module needs something of it to be installed just now', () => {
    const rows = rowsOf({
      base: {},
      x: uninstalled,
      already: { ...uninstalled, depends: ['base'], required: ['base'] },
      never: { ...uninstalled, depends: ['base'], required: [] },
      now: { ...uninstalled, depends: ['base', 'x'], required: ['base', 'x'] },
      half: { ...uninstalled, depends: ['x', 'other'], required: ['x', 'other'] },
      partly: { ...uninstalled, depends: ['x', 'other'], required: ['x'] },
      other: uninstalled,
    })
    expect(statesOf(markInstall(rows, ['x'], options).rows)).toEqual({
      ...{ base: 'installed', x: 'to install', now: 'to install', partly: 'to install' },
      // What a triggered module needs beside its triggers comes along, and triggers in turn.
      ...{ other: 'to install', half: 'to install', already: 'uninstalled', never: 'uninstalled' },
    })
  })

  test('scenario 27: on 18 countries limit automatic installation to companies in one of them', () => {
    const rows = rowsOf({
      x: uninstalled,
      local: { ...uninstalled, depends: ['x'], required: ['x'], countries: ['be'] },
    })
    const stateOn = (major: number, companyCountries: readonly string[]) =>
      statesOf(markInstall(rows, ['x'], { release: releaseOf(major), companyCountries }).rows).local
    expect(stateOn(18, [])).toBe('uninstalled')
    expect(stateOn(18, ['NL'])).toBe('uninstalled')
    expect(stateOn(18, ['NL', 'BE'])).toBe('to install')
    expect(stateOn(17, [])).toBe('to install')
  })

  test('a circle of dependencies is refused, and does not hang', () => {
    const rows = rowsOf({
      a: { ...uninstalled, depends: ['b'], required: ['b'] },
      b: { ...uninstalled, depends: ['a'], required: ['a'] },
    })
    expect(codes(markInstall(rows, ['a'], options).problems)).toEqual(['MODULE_DEPENDENCY_CYCLE'])
  })

  test('a category that is exclusive holds one module, or one and what it needs', () => {
    const rows = rowsOf({ a: uninstalled, b: { ...uninstalled, depends: ['a'] }, c: uninstalled })
    const exclusiveCategories = [{ name: 'Themes', modules: new Set(['a', 'b', 'c']) }]
    const problems = (names: readonly string[]) =>
      codes(markInstall(rows, names, { ...options, exclusiveCategories }).problems)
    expect(problems(['b'])).toEqual([])
    expect(problems(['b', 'c'])).toEqual(['MODULES_EXCLUSIVE_CATEGORY'])
  })
})
