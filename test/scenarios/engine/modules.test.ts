import { describe, expect, test } from 'vitest'
import { fingerprint } from '../../support/fingerprint.js'
import type { ProjectModules } from '../../support/odoo-project.js'
import type { InstalledModules } from '../../support/odoo-project-schema.js'
import { quickEngine, requestOf, say, sayAll, UpgradeBench } from '../../support/upgrade-bench.js'

const bench = new UpgradeBench(await quickEngine())

/** Modules that all have scripts of every phase in a folder of the release. */
function talking(series: string, modules: ProjectModules): ProjectModules {
  return Object.fromEntries(
    Object.entries(modules).map(([name, module]) => [
      name,
      { version: '2.0', scripts: sayAll(name, `${series}.2.0`), ...module },
    ]),
  )
}

const NEW = { state: 'uninstalled' }

describe('which modules are upgraded', () => {
  test('scenario 22: -u all upgrades base and all that is installed, and says "all" nowhere', async () => {
    const tree = await bench.tree('17.0', talking('17.0', { a: {}, z: {}, other: {} }))
    const database = await bench.database('16.0', { a: {}, z: {}, other: NEW })
    const { error, findings } = await bench.upgrade(database, requestOf({ to: '17.0', tree }))
    expect(error).toBeUndefined()
    expect(await bench.states(database)).toEqual({
      base: 'installed 17.0.1.3',
      a: 'installed 17.0.2.0',
      z: 'installed 17.0.2.0',
    })
    expect(findings.filter(({ message }) => /"all"/.test(message))).toEqual([])
  })

  test('scenario 23: -u a takes along what depends on it, and leaves the rest alone', async () => {
    const tree = await bench.tree(
      '17.0',
      talking('17.0', { a: {}, b: { depends: ['a'] }, c: { depends: ['b'] }, z: {} }),
    )
    const installed = { a: {}, b: { depends: ['a'] }, c: { depends: ['b'] }, z: {} }
    const database = await bench.database('17.0', installed)
    const request = requestOf({ to: '17.0', tree, update: ['a'] })
    expect((await bench.upgrade(database, request)).error).toBeUndefined()
    expect(await bench.states(database)).toMatchObject({
      base: 'installed 17.0.1.3',
      c: 'installed 17.0.2.0',
      z: 'installed 17.0.1.0',
    })
    expect((await bench.log(database)).filter((entry) => entry.startsWith('z'))).toEqual([])
  })

  /** b gains a dependency with one of its own, which an automatic module waits for. */
  const GAINED: ProjectModules = {
    a: {},
    b: { depends: ['a', 'new'] },
    c: { depends: ['b'] },
    new: { depends: ['newdep'] },
    newdep: {},
    auto: { depends: ['new', 'a'], autoInstall: true },
  }
  const BEFORE: InstalledModules = {
    ...{ a: {}, b: { depends: ['a'] }, c: { depends: ['b'] }, new: NEW, newdep: NEW, auto: NEW },
  }

  test('scenario 24: what is new is installed before b without its scripts; b and c come behind it', async () => {
    const tree = await bench.tree('17.0', talking('17.0', GAINED))
    const database = await bench.database('17.0', BEFORE)
    const request = requestOf({ to: '17.0', tree, update: ['a'] })
    const outcome = await bench.upgrade(database, request)
    expect(outcome.error).toBeUndefined()
    expect(loadsOf(outcome)).toEqual(['a', 'newdep', 'new', 'auto', 'b', 'c'])
    expect(await bench.log(database)).toEqual([
      ...['a:pre', 'a:post', 'b:pre', 'b:post', 'c:pre', 'c:post'],
      ...['a:end', 'b:end', 'c:end'],
    ])
    expect(Object.keys(await bench.states(database))).toHaveLength(7)
    expect(await bench.states(database)).toMatchObject({ auto: 'installed 17.0.2.0' })
  })

  test('scenario 25: with OpenUpgrade 16 in one pass, and new modules get their post scripts with no version', async () => {
    const telling = `export async function migrate(cr: any, version: string) {
      await cr.execute("INSERT INTO log (entry) VALUES ('new:post \\"" + version + "\\"')")
    }\n`
    const tree = await bench.tree('16.0', {
      ...talking('16.0', GAINED),
      new: {
        version: '2.0',
        depends: ['newdep'],
        scripts: {
          '16.0.2.0/pre-x.sql': say('new:pre'),
          '16.0.2.0/post-x.ts': telling,
          '16.0.2.0/end-x.sql': say('new:end'),
        },
      },
    })
    const database = await bench.database('15.0', BEFORE)
    const request = requestOf({ to: '16.0', tree, profile: 'openupgrade' })
    const outcome = await bench.upgrade(database, request)
    expect(outcome.error).toBeUndefined()
    expect(loadsOf(outcome)).toEqual(['base', 'a', 'newdep', 'new', 'b', 'c', 'auto'])
    const log = await bench.log(database)
    expect(log.filter((entry) => entry.startsWith('new'))).toEqual(['newdep:post', 'new:post ""'])
    expect(log.slice(-3)).toEqual(['a:end', 'b:end', 'c:end'])
  })

  test('scenario 26: automatic modules whose dependencies were all there come with OpenUpgrade 18 only', async () => {
    const modules = talking('18.0', {
      a: {},
      auto: { depends: ['a'], autoInstall: true },
      l10n_auto: { depends: ['a'], autoInstall: true },
      always: { depends: ['a'], autoInstall: [] },
    })
    const tree = await bench.tree('18.0', modules)
    const states = async (profile: 'odoo' | 'openupgrade') => {
      const database = await bench.database('17.0', { a: {}, auto: NEW, l10n_auto: NEW })
      const { error } = await bench.upgrade(database, requestOf({ to: '18.0', tree, profile }))
      expect(error).toBeUndefined()
      return Object.keys(await bench.states(database)).sort()
    }
    expect(await states('odoo')).toEqual(['a', 'base'])
    expect(await states('openupgrade')).toEqual(['a', 'always', 'auto', 'base'])
  })

  test('scenario 27: on 18 countries limit automatic installation to companies that are in one', async () => {
    const modules: ProjectModules = {
      a: { depends: ['base', 'added'] },
      added: {},
      for_belgium: { depends: ['added'], autoInstall: true, countries: ['be'] },
      for_france: { depends: ['added'], autoInstall: true, countries: ['fr'] },
    }
    const tree = await bench.tree('18.0', modules)
    // The company's partner is in France.
    const database = await bench.database('17.0', { a: {}, added: NEW })
    const request = requestOf({ to: '18.0', tree })
    const planned = await bench.plan(database, request)
    const { error } = await bench.upgrade(database, request)
    expect(error).toBeUndefined()
    expect(Object.keys(await bench.states(database)).sort()).toEqual([
      ...['a', 'added', 'base', 'for_france'],
    ])
    expect(planned.hops[0]?.modules.map(({ name }) => name)).toContain('for_france')
  })
})

describe('modules that stay out', () => {
  test('scenario 28: missing from disk, a module stays "to upgrade" and wants a person', async () => {
    const tree = await bench.tree('17.0', talking('17.0', { a: {} }))
    const database = await bench.database('16.0', { a: {}, gone: {} })
    const { error, findings } = await bench.upgrade(database, requestOf({ to: '17.0', tree }))
    expect(error).toBeUndefined()
    expect(await bench.states(database)).toMatchObject({ gone: 'to upgrade 16.0.1.0' })
    expect(findings).toContainEqual(expect.objectContaining({ code: 'MODULE_MISSING' }))
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'MODULES_UNFINISHED',
        severity: 'warning',
        data: { state: 'to upgrade', modules: ['gone'] },
      }),
    )
  })

  test.each<[string, ProjectModules, InstalledModules, string]>([
    [
      'scenario 29: a dependency that nobody knows',
      { a: { depends: ['base', 'nowhere'] } },
      { a: {} },
      'MODULE_DEPENDENCY_UNKNOWN',
    ],
    [
      'scenario 30: installed modules that exclude each other',
      { x: { excludes: ['y'] }, y: {} },
      { x: {}, y: {} },
      'MODULES_EXCLUDE_EACH_OTHER',
    ],
    [
      'scenario 61: an installed module with an invalid version',
      { a: { version: '17.0.1.0.0.0' } },
      { a: {} },
      'MODULE_MANIFEST_BROKEN',
    ],
  ])('%s refuses the run before its first step', async (_, modules, installed, code) => {
    const tree = await bench.tree('17.0', modules)
    const database = await bench.database('16.0', installed)
    const before = await bench.inside(database, fingerprint)
    const { error, events } = await bench.upgrade(database, requestOf({ to: '17.0', tree }))
    expect(error).toMatchObject({ code: 'PLAN_REFUSED', data: { findings: [{ code }] } })
    expect(events).toEqual([])
    expect(await bench.inside(database, fingerprint)).toEqual(before)
  })
})

describe('demo data', () => {
  test.each([
    [false, 'is given up'],
    [true, 'is kept'],
  ])('scenario 60: with OpenUpgrade and OPENUPGRADE_USE_DEMO (%s) it %s', async (useDemo) => {
    const tree = await bench.tree('16.0', talking('16.0', { a: {}, b: {} }))
    const demo = { demo: true }
    const database = await bench.database('15.0', {
      base: { version: '15.0.1.3', ...demo },
      a: demo,
      b: demo,
    })
    const request = requestOf({ to: '16.0', tree, profile: 'openupgrade' }, { useDemo })
    expect((await bench.upgrade(database, request)).error).toBeUndefined()
    expect(await bench.column(database, 'SELECT DISTINCT demo FROM ir_module_module')).toEqual([
      useDemo,
    ])
  })
})

function loadsOf({ events }: { readonly events: readonly (readonly [string, object])[] }) {
  return events.flatMap(([name, event]) =>
    name === 'stepStarted' && 'name' in event && String(event.name).endsWith(':load')
      ? [String(event.name).replace(':load', '')]
      : [],
  )
}
