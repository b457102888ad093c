import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../base/index.js'
import { modulesOf, releaseOf, rowsOf, statesOf } from './fixtures/build-modules.js'
import { type ModulePlan, type ModulePlanRequest, moduleRows, planModules } from './index.js'

const uninstalled = { state: 'uninstalled' } as const

/** Installed b gains a dependency; see scenario 24. */
const GAINED = {
  rows: rowsOf({
    base: {},
    a: { depends: ['base'] },
    b: { depends: ['a'] },
    c: { depends: ['b'] },
    new: uninstalled,
    newdep: uninstalled,
    auto: uninstalled,
  }),
  modules: modulesOf({
    base: { version: '17.0.1.3' },
    ...{ a: ['base'], b: ['a', 'new'], c: ['b'], new: ['newdep'], newdep: ['base'] },
    auto: { depends: ['new', 'a'], autoInstall: true },
  }),
}

const planned = (given: Partial<ModulePlanRequest>) =>
  planModules({
    ...GAINED,
    release: releaseOf(17),
    profile: 'odoo',
    update: ['all'],
    ...given,
  })

const passesOf = (plan: ModulePlan) =>
  plan.passes.map(({ kind, total, modules }) => [
    kind,
    total,
    modules.filter((module) => module.processed).map(({ name }) => name),
  ])

const codesOf = (plan: ModulePlan) => plan.findings.map(({ code }) => code)

describe('passes of plain Odoo', () => {
  test('scenario 24: new dependencies and what they trigger load before b; b and c in a second round', () => {
    const plan = planned({ update: ['a'] })
    expect(passesOf(plan)).toEqual([
      ['base', 1, []],
      ['installed', 2, ['a']],
      ['installed', 2, []],
      ['to install', 5, ['newdep', 'new', 'auto']],
      ['installed', 7, ['b', 'c']],
    ])
    expect(plan.notLoaded).toEqual([])
    expect(statesOf(plan.finalRows)).toEqual(
      Object.fromEntries([...GAINED.modules.keys()].map((name) => [name, 'installed'])),
    )
  })

  test('scenario 22: -u all upgrades base and all that is installed; nothing is called "all"', () => {
    const plan = planned({})
    expect(passesOf(plan)[0]).toEqual(['base', 1, ['base']])
    expect(plan.marks.filter(({ to }) => to === 'to upgrade').map(({ name }) => name)).toEqual([
      'base',
      'a',
      'b',
      'c',
    ])
    expect(codesOf(plan)).not.toContain('MODULE_NAME_UNKNOWN')
    const flags = plan.passes.flatMap((pass) => pass.modules.map((module) => module.updateFlag))
    expect(new Set(flags)).toEqual(new Set([true]))
  })

  test('scenario 23: what is not named, and does not depend on it, is loaded without being touched', () => {
    const plan = planned({
      rows: rowsOf({ base: {}, a: { depends: ['base'] }, z: { depends: ['base'] } }),
      modules: modulesOf({ base: [], a: ['base'], z: ['base'] }),
      update: ['a'],
    })
    expect(passesOf(plan)).toEqual([
      ['base', 1, []],
      ['installed', 3, ['a']],
    ])
    expect(plan.finalRows.get('z')).toMatchObject({ state: 'installed', latestVersion: '16.0.1.0' })
    expect(plan.endModules.map(({ name, loadState }) => [name, loadState])).toEqual([
      ['base', null],
      ['a', 'to upgrade'],
      ['z', null],
    ])
  })

  test('scenario 26: automatic modules whose dependencies were all there stay uninstalled', () => {
    const given = {
      rows: rowsOf({ base: {}, a: { depends: ['base'] } }),
      modules: modulesOf({
        base: [],
        a: ['base'],
        gap: { depends: ['a'], autoInstall: true },
        empty: { depends: ['a'], autoInstall: [] },
        l10n_xx: { depends: ['a'], autoInstall: true },
      }),
    }
    const plain = planned(given)
    expect(statesOf(plain.finalRows)).toMatchObject({ gap: 'uninstalled', empty: 'uninstalled' })
    expect(plain.findings).toMatchObject([
      { code: 'MODULES_AUTO_INSTALLABLE', data: { modules: ['empty', 'gap', 'l10n_xx'] } },
    ])
    const openUpgrade = planned({ ...given, release: releaseOf(18), profile: 'openupgrade' })
    expect(statesOf(openUpgrade.finalRows)).toMatchObject({
      ...{ gap: 'installed', l10n_xx: 'uninstalled' },
    })
    const excluded = planned({
      ...{ ...given, autoInstall: 'fresh', autoInstallExclude: ['gap'] },
    })
    expect(statesOf(excluded.finalRows)).toMatchObject({
      ...{ gap: 'uninstalled', empty: 'installed', l10n_xx: 'installed' },
    })
  })

  test('scenario 54: -i of an installed module is refused; when forced it is loaded as if new', () => {
    expect(() => planned({ update: [], init: ['a'] })).toThrow(
      expect.objectContaining({ code: 'INIT_OF_INSTALLED_MODULE', data: { modules: ['a'] } }),
    )
    const forced = planned({ update: [], init: ['a'], forceInit: true })
    const module = forced.passes.flatMap((pass) => pass.modules).find(({ name }) => name === 'a')
    expect(module).toMatchObject({
      ...{ stateBefore: 'installed', isNew: false, initFlag: true, updateFlag: false },
      ...{ processed: true, mode: 'init', targetVersion: '17.0.1.0' },
    })
  })

  test('scenario 55: without options only what was left over is done', () => {
    const plan = planned({
      rows: rowsOf({ base: {}, left: { state: 'to upgrade' }, coming: { state: 'to install' } }),
      modules: modulesOf({ base: [], left: ['base'], coming: ['base'] }),
      update: [],
    })
    expect(passesOf(plan)).toEqual([
      ['base', 1, []],
      ['installed', 2, ['left']],
    ])
    expect(statesOf(plan.finalRows).coming).toBe('to install')
  })

  test('scenario 62: names are taken with their blanks; what no module is called is told', () => {
    const plan = planned({ update: ['a', ' b'] })
    expect(plan.findings).toMatchObject([{ code: 'MODULE_NAME_UNKNOWN', data: { name: ' b' } }])
  })

  test.each([
    ['a root module', [], {}, true, false],
    ['a module on others with demo data', ['base'], { demo: true }, true, true],
    ['a module on others without', ['base'], {}, false, false],
  ] as const)(
    'scenario 63: %s that -i installs gets demo data, or not',
    (_, depends, base, byDefault, without) => {
      const demoOf = (withoutDemo: boolean) =>
        planned({
          ...{ update: [], init: ['x'], withoutDemo },
          rows: rowsOf({ base }),
          modules: modulesOf({ base: [], x: depends }),
        })
          .passes.flatMap((pass) => pass.modules)
          .find(({ name }) => name === 'x')?.demo
      expect([demoOf(false), demoOf(true)]).toEqual([byDefault, without])
    },
  )

  test('modules with demo data load it again, if their father has some', () => {
    const plan = planned({
      rows: rowsOf({ base: {}, a: { demo: true, depends: ['base'] }, r: { demo: true } }),
      modules: modulesOf({ base: [], a: ['base'], r: [] }),
    })
    expect(statesOf(plan.finalRows)).toEqual({ base: 'installed', a: 'installed', r: 'installed' })
    expect([...plan.finalRows.values()].filter((row) => row.demo).map(({ name }) => name)).toEqual([
      'r',
    ])
  })
})

test('the order of rows and modules never matters', () => {
  const names = [...GAINED.rows.keys()]
  const shuffled = fc.shuffledSubarray(names, { minLength: names.length })
  const facts = (plan: ModulePlan) => [
    passesOf(plan),
    Object.entries(statesOf(plan.finalRows)).sort(),
    plan.endModules,
  ]
  fc.assert(
    fc.property(
      fc.tuple(shuffled, shuffled, fc.constantFrom('odoo', 'openupgrade'), fc.boolean()),
      ([rows, modules, profile, all]) => {
        const given = { profile, update: [all ? 'all' : 'a'] } as const
        const turned = planned({
          ...given,
          rows: moduleRows(rows.flatMap((name) => GAINED.rows.get(name) ?? [])),
          modules: new Map(
            [...GAINED.modules].sort(([a], [b]) => modules.indexOf(a) - modules.indexOf(b)),
          ),
        })
        expect(facts(turned)).toEqual(facts(planned(given)))
      },
    ),
  )
})

describe('passes of OpenUpgrade', () => {
  const profile = 'openupgrade'

  test.each([14, 15, 16, 17, 18])(
    'scenario 25: on %i new dependencies load in one pass, each before what needs it',
    (major) => {
      const plan = planned({ profile, release: releaseOf(major), update: ['all'] })
      expect(passesOf(plan)).toEqual([
        ['base', 1, ['base']],
        ['installed', 6, ['a', 'newdep', 'new', 'b', 'c']],
        ['to install', 7, ['auto']],
      ])
      const newdep = plan.passes[1]?.modules.find(({ name }) => name === 'newdep')
      expect(newdep).toMatchObject({ index: 3, isNew: true, installedVersion: null })
    },
  )

  test('scenario 60: demo data of a database of an older series is switched off', () => {
    const rows = rowsOf({ base: { demo: true }, a: { depends: ['base'], demo: true } })
    const demo = (given: Partial<ModulePlanRequest>) =>
      [...planned({ rows, profile, ...given }).finalRows.values()].filter((row) => row.demo).length
    expect(demo({})).toBe(0)
    expect(demo({ useDemo: true })).toBe(2)
    expect(demo({ useDemo: true, release: releaseOf(14) })).toBe(2)
    expect(demo({ profile: 'odoo' })).toBe(2)
  })

  test('the second pass flags anew what it is built on, and so what it installs', () => {
    const given = {
      rows: rowsOf({ base: {}, a: { depends: ['base'] }, b: { depends: ['a'] } }),
      modules: modulesOf({
        ...{ base: [], a: ['base'], new: ['base'], b: ['a', 'new'] },
        auto: { depends: ['new', 'a'], autoInstall: true },
      }),
      update: ['a'],
    }
    const flagOf = (plan: ModulePlan) =>
      plan.passes.flatMap((pass) => pass.modules).find(({ name }) => name === 'auto')
    expect(flagOf(planned({ ...given, profile }))).toMatchObject({ isNew: true, updateFlag: true })
    expect(flagOf(planned(given))).toMatchObject({ isNew: true, updateFlag: false })
  })
})

describe('modules that the target does not have', () => {
  const given = {
    rows: rowsOf({ base: {}, gone: { depends: ['base'] }, top: { depends: ['gone'] } }),
    modules: modulesOf({ base: { version: '17.0.1.3' }, top: ['gone'], other: ['base'] }),
  }

  test('scenario 28: undecided, it stays "to upgrade"; it and its dependants are told', () => {
    const plan = planned(given)
    expect(statesOf(plan.finalRows)).toMatchObject({ gone: 'to upgrade', top: 'to upgrade' })
    expect(plan.notLoaded).toEqual([
      { name: 'gone', state: 'to upgrade', reason: 'missing', missing: [] },
      { name: 'top', state: 'to upgrade', reason: 'unmet', missing: ['gone'] },
    ])
    expect(plan.findings).toMatchObject([
      { code: 'MODULE_MISSING', severity: 'warning', data: { dependants: ['top'] } },
      { code: 'MODULE_NOT_LOADED', data: { module: 'top', missing: ['gone'] } },
    ])
  })

  test('kept, it stays as it is without a word', () => {
    const plan = planned({ ...given, decisions: new Map([['gone', 'keep']]) })
    expect(plan.finalRows.get('gone')).toEqual(given.rows.get('gone'))
    expect(codesOf(plan)).not.toContain('MODULE_MISSING')
  })

  test('uninstalled, it is removed behind everything else', () => {
    const plan = planned({ ...given, decisions: new Map([['gone', 'uninstall']]) })
    expect(plan.removals).toEqual(['gone'])
    expect(plan.marks).toContainEqual({
      ...{ name: 'gone', from: 'installed', to: 'to remove', reason: { kind: 'decision' } },
    })
  })

  test('replaced, it is merged into the other module', () => {
    const modules = modulesOf({ base: { version: '17.0.1.3' }, top: ['other'], other: ['base'] })
    const decisions = new Map([['gone', { replacedBy: 'other' }]])
    const plan = planned({ ...given, modules, decisions })
    expect(plan.renames).toMatchObject([{ old: 'gone', new: 'other', source: 'decision' }])
    expect(statesOf(plan.finalRows)).toEqual({
      ...{ base: 'installed', other: 'installed', top: 'installed' },
    })
    expect(codesOf(plan)).toEqual([])
  })

  test('a replacement that is not there, and a decision nobody needs, are told', () => {
    const plan = planned({
      ...given,
      decisions: new Map<string, 'keep' | { replacedBy: string }>([
        ['gone', { replacedBy: 'nowhere' }],
        ['base', 'keep'],
      ]),
    })
    expect(codesOf(plan)).toEqual(
      expect.arrayContaining(['MODULE_DECISION_INVALID', 'MODULE_DECISION_UNUSED']),
    )
  })

  test('imported modules and studio_customization never were on disk', () => {
    const rows = rowsOf({ base: {}, studio_customization: {}, mine: { imported: true } })
    const codes = (major: number) =>
      codesOf(planned({ rows, modules: modulesOf({ base: [] }), release: releaseOf(major) }))
    expect(codes(17)).toEqual([])
    expect(codes(16)).toEqual(['MODULE_MISSING'])
  })
})

describe('what would break the run off', () => {
  test('scenario 29: a dependency that nobody knows is an error before anything is done', () => {
    const plan = planned({
      rows: rowsOf({ base: {}, a: {} }),
      modules: modulesOf({ base: [], a: ['nowhere'] }),
    })
    expect(plan.findings).toMatchObject([
      { code: 'MODULE_DEPENDENCY_UNKNOWN', severity: 'error' },
      { code: 'MODULE_NOT_LOADED', severity: 'warning' },
    ])
  })

  test('scenario 30: so are modules that exclude each other', () => {
    const plan = planned({
      rows: rowsOf({ base: {}, x: {}, y: {} }),
      modules: modulesOf({ base: [], x: { excludes: ['y'] }, y: [] }),
    })
    expect(plan.findings).toMatchObject([{ code: 'MODULES_EXCLUDE_EACH_OTHER', severity: 'error' }])
  })

  test('scenario 61: so is an installed module whose manifest is broken, but not one that is not installed', () => {
    const problem = new UserError('MANIFEST_VERSION_INVALID', 'Invalid version', { hint: 'Mend' })
    const plan = planned({
      rows: rowsOf({ base: {}, x: {}, y: uninstalled }),
      modules: modulesOf({ base: [], x: { problem }, y: { problem } }),
    })
    expect(plan.findings).toMatchObject([
      { code: 'MODULE_MANIFEST_BROKEN', severity: 'error', data: { module: 'x' } },
    ])
  })

  test('base must be there', () => {
    expect(() => planned({ modules: modulesOf({ a: [] }) })).toThrow(
      expect.objectContaining({ code: 'MODULE_BASE_MISSING' }),
    )
  })
})

describe('names and configuration', () => {
  test('renames happen only when base gets a new version', () => {
    const apriori = { renamedModules: new Map([['old', 'a']]), mergedModules: new Map() }
    const modules = modulesOf({ base: { version: '17.0.1.3' }, a: ['base'] })
    const names = (latestVersion: string) => {
      const rows = rowsOf({ base: { latestVersion }, old: {} })
      return planned({ rows, modules, apriori }).renames.map((rename) => rename.new)
    }
    expect(names('16.0.1.3')).toEqual(['a'])
    expect(names('17.0.1.3')).toEqual([])
  })

  test('forced dependencies decide on order and installation, and leave no row behind', () => {
    const stanza = {
      autoinstall: new Map([['a', ['extra']]]),
      forceDeps: new Map([['a', ['z']]]),
    }
    const plan = planned({
      rows: rowsOf({ base: {}, a: { depends: ['base'] } }),
      modules: modulesOf({ base: [], a: ['base'], z: ['base'], extra: ['base'] }),
      profile: 'openupgrade',
      stanza,
    })
    expect(passesOf(plan).slice(1)).toEqual([
      ['installed', 3, ['z', 'a']],
      ['to install', 4, ['extra']],
    ])
    expect(plan.finalRows.get('a')?.dependencies.map(({ name }) => name)).toEqual(['base'])
    expect(plan.listChanges.map(({ row }) => row.name)).toEqual(['extra', 'z'])
  })

  test('what the processed modules need outside of Odoo is listed', () => {
    const externalDependencies = { python: ['zeep'], bin: ['wkhtmltopdf'] }
    const plan = planned({
      rows: rowsOf({ base: {}, a: { depends: ['base'] } }),
      modules: modulesOf({ base: [], a: { depends: ['base'], externalDependencies } }),
    })
    expect([...plan.external]).toEqual([['a', externalDependencies]])
  })
})
