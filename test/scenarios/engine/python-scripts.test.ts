import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { UpgradeRequest } from '../../../src/upgrade/planning/index.js'
import { quickEngine, requestOf, UpgradeBench } from '../../support/upgrade-bench.js'

const bench = new UpgradeBench(await quickEngine())

const tell = (text: string) => `cr.execute("INSERT INTO log (entry) VALUES (%s)", (${text},))`
const migrate = (parameters: string, body: string) => `def migrate(${parameters}):\n    ${body}\n`

/** Runs a module's scripts to a release; the names of files are `pre-<key>.py`. */
async function run(
  series: '17.0' | '18.0',
  scripts: Readonly<Record<string, string>>,
  more: Partial<UpgradeRequest>,
) {
  const files = Object.entries(scripts).map(([key, text]) => [`${series}.2.0/pre-${key}.py`, text])
  const tree = await bench.tree(series, {
    a: { version: '2.0', scripts: Object.fromEntries(files) },
  })
  const database = await bench.database(series, { a: {} })
  const request = requestOf({ to: series, tree, update: ['a'] }, more)
  const outcome = await bench.upgrade(database, request)
  const failed = outcome.findings
    .filter(({ severity, message }) => severity === 'error' && /^a /.test(message))
    .map(({ code, place }) => `${basename(place?.file ?? '').slice(4, -3)} ${code}`)
  return {
    ...outcome,
    failed,
    log: await bench.log(database),
    states: await bench.states(database),
  }
}

const GOOD = migrate('cr, version', tell("'good'"))
const WITHOUT = 'def other(cr, version):\n    pass\n'
const ATTRIBUTE = 'import os\nos.no_such_thing\n'

describe('scripts without a migrate that can be called', () => {
  test.each(['17.0', '18.0'] as const)('scenarios 44, 45: end the run to %s', async (series) => {
    const { failed, log } = await run(
      series,
      { '1': WITHOUT, '2': ATTRIBUTE, '3': GOOD },
      { keepGoing: true },
    )
    expect(failed).toEqual(['1 SCRIPT_INVALID', expect.stringMatching(/^2 SCRIPT_/)])
    expect(log).toEqual(['good'])
  })

  test('scenarios 44, 45: are logged and passed over to 17 as the reference does it', async () => {
    const { error, events, failed, log } = await run(
      '17.0',
      { '1': WITHOUT, '2': ATTRIBUTE, '3': GOOD },
      { tolerant: true },
    )
    expect(error).toBeUndefined()
    expect(failed).toEqual([])
    expect(log).toEqual(['good'])
    const said = events.filter(([name]) => name === 'scriptLog').map(([, line]) => line)
    expect(said).toMatchObject([
      {
        level: 'error',
        text: expect.stringContaining('must have a "migrate(cr, installed_version)"'),
      },
      { level: 'error' },
    ])
  })

  test('scenarios 44, 45: abort to 18 also then', async () => {
    for (const text of [WITHOUT, ATTRIBUTE]) {
      const { error, log } = await run('18.0', { '1': text, '2': GOOD }, { tolerant: true })
      expect(error).toMatchObject({ code: expect.stringMatching(/^SCRIPT_/) })
      expect(log).toEqual([])
    }
  })
})

test.each(['17.0', '18.0'] as const)(
  'scenario 46: errors at import and in migrate abort to %s, also as the reference does it',
  async (series) => {
    const scripts = {
      '1': `import no_such_package\n${GOOD}`,
      '2': 'def migrate(cr, version)\n    pass\n',
      '3': `raise ValueError("top")\n`,
      '4': migrate('cr, version', `${tell("'undone'")}; raise ValueError("inside")`),
      '5': migrate('cr, version', `${tell("'undone'")}; cr.no_such_thing`),
      '6': migrate('cr, version', `${tell("'undone'")}; import no_such_package`),
      '7': GOOD,
    }
    const { failed, log, findings } = await run(series, scripts, {
      keepGoing: true,
      tolerant: true,
    })
    expect(failed.map((text) => text.replace(/ SCRIPT_\w+$/, ''))).toEqual([...'123456'])
    expect(log).toEqual(['good'])
    const inside = findings.find(({ message }) => message.includes('inside'))
    expect(inside?.place).toMatchObject({ file: expect.stringMatching(/pre-4\.py$/), line: 2 })
    const first = await run(series, { '1': scripts['4'] }, { tolerant: true })
    expect(first.error).toMatchObject({ code: 'SCRIPT_FAILED' })
    expect(first.states).toMatchObject({ a: `to upgrade ${series}.1.0` })
  },
)

test('scenario 47: on 18 migrate must be callable as (cr, version)', async () => {
  const decorator = `import functools
def decorated(function):
    @functools.wraps(function)
    def wrapper(cr, version):
        return function(cr, version)
    return wrapper
@decorated
`
  const { failed, log } = await run(
    '18.0',
    {
      '1': migrate('env, version', tell("'env'")),
      '2': migrate('cr, installed_version', tell("'installed_version'")),
      '3': migrate('*a', 'a[0].execute("INSERT INTO log (entry) VALUES (\'star\')")'),
      '4': decorator + migrate('env, version', 'pass'),
      '5': migrate('_cr, _version', tell("'_cr'").replace('cr.', '_cr.')),
      '6': migrate('cr, version=None', tell("'default'")),
    },
    { keepGoing: true },
  )
  expect(failed.map((text) => text.slice(0, 1))).toEqual([...'1234'])
  expect(log).toEqual(['_cr', 'default'])
})

test('scenarios 48, 49: every phase is told the version before, and logged as Odoo logs it', async () => {
  const script = (phase: string) => migrate('cr, version', tell(`'${phase} ' + repr(version)`))
  const tree = await bench.tree('17.0', {
    a: {
      version: '1.1',
      scripts: Object.fromEntries(
        ['pre', 'post', 'end'].map((phase) => [`1.1/${phase}-x.py`, script(phase)]),
      ),
    },
  })
  const database = await bench.database('17.0', { a: {} })
  const { error, events } = await bench.upgrade(
    database,
    requestOf({ to: '17.0', tree, update: ['a'] }),
  )
  expect(error).toBeUndefined()
  expect(await bench.log(database)).toEqual(["pre '17.0.1.0'", "post '17.0.1.0'", "end '17.0.1.0'"])
  expect(
    events.filter(([name]) => name === 'scriptStarted').map(([, event]) => event),
  ).toMatchObject([
    { logLine: 'module a: Running migration [>1.1] pre-x' },
    { logLine: 'module a: Running migration [1.1>] post-x' },
    { logLine: 'module a: Running migration [$1.1] end-x' },
  ])
})

test("scenario 50: OpenUpgrade's decorator skips modules that were not installed, but for no_version", async () => {
  const script = (options: string, name: string) =>
    `from openupgradelib import openupgrade
@openupgrade.migrate(${options})
def migrate(env, version):
    env.cr.execute("INSERT INTO log (entry) VALUES (%s)", ('${name} ' + repr(version),))
`
  const tree = await bench.tree('16.0', {
    a: {
      version: '2.0',
      depends: ['base', 'new'],
      scripts: { '16.0.2.0/post-a.py': script('', 'a') },
    },
    new: {
      version: '2.0',
      scripts: {
        '16.0.2.0/post-1.py': script('', 'skipped'),
        '16.0.2.0/post-2.py': script('no_version=True', 'new'),
      },
    },
  })
  const database = await bench.database('15.0', { a: {}, new: { state: 'uninstalled' } })
  const request = requestOf({ to: '16.0', tree, profile: 'openupgrade' })
  const { error, events } = await bench.upgrade(database, request)
  expect(error).toBeUndefined()
  expect(await bench.log(database)).toEqual(["new ''", "a '15.0.1.0'"])
  expect(events.filter(([name]) => name === 'scriptLog').map(([, line]) => line)).toContainEqual(
    expect.objectContaining({ text: 'a: post-migration script called with version 15.0.1.0' }),
  )
})
