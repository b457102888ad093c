import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createExample } from '../../src/databases/example/index.js'
import {
  backupDatabase,
  createEmptyDatabase,
  type DatabaseHost,
  Progress,
} from '../../src/index.js'
import { embeddedOnDisk, managedEngines, testCache } from '../support/engines.js'
import { runMoult, startMoult } from '../support/moult-command.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = await temporaryFolder()
afterAll(() => folder.remove())
const file = join(folder.path, 'example.zip')
const hasServer = (await managedEngines()).some((engine) => engine.unavailable === undefined)
const ENGINES = ['embedded', ...(hasServer ? ['managed'] : [])]

beforeAll(async () => {
  const opened = await embeddedOnDisk.open()
  const host: DatabaseHost = { cluster: opened.cluster, filestoreRoot: join(folder.path, 'files') }
  await createEmptyDatabase(host, 'example')
  await host.cluster.withSession('example', (session) =>
    createExample(session, join(host.filestoreRoot, 'example')),
  )
  await backupDatabase(host, 'example', new Progress(), { file, format: 'zip' })
  await opened.close()
})

/** When the process is stopped, in milliseconds after its start. */
const MOMENTS = [300, 700, 1000, 1300, 1700]

describe.each(ENGINES)('a restore on the %s engine', (engine) => {
  const place = { home: join(folder.path, engine), cache: testCache }
  const restore = ['db', 'restore', file, 'wanted', '--engine', engine]

  async function names(): Promise<readonly string[]> {
    const { json, stderr } = await runMoult(place, ['db', 'list', '--engine', engine, '--json'])
    expect(json.error, stderr).toBeUndefined()
    return (json.result as unknown as readonly { readonly name: string }[]).map((row) => row.name)
  }

  async function stopAfter(ms: number, signal: NodeJS.Signals): Promise<number | null> {
    const child = startMoult(place, restore)
    const ended = new Promise<number | null>((done) => child.on('close', done))
    await wait(ms)
    child.kill(signal)
    return ended
  }

  async function folders(): Promise<readonly string[]> {
    const root = join(place.home, 'filestore')
    return existsSync(root) ? await readdir(root) : []
  }

  test.each(MOMENTS)(
    'killed after %d ms shows nothing or all of it, and can be repeated',
    async (ms) => {
      await stopAfter(ms, 'SIGKILL')
      const before = await names()
      expect(['', 'wanted']).toContain(before.join())
      if (before.length > 0)
        await runMoult(place, ['db', 'drop', 'wanted', '--yes', '--engine', engine])
      const again = await runMoult(place, [...restore, '--json'])
      expect(again.exit, again.stdout).toBe(0)
      expect(again.json.result?.filestore).toMatchObject({ files: 24, missing: [] })
      expect(await names()).toEqual(['wanted'])
      expect(await folders()).toEqual(['wanted'])
      await runMoult(place, ['db', 'drop', 'wanted', '--yes', '--engine', engine])
      expect(await folders()).toEqual([])
    },
  )

  test('stopped with Ctrl-C ends with 130 and leaves nothing', async () => {
    const exit = await stopAfter(600, 'SIGINT')
    // On a quick machine it may have been done before.
    expect([130, 0]).toContain(exit)
    if (exit === 130) expect(await folders()).toEqual([])
    expect(await names()).toEqual(exit === 0 ? ['wanted'] : [])
    if (exit === 0) await runMoult(place, ['db', 'drop', 'wanted', '--yes', '--engine', engine])
  })

  test('refuses a second one on the same database and names the first', async () => {
    const [one, two] = await Promise.all([
      runMoult(place, [...restore, '--json']),
      wait(150).then(() => runMoult(place, [...restore, '--json'])),
    ])
    expect([one.exit, two.exit].sort()).toEqual([0, 3])
    const refused = one.exit === 0 ? two : one
    expect(['DATABASE_BUSY', 'EMBEDDED_IN_USE', 'DATABASE_EXISTS']).toContain(
      refused.json.error?.code,
    )
    if (refused.json.error?.code !== 'DATABASE_EXISTS') {
      expect(refused.json.error?.message).toMatch(/restore wanted/)
    }
    await runMoult(place, ['db', 'drop', 'wanted', '--yes', '--engine', engine])
  })
})
