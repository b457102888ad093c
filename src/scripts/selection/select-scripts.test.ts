import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MODULE_STATES } from '../../odoo/modules/index.js'
import {
  discoveredOf,
  type GivenFiles,
  type GivenTurn,
  planOf,
} from './fixtures/build-selection.js'
import { explainDecision, isPhaseRun, migrationLogLine, selectScripts } from './index.js'

const select = (files: GivenFiles, turn: GivenTurn = {}, pythonOnly = false) =>
  selectScripts({ plan: planOf(turn), discovered: discoveredOf(files), pythonOnly })

const pathsOf = (files: GivenFiles, turn: GivenTurn = {}) =>
  select(files, turn).all.map((script) => script.file)

describe('order of scripts', () => {
  const everywhere = {
    'migrations/17.0.1.1': ['pre-9.py', 'pre-b.py'],
    'upgrades/17.0.1.1': ['pre-B.py', 'pre-b.py'],
    'path1/17.0.1.1': ['pre-10.py', 'pre-b.py'],
    'path2/17.0.1.1': ['pre-a.py', 'pre-b.py'],
  }
  const on = (major: number): GivenFiles =>
    Object.fromEntries(
      Object.entries(everywhere).map(([path, names]) => [
        path.replace('17.0', `${major}.0`),
        names,
      ]),
    )

  test.each([15, 16, 17, 18])(
    'scenario 37: on %i files run by base name, copies in the order of the sources',
    (major) => {
      const v = `${major}.0.1.1`
      expect(pathsOf(on(major), { major })).toEqual([
        ...[`/path1/m/${v}/pre-10.py`, `/addons/m/migrations/${v}/pre-9.py`],
        ...[`/addons/m/upgrades/${v}/pre-B.py`, `/path2/m/${v}/pre-a.py`],
        ...[`/addons/m/migrations/${v}/pre-b.py`, `/addons/m/upgrades/${v}/pre-b.py`],
        ...[`/path1/m/${v}/pre-b.py`, `/path2/m/${v}/pre-b.py`],
      ])
    },
  )

  test('copies of a script are told, with all their paths', () => {
    expect(select(everywhere).findings).toMatchObject([
      { code: 'SCRIPT_DUPLICATE', severity: 'info', data: { module: 'm' } },
    ])
    expect(select(everywhere).findings[0]?.data?.files).toHaveLength(4)
  })

  test('scenario 38: on 14 files of the upgrade path come first, then migrations, then upgrades', () => {
    const { 'path2/14.0.1.1': _, ...first } = on(14)
    expect(pathsOf(first, { major: 14 })).toEqual([
      ...['/path1/m/14.0.1.1/pre-10.py', '/path1/m/14.0.1.1/pre-b.py'],
      ...['/addons/m/migrations/14.0.1.1/pre-9.py', '/addons/m/migrations/14.0.1.1/pre-b.py'],
      ...['/addons/m/upgrades/14.0.1.1/pre-B.py', '/addons/m/upgrades/14.0.1.1/pre-b.py'],
    ])
  })

  test('scenario 36: 0.0.0 runs first in pre, last in post and end', () => {
    const names = ['pre-x.py', 'post-x.py', 'end-x.py']
    const files = { 'migrations/0.0.0': names, 'path1/17.0.1.0': names, 'path1/17.0.1.1': names }
    expect(select(files).all.map(({ phase, directory }) => `${phase} ${directory}`)).toEqual([
      ...['pre 0.0.0', 'pre 17.0.1.0', 'pre 17.0.1.1'],
      ...['post 17.0.1.0', 'post 17.0.1.1', 'post 0.0.0'],
      ...['end 17.0.1.0', 'end 17.0.1.1', 'end 0.0.0'],
    ])
  })

  test('scenario 40: folders of equal versions all run, by source, then name', () => {
    const files = {
      'path1/1.1': ['pre-x.py'],
      'path1/01.1': ['pre-x.py'],
      'migrations/17.0.1.1.0': ['pre-x.py'],
      'upgrades/17.0.1.1': ['pre-x.py'],
    }
    expect(select(files).all.map((script) => script.directory)).toEqual([
      ...['17.0.1.1.0', '17.0.1.1', '01.1', '1.1'],
    ])
  })

  test('the order in which folders and files are found never matters', () => {
    const directory = fc.tuple(
      fc.constantFrom('migrations', 'upgrades', 'path1', 'path2'),
      fc.constantFrom('0.0.0', '1.1', '01.1', '17.0.1.0', '17.0.1.1', '17.0.1.1.0', 'foo', '1.0.1'),
      fc.uniqueArray(
        fc.constantFrom('pre-a.py', 'pre-b.py', 'post-a.py', 'end-a.sql', 'readme.md', 'pre_x.py'),
      ),
    )
    const directories = fc.uniqueArray(directory, {
      selector: ([source, version]) => `${source}/${version}`,
    })
    const cases = directories.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
        fc.constantFrom(14, 15, 16, 17, 18),
      ),
    )
    const files = (list: readonly (readonly [string, string, readonly string[]])[]) =>
      Object.fromEntries(list.map(([source, version, names]) => [`${source}/${version}`, names]))
    fc.assert(
      fc.property(cases, ([list, shuffled, major]) => {
        const turned = shuffled.map(
          ([source, version, names]) => [source, version, names.toReversed()] as const,
        )
        expect(pathsOf(files(turned), { major })).toEqual(pathsOf(files(list), { major }))
      }),
    )
  })
})

describe('which phases run', () => {
  const files = { 'migrations/17.0.1.1': ['pre-x.py', 'post-x.py', 'end-x.py'] }
  const phases = (turn: GivenTurn) => select(files, turn).all.map(({ phase }) => phase)

  test('scenario 41: the matrix of states, flag and loaded states', () => {
    const asked = (['pre', 'post'] as const).flatMap((phase) =>
      MODULE_STATES.flatMap((state) =>
        [true, false].map((updateFlag) => ({
          key: `${phase} ${state} ${updateFlag}`,
          runs: isPhaseRun(phase, { state, updateFlag, loadState: null }),
        })),
      ),
    )
    for (const { key, runs } of asked) {
      const [, ...words] = key.split(' ')
      const flagged = words.at(-1) === 'true'
      const state = words.slice(0, -1).join(' ')
      expect([key, runs]).toEqual([
        key,
        state !== 'to install' && (state === 'to upgrade' || flagged),
      ])
    }
    const loadStates = ['to upgrade', 'installed', 'to install', null] as const
    const ends = loadStates.flatMap((loadState) =>
      [true, false].map((updateFlag) =>
        MODULE_STATES.map((state) => isPhaseRun('end', { state, updateFlag, loadState })),
      ),
    )
    const all = (value: boolean) => MODULE_STATES.map(() => value)
    expect(ends).toEqual([
      ...[all(true), all(true)],
      ...[all(true), all(false)],
      ...[all(false), all(false)],
      ...[all(true), all(false)],
    ])
  })

  test('an upgraded module runs all phases; one flagged while installed runs no end scripts', () => {
    expect(phases({})).toEqual(['pre', 'post', 'end'])
    expect(phases({ stateBefore: 'installed' })).toEqual(['pre', 'post'])
    expect(phases({ stateBefore: 'installed', endFlag: true })).toEqual(['pre', 'post', 'end'])
    expect(phases({ stateBefore: 'installed', updateFlag: false, initFlag: true })).toEqual([])
  })

  test('scenario 24: a module that is newly installed runs none in plain Odoo', () => {
    const turn = { stateBefore: 'to install', installedVersion: null } as const
    expect(phases(turn)).toEqual([])
    expect(select(files, turn).decisions.map(({ reason }) => reason)).toEqual([
      ...['new-install', 'new-install', 'new-install'],
    ])
  })

  test.each([
    [14, ['pre', 'post']],
    [15, ['pre', 'post']],
    [16, ['post']],
    [17, ['post']],
    [18, ['pre', 'post']],
  ])('scenario 25: with OpenUpgrade %i it runs %j, with an empty version', (major, expected) => {
    const v = `${major}.0.1.1`
    const names = ['pre-x.py', 'post-x.py', 'end-x.py']
    const turn: GivenTurn = {
      major,
      profile: 'openupgrade',
      stateBefore: 'to install',
      installedVersion: null,
    }
    const { all } = select({ [`path1/${v}`]: names }, turn)
    expect(all.map(({ phase, installedVersion }) => [phase, installedVersion])).toEqual(
      expected.map((phase) => [phase, '']),
    )
    const notAsked = select({ [`path1/${v}`]: names }, { ...turn, updateFlag: false })
    expect(notAsked.all).toEqual([])
    expect(notAsked.decisions.map(({ reason }) => reason)).toContain('new-install-not-asked-for')
  })

  test('scenario 48: every phase gets the version before the run', () => {
    const given = select(files, { installedVersion: '17.0.1.0' })
    expect(given.all.map((script) => script.installedVersion)).toEqual([
      ...['17.0.1.0', '17.0.1.0', '17.0.1.0'],
    ])
  })
})

describe('what is passed over', () => {
  test('scenario 39: files with other names never run; those that look like scripts are told', () => {
    const names = ['prefix.py', 'pre-c.PY', '.pre-h.py', 'pre-c.d.ts', 'README', 'pre_d.py']
    const { all, decisions, findings } = select({ 'migrations/1.1': names })
    expect(all).toEqual([])
    expect(decisions.every(({ reason }) => reason === 'not-a-script')).toBe(true)
    expect(findings.map(({ code, place }) => [code, place?.file])).toEqual([
      ['SCRIPT_NAME_SUSPECT', '/addons/m/migrations/1.1/pre-c.PY'],
      ['SCRIPT_NAME_SUSPECT', '/addons/m/migrations/1.1/pre_d.py'],
    ])
  })

  test('scenario 39: SQL and TypeScript run as scripts of moult, unless only Python is wanted', () => {
    const names = ['pre-a.sql', 'pre-b.py', 'pre-c.ts', 'pre-d.mjs', 'pre-e.js']
    const files = { 'path1/1.1': names }
    expect(select(files).all.map(({ name, language }) => [name, language])).toEqual([
      ['pre-a.sql', 'sql'],
      ['pre-b.py', 'python'],
      ['pre-c.ts', 'typescript'],
      ['pre-d.mjs', 'typescript'],
      ['pre-e.js', 'typescript'],
    ])
    const parity = select(files, {}, true)
    expect(parity.all.map(({ name }) => name)).toEqual(['pre-b.py'])
    expect(parity.decisions.filter(({ reason }) => reason === 'not-python')).toHaveLength(4)
  })

  test('scenario 42: "tests" is passed over in silence, "foo" with a warning that has its path', () => {
    const names = ['pre-x.py']
    const files = { 'path1/tests': names, 'path1/foo': names, 'path1/__pycache__': names }
    expect(select(files).findings).toMatchObject([
      {
        code: 'SCRIPT_VERSION_INVALID',
        message: "Invalid version for upgrade script '/path1/m/foo'",
      },
    ])
    expect(select(files, { major: 16 }).findings).toEqual([])
  })

  test("OpenUpgrade 18 leaves out Odoo's own analytic/1.2, not its own scripts of that name", () => {
    const names = ['pre-x.py']
    const plan = planOf({
      major: 18,
      profile: 'openupgrade',
      name: 'analytic',
      targetVersion: '18.0.1.2',
    })
    const discovered = discoveredOf({ 'upgrades/1.2': names, 'path1/1.2': names }, 'analytic')
    const { all, decisions } = selectScripts({ plan, discovered })
    expect(all.map((script) => script.file)).toEqual(['/path1/m/1.2/pre-x.py'])
    expect(decisions[0]).toMatchObject({
      reason: 'odoo-script-dropped-by-openupgrade',
      path: '/addons/m/upgrades/1.2',
    })
    const plain = selectScripts({ plan: { ...plan, profile: 'odoo' }, discovered })
    expect(plain.all).toHaveLength(2)
  })

  test('folders of modules that are not loaded, and shadowed ones, are explained', () => {
    const discovered = {
      modules: discoveredOf({ 'path1/1.1': ['pre-x.py'] }, 'other').modules,
      shadowed: [{ module: 'm', folder: '/b/m/migrations', by: '/a/m/migrations' }],
    }
    expect(selectScripts({ plan: planOf(), discovered }).decisions.map(explainDecision)).toEqual([
      '/path1/m/1.1 does not run: module other is not loaded in this run',
      '/b/m/migrations does not run: /a/m/migrations stands before it',
    ])
  })
})

describe('explanations', () => {
  const files = {
    'path1/17.0.1.0': ['pre-x.py'],
    'path1/17.0.1.1': ['pre-x.py'],
    'path1/17.0.1.2': ['pre-x.py'],
    'path1/0.0.0': ['pre-x.py'],
    'path1/v2': ['pre-x.py'],
  }
  const sentences = (turn: GivenTurn) => select(files, turn).decisions.map(explainDecision)

  test('each script has a sentence that says why', () => {
    expect(sentences({ installedVersion: '17.0.1.0' })).toEqual([
      '/path1/m/v2 does not run: the folder\'s name "v2" is no version',
      '/path1/m/0.0.0/pre-x.py runs: the folder runs whenever the version grows, here from 17.0.1.0 to 17.0.1.1',
      '/path1/m/17.0.1.0/pre-x.py does not run: 17.0.1.0 is not greater than the installed version (17.0.1.0)',
      "/path1/m/17.0.1.1/pre-x.py runs: 17.0.1.1 is greater than the installed version (17.0.1.0) and not greater than the manifest's (17.0.1.1)",
      "/path1/m/17.0.1.2/pre-x.py does not run: 17.0.1.2 is greater than the manifest's version (17.0.1.1)",
    ])
  })

  test.each([
    ['same-version', { installedVersion: '17.0.1.1' }],
    ['downgrade', { installedVersion: '17.0.9.0' }],
    ['not-updated', { stateBefore: 'installed', updateFlag: false }],
    ['new-install', { stateBefore: 'to install' }],
  ] as const)('the reason %s is given', (reason, turn) => {
    const decisions = select(files, turn).decisions.filter(({ phase }) => phase !== undefined)
    expect(new Set(decisions.map((decision) => decision.reason))).toEqual(new Set([reason]))
    expect(decisions.map(explainDecision).every((text) => text.includes('does not run: '))).toBe(
      true,
    )
  })
})

test('scenario 49: log lines are those of Odoo', () => {
  const files = { 'migrations/1.1': ['pre-migration.py', 'post-b.py', 'end-c.py'] }
  expect(select(files).all.map(migrationLogLine)).toEqual([
    'module m: Running migration [>1.1] pre-migration',
    'module m: Running migration [1.1>] post-b',
    'module m: Running migration [$1.1] end-c',
  ])
})
