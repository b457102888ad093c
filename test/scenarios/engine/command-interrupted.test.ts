import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { CommandBench, commandEngines } from '../../support/command-bench.js'
import { startMoult } from '../../support/moult-command.js'
import { say } from '../../support/upgrade-bench.js'

const FOLDER = '17.0.2.0'
/** Several commands in one test, each with an engine that starts. */
const SLOW = 180_000
/** Moves a sequence, and then takes far longer than a test. */
const LONG = `${say('half of it')}SELECT pg_sleep(300);\n`

const engines = await commandEngines()

describe.each(engines)('a run on the %s engine', { timeout: SLOW }, (engine) => {
  const bench = new CommandBench(engine)

  /** Starts an upgrade in place and waits until its long script runs. */
  async function started(database: string) {
    const tree = await bench.tree(`tree-${database}`, '17.0', {
      a: { version: '2.0', scripts: { [`${FOLDER}/pre-x.sql`]: say('a:pre') } },
      b: { version: '2.0', depends: ['a'], scripts: { [`${FOLDER}/post-long.sql`]: LONG } },
    })
    await bench.database(database, '17.0', { a: {}, b: { depends: ['a'] } })
    const upgrade = [
      ...['upgrade', database, '--in-place', '-u', 'a', '--addons-path', tree],
      ...['--engine', engine, '--json'],
    ]
    const child = startMoult(bench.place, upgrade)
    const ended = new Promise<number | null>((done) => child.on('close', done))
    const lines: string[] = []
    if (child.stdout === null) throw new Error('The command has no output')
    const read = createInterface({ input: child.stdout })
    await new Promise<void>((running) => {
      child.on('close', () => running())
      read.on('line', (line) => {
        lines.push(line)
        if (line.includes('"scriptStarted"') && line.includes('post-long')) running()
      })
    })
    const script = join(tree, 'addons', 'b', 'migrations', FOLDER, 'post-long.sql')
    return {
      upgrade,
      child,
      lines,
      async stop(signal: NodeJS.Signals) {
        child.kill(signal)
        return ended
      },
      mend: () => writeFile(script, say('b:post')),
    }
  }

  async function resumes(database: string): Promise<void> {
    const { exit, stdout, stderr } = await bench.run('resume', database)
    expect(exit, stdout + stderr).toBe(0)
    expect(await bench.look(database)).toMatchObject({
      log: ['a:pre', 'b:post'],
      ids: [1, 2],
      run: { status: 'done' },
    })
  }

  test('stopped by Ctrl-C in the middle of a statement ends with 130, and resume completes it', async () => {
    const run = await started('stopped')
    expect(await run.stop('SIGINT')).toBe(130)
    expect(JSON.parse(run.lines.at(-1) ?? '')).toMatchObject({
      event: 'error',
      error: { code: 'CANCELLED' },
    })
    const { log, run: recorded } = await bench.look('stopped')
    expect(log).toEqual(['a:pre'])
    expect(recorded?.status).not.toBe('done')
    expect(recorded?.hops[0]?.steps.map(({ name }) => name)).toEqual([
      ...['list', 'a:pre', 'a:load', 'b:load'],
    ])
    await run.mend()
    await resumes('stopped')
  })

  test('killed leaves modules "to upgrade": status tells, upgrade refuses, resume completes it (scenario 55)', async () => {
    const run = await started('killed')
    await run.stop('SIGKILL')
    expect(
      await bench.column('killed', "SELECT state FROM ir_module_module WHERE name = 'b'"),
    ).toEqual(['to upgrade'])
    await run.mend()
    const { json, stderr } = await bench.run('status', 'killed', '--json')
    expect(json.result, stderr + JSON.stringify(json)).toMatchObject([
      { database: 'killed', status: 'stopped' },
    ])
    if (engine === engines.at(-1)) {
      const again = await bench.run(...run.upgrade.slice(0, -3), '--json')
      expect([again.exit, again.json.error?.code]).toEqual([3, 'RUN_UNFINISHED'])
    }
    await resumes('killed')
  })

  test.runIf(engine === engines.at(-1))(
    'keeps a second one away from the same database',
    async () => {
      const run = await started('busy')
      if (engine !== 'embedded') {
        const { json } = await bench.run('status', 'busy', '--json')
        expect(json.result).toMatchObject([{ database: 'busy', status: 'running' }])
      }
      const second = await bench.run(...run.upgrade.slice(0, -3), '--json')
      const resumed = await bench.run('resume', 'busy', '--json')
      for (const { exit, json } of [second, resumed]) {
        expect(exit).toBe(3)
        expect(json.error?.code).toBe(engine === 'embedded' ? 'EMBEDDED_IN_USE' : 'DATABASE_BUSY')
        expect(json.error?.message).toContain('upgrade busy')
      }
      expect(await run.stop('SIGINT')).toBe(130)
      await run.mend()
      await resumes('busy')
    },
  )
})
