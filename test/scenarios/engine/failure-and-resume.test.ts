import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { raw } from '../../../src/index.js'
import { fingerprint } from '../../support/fingerprint.js'
import type { ProjectModule, ProjectModules } from '../../support/odoo-project.js'
import { benchEngines, requestOf, say, sayAll, UpgradeBench } from '../../support/upgrade-bench.js'

const FOLDER = '17.0.2.0'
const BROKEN = `${say('half of it')}SELECT 1 / 0;\n`

/** Modules a ← b ← c, each with a script of every phase. */
const CHAIN: ProjectModules = { a: talking('a'), b: talking('b', 'a'), c: talking('c', 'b') }
const INSTALLED = { a: {}, b: { depends: ['base', 'a'] }, c: { depends: ['base', 'b'] } }
const UNDISTURBED = ['a', 'b', 'c']
  .flatMap((name) => [`${name}:pre`, `${name}:post`])
  .concat(['a:end', 'b:end', 'c:end'])

function talking(name: string, ...depends: string[]): ProjectModule {
  return { version: '2.0', depends: ['base', ...depends], scripts: sayAll(name, FOLDER) }
}

describe.each(await benchEngines())('a run that fails, on $name', (engine) => {
  if (engine.unavailable !== undefined) return test.skip(engine.name)
  const bench = new UpgradeBench(engine)

  /** A run of the chain in which one script fails. */
  async function failing(module: string, phase: string) {
    const tree = await bench.tree('17.0', CHAIN)
    const script = join(tree, 'addons', module, 'migrations', FOLDER, `${phase}-say.sql`)
    await writeFile(script, BROKEN)
    const database = await bench.database('17.0', INSTALLED)
    const untouched = await bench.copyOf(database)
    const request = requestOf({ to: '17.0', tree, update: ['a'] })
    const outcome = await bench.upgrade(database, request)
    const mend = () => writeFile(script, say(`${module}:${phase}`))
    return { database, untouched, request, script, outcome, mend }
  }

  test('scenarios 51, 52: a and b are new, c waits at its post scripts; resume goes on there', async () => {
    const run = await failing('c', 'post')
    const { database, outcome } = run
    expect(outcome.error).toMatchObject({
      code: 'SCRIPT_FAILED',
      place: { file: run.script, line: 2 },
    })
    expect(await bench.states(database)).toEqual({
      base: 'installed 17.0.1.3',
      a: 'installed 17.0.2.0',
      b: 'installed 17.0.2.0',
      c: 'to upgrade 17.0.1.0',
    })
    expect(await bench.log(database)).toEqual(UNDISTURBED.slice(0, 5))
    const failed = await bench.run(database)
    expect(failed).toMatchObject({
      status: 'failed',
      failure: { name: 'c:post', code: 'SCRIPT_FAILED', file: run.script, line: 2 },
    })
    expect(failed.hops[0]?.steps.at(-1)?.name).toBe('c:load')

    expect((await bench.upgrade(database, run.request)).error).toMatchObject({
      code: 'RUN_UNFINISHED',
    })
    await run.mend()
    const resumed = await bench.resume(database)
    expect(resumed.error).toBeUndefined()
    expect(resumed.findings).toContainEqual(
      expect.objectContaining({ code: 'SCRIPT_CHANGED', place: { file: run.script } }),
    )
    expect(await bench.log(database)).toEqual(UNDISTURBED)
    expect(await bench.states(database)).toMatchObject({ c: 'installed 17.0.2.0' })

    // The ids, too, are those of a run that nothing has stopped.
    const { untouched } = run
    expect((await bench.upgrade(untouched, run.request)).error).toBeUndefined()
    const [mended, straight] = await Promise.all(
      [database, untouched].map((name) => bench.inside(name, fingerprint)),
    )
    expect(mended?.sequences).toEqual(straight?.sequences)
    expect(mended?.rows.log).toBe(straight?.rows.log)
    expect((await bench.resume(database)).error).toMatchObject({ code: 'RUN_FINISHED' })
  })

  test("scenario 53: after b's end script has failed, resume runs it and c's, not a's again", async () => {
    const run = await failing('b', 'end')
    const { database } = run
    expect(run.outcome.error).toMatchObject({ code: 'SCRIPT_FAILED' })
    expect(await bench.run(database)).toMatchObject({ failure: { name: 'b:end' } })
    expect(await bench.log(database)).toEqual(UNDISTURBED.slice(0, 7))
    expect(await bench.states(database)).toMatchObject({ c: 'installed 17.0.2.0' })
    expect((await bench.resume(database)).error).toMatchObject({ code: 'SCRIPT_FAILED' })
    await run.mend()
    const resumed = await bench.resume(database)
    expect(resumed.error).toBeUndefined()
    const started = resumed.events.filter(([name]) => name === 'scriptStarted')
    expect(started.map(([, event]) => event)).toMatchObject([
      { module: 'b', phase: 'end' },
      { module: 'c', phase: 'end' },
    ])
    expect(await bench.log(database)).toEqual(UNDISTURBED)
  })

  test('what a failed step did is undone to the last row, and its sequences are set back', async () => {
    const run = await failing('a', 'pre')
    const { database } = run
    expect(await bench.log(database)).toEqual([])
    expect(await bench.states(database)).toMatchObject({ a: 'to upgrade 17.0.1.0' })
    await run.mend()
    await bench.resume(database)
    expect(await bench.column(database, 'SELECT id FROM log ORDER BY id')).toEqual(
      [...UNDISTURBED.keys()].map((at) => at + 1),
    )
  })

  test('rows that somebody inserts before it is resumed keep their ids to themselves', async () => {
    const run = await failing('a', 'pre')
    const { database } = run
    await bench.inside(database, (session) =>
      session.execute(
        raw("INSERT INTO log (id, entry) VALUES (nextval('log_id_seq') + 5, 'mine')"),
      ),
    )
    const [mine] = await bench.column(database, 'SELECT id FROM log')
    await run.mend()
    expect((await bench.resume(database)).error).toBeUndefined()
    expect(await bench.column(database, 'SELECT id FROM log ORDER BY id')).toEqual(
      [0, ...UNDISTURBED.keys()].map((_, at) => Number(mine) + at),
    )
  })

  test('scenario 54: -i of an installed module is refused, and forced skips its scripts for good', async () => {
    const tree = await bench.tree('17.0', { z: { version: '2.0', scripts: sayAll('z', FOLDER) } })
    const database = await bench.database('17.0', { z: {} })
    const before = await bench.inside(database, fingerprint)
    const init = requestOf({ to: '17.0', tree, update: [], init: ['z'] })
    await expect(bench.plan(database, init)).rejects.toMatchObject({
      code: 'INIT_OF_INSTALLED_MODULE',
      hint: expect.stringContaining('--force-init'),
    })
    expect(await bench.inside(database, fingerprint)).toEqual(before)

    const forced = await bench.upgrade(database, { ...init, forceInit: true })
    expect(forced.error).toBeUndefined()
    expect(await bench.states(database)).toMatchObject({ z: 'installed 17.0.2.0' })
    const update = requestOf({ to: '17.0', tree, update: ['z'] })
    expect((await bench.upgrade(database, update)).error).toBeUndefined()
    expect(await bench.log(database)).toEqual([])
  })

  test('with keepGoing a script that fails is undone and told, and the others run', async () => {
    const tree = await bench.tree('17.0', {
      a: {
        version: '2.0',
        scripts: {
          [`${FOLDER}/pre-1.sql`]: say('first'),
          [`${FOLDER}/pre-2.sql`]: BROKEN,
          [`${FOLDER}/pre-3.sql`]: say('third'),
        },
      },
    })
    const database = await bench.database('17.0', { a: {} })
    const request = requestOf({ to: '17.0', tree, update: ['a'] }, { keepGoing: true })
    const { error, findings } = await bench.upgrade(database, request)
    expect(error).toBeUndefined()
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'SCRIPT_FAILED', severity: 'error' }),
    )
    expect(await bench.log(database)).toEqual(['first', 'third'])
    expect(await bench.states(database)).toMatchObject({ a: 'installed 17.0.2.0' })
  })
})
