import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { CommandBench, commandEngines } from '../../support/command-bench.js'
import type { ProjectModules } from '../../support/odoo-project.js'
import { say, sayAll } from '../../support/upgrade-bench.js'

const engine = (await commandEngines()).at(-1) ?? 'embedded'
const bench = new CommandBench(engine)

const FOLDER = '17.0.2.0'
const BROKEN = 'SELECT 1 / 0;\n'
const LOG = 'SELECT entry FROM log ORDER BY id'
const CHAIN: ProjectModules = {
  a: { version: '2.0', scripts: sayAll('a', FOLDER) },
  b: { version: '2.0', depends: ['a'], scripts: sayAll('b', FOLDER) },
  c: { version: '2.0', depends: ['b'], scripts: sayAll('c', FOLDER) },
}
const INSTALLED = { a: {}, b: { depends: ['a'] }, c: { depends: ['b'] } }
const COMPLETE = ['a', 'b', 'c']
  .flatMap((name) => [`${name}:pre`, `${name}:post`])
  .concat(['a:end', 'b:end', 'c:end'])

const scriptOf = (tree: string, module: string, phase: string) =>
  join(tree, 'addons', module, 'migrations', FOLDER, `${phase}-say.sql`)

describe('a run that stops', () => {
  let tree = ''
  const upgrade = (source: string, ...more: readonly string[]) =>
    bench.run('upgrade', source, '-u', 'a', '--addons-path', tree, ...more)

  beforeAll(async () => {
    tree = await bench.tree('chain', '17.0', CHAIN)
    await bench.database('acme', '17.0', INSTALLED)
    await writeFile(scriptOf(tree, 'c', 'post'), BROKEN)
  })

  test('says where, and how to go on; status tells the same', async () => {
    const { exit, stderr } = await upgrade('acme', '--checkpoint', 'b')
    expect(exit, stderr).toBe(3)
    expect(stderr).toContain('SCRIPT_FAILED')
    expect(stderr).toContain(`at ${scriptOf(tree, 'c', 'post')}, line 1`)
    expect(stderr).toContain('moult resume acme_17')
    expect(stderr).toMatch(/Checkpoint before b:pre: \S+/)

    const status = await bench.run('status')
    expect(status.exit).toBe(0)
    expect(status.stdout).toMatch(/acme_17 +17\.0 → 17\.0 +failed +\d+ of \d+ +c:post/)
    expect(status.stdout).toMatch(/acme_17 stopped at c:post: .*division by zero/)
    expect(status.stdout).toContain('Go on with: moult resume acme_17')
    expect(status.stdout).toContain('acme_17 has 1 checkpoint: b:pre')
    const { json } = await bench.run('status', 'acme_17', '--json')
    expect(json.result).toMatchObject([
      {
        database: 'acme_17',
        run: 1,
        status: 'failed',
        failure: { name: 'c:post', code: 'SCRIPT_FAILED', file: scriptOf(tree, 'c', 'post') },
        checkpoints: [{ before: 'b:pre' }],
      },
    ])
  })

  test.each([
    ['--from', 'a:pre', 'CHECKPOINT_MISSING'],
    ['--from', 'z:pre', 'STEP_UNKNOWN'],
  ])('resume %s %s is refused', async (option, step, code) => {
    const { exit, json } = await bench.run('resume', 'acme_17', option, step, '--json')
    expect([exit, json.error?.code]).toEqual([2, code])
  })

  test('is the one that resume without a name means; it fails again as long as nothing is mended', async () => {
    const { exit, json } = await bench.run('resume', '--json')
    expect([exit, json.error?.code]).toEqual([3, 'SCRIPT_FAILED'])
    expect(await bench.column('acme_17', LOG)).toEqual(COMPLETE.slice(0, 5))
  })

  test('goes back with --from to a checkpoint, and runs the scripts as they are now', async () => {
    await writeFile(scriptOf(tree, 'b', 'pre'), say('b:pre, edited'))
    await writeFile(scriptOf(tree, 'c', 'post'), say('c:post'))
    const { exit, json, stderr } = await bench.run('resume', 'acme_17', '--from', 'b:pre', '--json')
    expect(exit, stderr + JSON.stringify(json)).toBe(0)
    expect(json.findings).toContainEqual(expect.objectContaining({ code: 'SCRIPT_CHANGED' }))
    const edited = COMPLETE.map((entry) => (entry === 'b:pre' ? 'b:pre, edited' : entry))
    expect(await bench.column('acme_17', LOG)).toEqual(edited)
    expect(await bench.column('acme_17', 'SELECT id FROM log ORDER BY id')).toEqual(
      edited.map((_, at) => at + 1),
    )
  })

  test('is over then: resume has nothing to do, but can go back to the checkpoint again', async () => {
    const nameless = await bench.run('resume', '--json')
    expect([nameless.exit, nameless.json.error?.code]).toEqual([2, 'RUN_UNKNOWN'])
    const named = await bench.run('resume', 'acme_17', '--json')
    expect([named.exit, named.json.error?.code]).toEqual([3, 'RUN_FINISHED'])
    const again = await bench.run('resume', 'acme_17', '--from', 'c:pre', '--json')
    expect(again.exit, again.stdout + again.stderr).toBe(0)
    expect(await bench.column('acme_17', LOG)).toHaveLength(COMPLETE.length)
  })

  test('several wait: resume wants a name; --checkpoint all keeps a copy before every module', async () => {
    await writeFile(scriptOf(tree, 'c', 'pre'), BROKEN)
    const first = await upgrade('acme', '--into', 'one', '--checkpoint', 'all')
    expect(first.exit, first.stderr).toBe(3)
    expect((await upgrade('acme', '--into', 'two')).exit).toBe(3)
    const nameless = await bench.run('resume', '--json')
    expect([nameless.exit, nameless.json.error?.code]).toEqual([2, 'RUN_AMBIGUOUS'])
    expect(nameless.json.error?.message).toMatch(/one, two/)
    const { json } = await bench.run('status', 'one', '--json')
    expect(json.result).toMatchObject([
      { checkpoints: [{ before: 'a:pre' }, { before: 'b:pre' }, { before: 'c:pre' }] },
    ])
    await writeFile(scriptOf(tree, 'c', 'pre'), say('c:pre'))
    const resumed = await bench.run('resume', 'one', '--from', 'a:pre')
    expect(resumed.exit, resumed.stderr).toBe(0)
    const log = await bench.column('one', LOG)
    expect(log).toEqual(COMPLETE.map((entry) => (entry === 'b:pre' ? 'b:pre, edited' : entry)))
    expect((await bench.run('resume')).exit).toBe(0)
    expect(await bench.column('two', LOG)).toEqual(log)
  })

  test('db drop takes the checkpoints of a database with it', async () => {
    const { exit, json } = await bench.run('db', 'drop', 'one', '--yes', '--json')
    expect(exit, JSON.stringify(json)).toBe(0)
    const checkpoint = expect.stringMatching(/^one_ckpt_1_\d+$/)
    expect(json.result).toEqual({
      database: 'one',
      checkpoints: [checkpoint, checkpoint, checkpoint],
    })
    const listed = await bench.run('db', 'list')
    expect(listed.stdout).not.toContain('one_ckpt')
  })
})

describe('what a run tells', () => {
  let tree = ''
  beforeAll(async () => {
    tree = await bench.tree('account', '17.0', {
      account: {
        version: '1.2',
        scripts: { '17.0.1.2/pre-migration.sql': say('pre'), '17.0.1.2/post-broken.sql': BROKEN },
      },
    })
    await bench.database('told', '16.0', { account: {} })
  })

  test('with --json is one event in each line, the last one the result', async () => {
    const { exit, stdout, stderr } = await bench.run(
      ...[
        'upgrade',
        'told',
        '--addons-path',
        tree,
        '--json',
        '--into',
        'told_json',
        '--keep-going',
      ],
    )
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line))
    expect(stderr).toBe('')
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['hopStarted', 'moduleLoading', 'scriptStarted', 'finding']),
    )
    expect(events[0]).toMatchObject({ event: 'hopStarted', from: '16.0', to: '17.0', scripts: 2 })
    expect(events.at(-1)).toMatchObject({
      event: 'result',
      result: { database: 'told_json', from: '16.0', to: '17.0', hops: [{ scripts: 2 }] },
      findings: expect.arrayContaining([
        expect.objectContaining({ code: 'SCRIPT_FAILED', severity: 'error' }),
      ]),
    })
    // Something wants a person: the script that --keep-going has passed over.
    expect(exit).toBe(1)
    expect(await bench.column('told_json', LOG)).toEqual(['pre'])
  })

  test('ends with an error event where it fails', async () => {
    const { exit, json } = await bench.run(
      ...['upgrade', 'told', '--addons-path', tree, '--json', '--into', 'told_error'],
    )
    expect(exit).toBe(3)
    expect(json).toMatchObject({ event: 'error', error: { code: 'SCRIPT_FAILED' } })
  })

  test("with --log-format odoo is Odoo's log", async () => {
    const { stderr } = await bench.run(
      ...['upgrade', 'told', '--addons-path', tree, '--log-format', 'odoo', '--into', 'told_log'],
    )
    expect(stderr).toMatch(
      / INFO told_log odoo\.modules\.migration: module account: Running migration \[>17\.0\.1\.2\] pre-migration $/m,
    )
    expect(stderr).toMatch(
      / INFO told_log odoo\.modules\.loading: Loading module account \(2\/2\) $/m,
    )
  })
})

describe('two hops by a configuration', () => {
  beforeAll(async () => {
    for (const [series, next] of [
      ['17.0', '17.0.2.0'],
      ['18.0', '18.0.2.0'],
    ] as const) {
      await bench.tree(`hop-${series}`, series, {
        a: { version: '2.0', scripts: { [`${next}/post-x.sql`]: say(`a ${series}`) } },
      })
    }
    const releases = Object.fromEntries(
      ['17.0', '18.0'].map((series) => [series, { addonsPath: [`hop-${series}`] }]),
    )
    await writeFile(bench.path('moult.config.json'), JSON.stringify({ to: '18.0', releases }))
    await bench.database('path', '16.0', { a: {} })
  })

  test('are planned, and explained module by module', async () => {
    const plan = await bench.run('plan', 'path')
    expect(plan.exit, plan.stderr).toBe(0)
    expect(plan.stdout).toContain('16.0 → 17.0')
    expect(plan.stdout).toContain('17.0 → 18.0')
    expect(plan.stdout).toMatch(/a +post +18\.0\.2\.0 +post-x\.sql/)
    const { stdout } = await bench.run('plan', 'path', '--explain', 'a')
    expect(stdout).toContain('17.0 → 18.0: a: upgrade from 17.0.2.0 to 18.0.2.0')
    expect(stdout).toMatch(
      /✔ \S+post-x\.sql runs: 18\.0\.2\.0 is greater than the installed version/,
    )
    const unknown = await bench.run('plan', 'path', '--explain', 'nobody', '--json')
    expect([unknown.exit, unknown.json.error?.code]).toEqual([2, 'MODULE_UNKNOWN'])
  })

  test('are run one after the other, on one copy', async () => {
    const { exit, json, stderr } = await bench.run('upgrade', 'path', '--json')
    expect(exit, stderr + JSON.stringify(json)).toBe(0)
    expect(json.result).toMatchObject({
      database: 'path_18',
      from: '16.0',
      to: '18.0',
      hops: [{ to: '17.0' }, { to: '18.0' }],
    })
    expect(await bench.column('path_18', LOG)).toEqual(['a 17.0', 'a 18.0'])
  })
})
