import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../test/support/database-suite/suite.js'
import { testBinaries } from '../../../test/support/engines.js'
import { ManagedDirectory, runIn } from '../../../test/support/managed-directory.js'
import type { ServerBinaries } from '../server-programs.js'
import { raw, sql } from '../sql.js'
import { startManaged } from './managed-server.js'

const all = await testBinaries()
const [oldest] = all
const packaged = all.find(({ origin }) => origin === 'package')
const isRoot = process.getuid?.() === 0

describe.skipIf(oldest === undefined)('the folders of a managed server', () => {
  const binaries = oldest as ServerBinaries
  const managed = new ManagedDirectory(binaries).use()

  it('listens in a private folder only, and is set for one machine and one user', async () => {
    await managed.useFresh()
    const server = await managed.start()
    const { PGHOST = '', PGUSER } = server.environment('postgres')
    expect(PGUSER).toBe('moult')
    expect((await stat(PGHOST)).mode & 0o777).toBe(0o700)
    expect((await stat(join(managed.home(), 'data'))).mode & 0o777).toBe(0o700)
    const { rows } = await server.withSession('postgres', (db) =>
      db.query(sql`SELECT current_setting('listen_addresses') AS tcp, current_setting('fsync') AS fsync,
        current_setting('synchronous_commit') AS commit, current_setting('server_encoding') AS encoding,
        (SELECT datcollate FROM pg_database WHERE datname = 'postgres') AS collation,
        upper('é') AS letters, current_setting('lc_messages') AS messages`),
    )
    expect(rows).toEqual([
      {
        tcp: '',
        fsync: 'on',
        commit: 'off',
        encoding: 'UTF8',
        collation: 'C',
        letters: 'É',
        messages: 'C',
      },
    ])
  })

  it.runIf(isRoot)('does not run as root', async () => {
    await managed.useFresh()
    await managed.start()
    expect((await stat(`/proc/${await managed.pid()}`)).uid).not.toBe(0)
  })

  it('whose making was cut short is made again', async () => {
    const partial = join(managed.home(), 'data.partial-x')
    await mkdir(join(partial, 'base'), { recursive: true })
    for (const path of [managed.directory, managed.home()]) await chmod(path, 0o711)
    await runIn(await managed.start(), 'SELECT 1')
    expect(existsSync(partial)).toBe(false)
  })

  it('puts its socket in a short folder when its own path is too long', async () => {
    managed.directory = join(managed.folder, 'long'.repeat(25), 'managed')
    await mkdir(managed.directory, { recursive: true })
    if (isRoot)
      for (const path of [managed.directory, join(managed.directory, '..')])
        await chmod(path, 0o711)
    const server = await managed.start()
    const { PGHOST = '' } = server.environment('postgres')
    expect(PGHOST.startsWith(managed.folder)).toBe(false)
    expect((await stat(PGHOST)).mode & 0o777).toBe(0o700)
    await runIn(server, 'SELECT 1')
    await server.close()
    expect(existsSync(PGHOST)).toBe(false)
    const again = await managed.start()
    expect(again.environment('postgres').PGHOST).toBe(PGHOST)
    await runIn(again, 'SELECT 1')
  })

  it.runIf(isRoot)(
    'of root, in a folder that others cannot enter, lies elsewhere and is found again',
    async () => {
      const closed = join(managed.folder, 'closed')
      await mkdir(closed, { mode: 0o700 })
      managed.directory = join(closed, 'managed')
      const server = await managed.start()
      await runIn(server, 'CREATE TABLE t AS SELECT 1 AS a')
      await server.close()
      const { files } = JSON.parse(await readFile(join(managed.home(), 'moult.json'), 'utf8'))
      expect(files.startsWith(closed)).toBe(false)
      const again = await managed.startAny({ directory: managed.directory })
      await runIn(again, 'INSERT INTO t VALUES (2)')
      await again.close()
      await rm(files, { recursive: true })
    },
  )

  it.runIf(isRoot && packaged !== undefined)(
    'runs programs of an npm package that its user cannot reach',
    async () => {
      const native = join(managed.folder, 'closed', 'package', 'native')
      await mkdir(dirname(native), { recursive: true })
      await chmod(join(managed.folder, 'closed'), 0o700)
      await cp(dirname(packaged?.binDir ?? ''), native, { recursive: true, verbatimSymlinks: true })
      const server = await managed.start({
        binaries: { ...(packaged as ServerBinaries), binDir: join(native, 'bin') },
      })
      await runIn(server, 'SELECT 1')
      expect(server.binaries.binDir.startsWith(managed.folder)).toBe(false)
      await server.close()
      await rm(dirname(dirname(server.binaries.binDir)), { recursive: true })
    },
  )

  it('can listen on the loopback address with a password instead', async () => {
    const server = await managed.start({ loopback: true })
    const { PGHOST, PGPASSWORD = '' } = server.environment('postgres')
    expect(PGHOST).toBe('127.0.0.1')
    expect(PGPASSWORD.length).toBeGreaterThan(20)
    await runIn(server, 'CREATE ROLE guest')
    const { rows } = await server.withConfinedSession('postgres', { name: 'guest' }, (db) =>
      db.query(raw('SELECT session_user AS u')),
    )
    expect(rows).toEqual([{ u: 'guest' }])
    expect((await stat(join(managed.home(), 'password'))).mode & 0o777).toBe(0o600)
  })

  it('says why it does not start', async () => {
    await managed.useFresh()
    await writeFile(join(managed.home(), 'data', 'global', 'pg_control'), 'damaged')
    expect(await failureOf(managed.start())).toMatchObject({
      code: 'MANAGED_START_FAILED',
      tier: 'outside',
      data: { log: expect.arrayContaining([expect.stringContaining('pg_control')]) },
    })
  })

  it('of a version that is not on this machine is refused, with advice', async () => {
    await managed.useFresh()
    await writeFile(join(managed.home(), 'data', 'PG_VERSION'), '11\n')
    const refused = await failureOf(managed.start())
    expect(refused).toMatchObject({
      code: 'MANAGED_OTHER_VERSION',
      tier: 'user',
      data: { major: 11 },
    })
    const other = join(managed.folder, 'other')
    await mkdir(join(other, '11', 'data'), { recursive: true })
    await writeFile(join(other, '11', 'data', 'PG_VERSION'), '11\n')
    expect(await failureOf(startManaged({ directory: other }))).toMatchObject({
      code: 'MANAGED_OTHER_VERSION',
    })
  })

  it.runIf(all.length > 1)('runs data of another version with the programs that fit', async () => {
    await managed.useFresh()
    const newest = all.at(-1) as ServerBinaries
    execFileSync('mv', [managed.home(), join(managed.directory, String(newest.major))])
    const server = await managed.start({ binaries: newest })
    expect(server.binaries.major).toBe(binaries.major)
    await runIn(server, 'SELECT 1')
  })
})
