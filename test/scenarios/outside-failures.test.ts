import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { administer, databaseExists } from '../../src/databases/manager/index.js'
import {
  type DatabaseHost,
  Progress,
  restoreDatabase,
  sql,
  withBackupFile,
} from '../../src/index.js'
import { managedEngines, testCache, useEngine } from '../support/engines.js'
import { runMoult } from '../support/moult-command.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = await temporaryFolder()
afterAll(() => folder.remove())
const file = join(folder.path, 'large.sql')
const rows = Array.from({ length: 200_000 }, (_, n) => `${n}\tname of row ${n}\n`).join('')
await writeFile(
  file,
  `CREATE TABLE public.t (id integer, name text);\nCOPY public.t (id, name) FROM stdin;\n${rows}\\.\n`,
)
const servers = (await managedEngines()).filter((engine) => engine.unavailable === undefined)

describe.each(servers)('a connection to $name that is cut while a dump is loaded', (engine) => {
  const cluster = useEngine(engine)

  test('ends the restore with a clear error and leaves nothing', async () => {
    const host: DatabaseHost = { cluster: cluster(), filestoreRoot: join(folder.path, 'files') }
    const progress = new Progress()
    let cut: Promise<unknown> | undefined
    progress.events.on('stepAdvanced', () => {
      cut ??= administer(cluster(), (session) =>
        session.query(sql`
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE starts_with(datname, 'moult_tmp_')`),
      )
    })
    await expect(
      withBackupFile(file, progress, (backup) =>
        restoreDatabase(host, backup, progress, { name: 'wanted' }),
      ),
    ).rejects.toMatchObject({ code: 'CONNECTION_LOST', hint: expect.stringMatching(/\w/) })
    await cut
    const left = await administer(cluster(), async (session) => ({
      wanted: await databaseExists(session, 'wanted'),
      staging: (
        await session.query(
          sql`SELECT datname FROM pg_database WHERE starts_with(datname, 'moult_tmp_')`,
        )
      ).rows,
    }))
    expect(left).toEqual({ wanted: false, staging: [] })
  })
})

test('a full disk is named, and nothing that looks finished stays behind', async (context) => {
  const small = join(folder.path, 'small')
  await mkdir(small)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=44m', 'tmpfs', small]).status === 0
  if (!mounted) context.skip('this user may not mount a small disk')
  try {
    const place = { home: join(small, 'home'), cache: testCache }
    const outcome = await runMoult(place, ['db', 'restore', file, 'wanted', '--json'])
    expect(outcome.exit, outcome.stdout).toBe(3)
    expect(outcome.json.error?.code).toBe('DISK_FULL')
    expect(outcome.json.error?.hint).toMatch(/room|space/)
    const filestore = join(place.home, 'filestore')
    expect(existsSync(filestore) ? await readdir(filestore) : []).toEqual([])
  } finally {
    spawnSync('umount', [small])
  }
})
