import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { moultChild } from '../../../test/support/child-process.js'
import { failureOf } from '../../../test/support/database-suite/suite.js'
import { testBinaries } from '../../../test/support/engines.js'
import { type TemporaryFolder, temporaryFolder } from '../../../test/support/temporary-folder.js'
import { isProcessAlive } from '../process-life.js'
import type { ServerBinaries } from '../server-programs.js'
import { raw, sql } from '../sql.js'
import { type ManagedOptions, type ManagedServer, startManaged } from './managed-server.js'
import { findPostmaster } from './postmaster.js'

const all = await testBinaries()
const [oldest] = all
const packaged = all.find(({ origin }) => origin === 'package')
const isRoot = process.getuid?.() === 0

describe.skipIf(oldest === undefined)('a managed server', () => {
  const binaries = oldest as ServerBinaries
  /** An initialised directory, to copy instead of running initdb for each test. */
  let fresh: TemporaryFolder
  let folder: TemporaryFolder
  let directory: string
  const servers: ManagedServer[] = []

  beforeAll(async () => {
    fresh = await temporaryFolder()
    const server = await startManaged({ directory: join(fresh.path, 'managed'), binaries })
    await server.close()
    return () => fresh.remove()
  })
  beforeEach(async () => {
    folder = await temporaryFolder()
    directory = join(folder.path, 'managed')
  })
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close()
    await folder.remove()
  })

  const useFresh = async (): Promise<void> => {
    if (isRoot) execFileSync('cp', ['-a', join(fresh.path, 'managed'), directory])
    else await cp(join(fresh.path, 'managed'), directory, { recursive: true })
  }
  const start = async (options: Partial<ManagedOptions> = {}): Promise<ManagedServer> => {
    const server = await startManaged({ directory, binaries, ...options })
    servers.push(server)
    return server
  }
  const run = (server: ManagedServer, text: string): Promise<void> =>
    server.withSession('postgres', (db) => db.execute(raw(text)))
  const home = (): string => join(directory, String(binaries.major))
  const pidOf = async (): Promise<number | undefined> =>
    (await findPostmaster(join(home(), 'data')))?.pid
  const childOn = (body: string) =>
    moultChild(`
      const server = await db.startManaged(${JSON.stringify({ directory, binaries })})
      ${body}`)

  it('is made, started and stopped, and keeps its databases', async () => {
    const log: string[] = []
    const server = await start({ onLog: (line) => log.push(line) })
    expect(server).toMatchObject({ kind: 'managed', maintenanceDatabase: 'postgres' })
    expect(server.address).toBe(`the managed PostgreSQL ${binaries.major} in ${home()}`)
    await run(server, 'CREATE TABLE t AS SELECT 1 AS a')
    const pid = await pidOf()
    await server.close()
    await server.close()
    expect(isProcessAlive(pid ?? 0)).toBe(false)
    expect(log.join('\n')).toMatch(/starting PostgreSQL[\s\S]*stopped/)
    expect(await failureOf(run(server, 'SELECT 1'))).toMatchObject({ code: 'MANAGED_CLOSED' })
    // Without being told which version: the one that the directory has.
    const again = await startManaged({ directory })
    servers.push(again)
    const { rows } = await again.withSession('postgres', (db) => db.query(raw('SELECT a FROM t')))
    expect(rows).toEqual([{ a: 1 }])
    expect(again.binaries.major).toBe(binaries.major)
  })

  it('listens in a private folder only, and is set for one machine and one user', async () => {
    await useFresh()
    const server = await start()
    const { PGHOST = '', PGUSER } = server.environment('postgres')
    expect(PGUSER).toBe('moult')
    expect((await stat(PGHOST)).mode & 0o777).toBe(0o700)
    expect((await stat(join(home(), 'data'))).mode & 0o777).toBe(0o700)
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
    await useFresh()
    await start()
    expect((await stat(`/proc/${await pidOf()}`)).uid).not.toBe(0)
  })

  it('is used by several processes, and stopped by the last', async () => {
    await useFresh()
    const server = await start()
    const pid = await pidOf()
    const child = childOn("say('attached'); await told(); await server.close()")
    expect(await child.line()).toBe('attached')
    await server.close()
    expect(await pidOf()).toBe(pid)
    child.tell()
    expect(await child.end()).toEqual({ code: 0, stderr: '' })
    expect(await pidOf()).toBeUndefined()
    expect(isProcessAlive(pid ?? 0)).toBe(false)
  })

  it('is made and started once by processes that want it at the same time', async () => {
    const children = Array.from({ length: 3 }, () =>
      childOn(`
        await server.withSession('postgres', (s) => s.execute(db.raw('SELECT 1')))
        say('used'); await told(); await server.close()`),
    )
    const here = await start()
    for (const child of children) expect(await child.line()).toBe('used')
    await run(here, 'SELECT 1')
    await here.close()
    for (const child of children) child.tell()
    for (const child of children) expect(await child.end()).toEqual({ code: 0, stderr: '' })
    expect(await pidOf()).toBeUndefined()
  })

  it('survives being wanted and left over and over', async () => {
    await useFresh()
    const turns = Array.from({ length: 4 }, async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        const server = await startManaged({ directory, binaries })
        await server.withSession('postgres', (db) => db.query(raw('SELECT 1')))
        await server.close()
      }
    })
    await Promise.all(turns)
    expect(await pidOf()).toBeUndefined()
  })

  it('left by a killed process is used by the next, and stopped by it', async () => {
    await useFresh()
    const child = childOn(`
      await server.withSession('postgres', (s) => s.execute(db.raw('CREATE TABLE t AS SELECT 1 AS a')))
      say('used'); await told()`)
    expect(await child.line()).toBe('used')
    const pid = await pidOf()
    await child.kill('SIGKILL')
    expect(isProcessAlive(pid ?? 0)).toBe(true)
    const server = await start()
    expect(await pidOf()).toBe(pid)
    await run(server, 'INSERT INTO t VALUES (2)')
    await server.close()
    expect(isProcessAlive(pid ?? 0)).toBe(false)
  })

  it('does not keep a process alive that forgets to close it', async () => {
    await useFresh()
    const child = childOn("await server.withSession('postgres', (s) => s.query(db.sql`SELECT 1`))")
    expect(await child.end()).toEqual({ code: 0, stderr: '' })
    await (await start()).close()
    expect(await pidOf()).toBeUndefined()
  })

  it('that was killed starts again for the next session, with what was committed', async () => {
    await useFresh()
    const server = await start()
    await run(server, 'CREATE TABLE t AS SELECT 1 AS a')
    await run(server, 'CHECKPOINT')
    const lost = failureOf(
      server.withSession('postgres', async (db) => {
        process.kill((await pidOf()) ?? 0, 'SIGKILL')
        await db.query(raw('SELECT pg_sleep(30)'))
      }),
    )
    expect(await lost).toMatchObject({ code: 'CONNECTION_LOST' })
    const { rows } = await server.withSession('postgres', (db) => db.query(raw('SELECT a FROM t')))
    expect(rows).toEqual([{ a: 1 }])
  })

  it('starts over a postmaster.pid that nobody has, or another program', async () => {
    await useFresh()
    const other = spawn('sleep', ['60'])
    const { pid: gone = 0 } = spawn('true')
    for (const pid of [gone, other.pid]) {
      const lines = [
        pid,
        join(home(), 'data'),
        1700000000,
        5432,
        join(home(), 'socket'),
        '',
        '1 2',
        'ready',
        '',
      ]
      await writeFile(join(home(), 'data', 'postmaster.pid'), lines.join('\n'))
      const server = await start()
      await run(server, 'SELECT 1')
      await server.close()
    }
    expect(isProcessAlive(other.pid ?? 0)).toBe(true)
    other.kill()
  })

  it('whose making was cut short is made again', async () => {
    const partial = join(home(), 'data.partial-x')
    await mkdir(join(partial, 'base'), { recursive: true })
    for (const path of [directory, home()]) await chmod(path, 0o711)
    await run(await start(), 'SELECT 1')
    expect(existsSync(partial)).toBe(false)
  })

  it('puts its socket in a short folder when its own path is too long', async () => {
    directory = join(folder.path, 'long'.repeat(25), 'managed')
    await mkdir(directory, { recursive: true })
    if (isRoot) for (const path of [directory, join(directory, '..')]) await chmod(path, 0o711)
    const server = await start()
    const { PGHOST = '' } = server.environment('postgres')
    expect(PGHOST.startsWith(folder.path)).toBe(false)
    expect((await stat(PGHOST)).mode & 0o777).toBe(0o700)
    await run(server, 'SELECT 1')
    await server.close()
    expect(existsSync(PGHOST)).toBe(false)
    const again = await start()
    expect(again.environment('postgres').PGHOST).toBe(PGHOST)
    await run(again, 'SELECT 1')
  })

  it.runIf(isRoot)(
    'of root, in a folder that others cannot enter, lies elsewhere and is found again',
    async () => {
      const closed = join(folder.path, 'closed')
      await mkdir(closed, { mode: 0o700 })
      directory = join(closed, 'managed')
      const server = await start()
      await run(server, 'CREATE TABLE t AS SELECT 1 AS a')
      await server.close()
      const { files } = JSON.parse(await readFile(join(home(), 'moult.json'), 'utf8'))
      expect(files.startsWith(closed)).toBe(false)
      const again = await startManaged({ directory })
      servers.push(again)
      await run(again, 'INSERT INTO t VALUES (2)')
      await again.close()
      await rm(files, { recursive: true })
    },
  )

  it.runIf(isRoot && packaged !== undefined)(
    'runs programs of an npm package that its user cannot reach',
    async () => {
      const native = join(folder.path, 'closed', 'package', 'native')
      await mkdir(dirname(native), { recursive: true })
      await chmod(join(folder.path, 'closed'), 0o700)
      await cp(dirname(packaged?.binDir ?? ''), native, { recursive: true, verbatimSymlinks: true })
      const server = await start({
        binaries: { ...(packaged as ServerBinaries), binDir: join(native, 'bin') },
      })
      await run(server, 'SELECT 1')
      expect(server.binaries.binDir.startsWith(folder.path)).toBe(false)
      await server.close()
      await rm(dirname(dirname(server.binaries.binDir)), { recursive: true })
    },
  )

  it('can listen on the loopback address with a password instead', async () => {
    const server = await start({ loopback: true })
    const { PGHOST, PGPASSWORD = '' } = server.environment('postgres')
    expect(PGHOST).toBe('127.0.0.1')
    expect(PGPASSWORD.length).toBeGreaterThan(20)
    await run(server, 'CREATE ROLE guest')
    const { rows } = await server.withConfinedSession('postgres', { name: 'guest' }, (db) =>
      db.query(raw('SELECT session_user AS u')),
    )
    expect(rows).toEqual([{ u: 'guest' }])
    expect((await stat(join(home(), 'password'))).mode & 0o777).toBe(0o600)
  })

  it('says why it does not start', async () => {
    await useFresh()
    await writeFile(join(home(), 'data', 'global', 'pg_control'), 'damaged')
    expect(await failureOf(start())).toMatchObject({
      code: 'MANAGED_START_FAILED',
      tier: 'outside',
      data: { log: expect.arrayContaining([expect.stringContaining('pg_control')]) },
    })
  })

  it('of a version that is not on this machine is refused, with advice', async () => {
    await useFresh()
    await writeFile(join(home(), 'data', 'PG_VERSION'), '11\n')
    const refused = await failureOf(start())
    expect(refused).toMatchObject({
      code: 'MANAGED_OTHER_VERSION',
      tier: 'user',
      data: { major: 11 },
    })
    const other = join(folder.path, 'other')
    await mkdir(join(other, '11', 'data'), { recursive: true })
    await writeFile(join(other, '11', 'data', 'PG_VERSION'), '11\n')
    expect(await failureOf(startManaged({ directory: other }))).toMatchObject({
      code: 'MANAGED_OTHER_VERSION',
    })
  })

  it.runIf(all.length > 1)('runs data of another version with the programs that fit', async () => {
    await useFresh()
    const newest = all.at(-1) as ServerBinaries
    execFileSync('mv', [home(), join(directory, String(newest.major))])
    const server = await start({ binaries: newest })
    expect(server.binaries.major).toBe(binaries.major)
    await run(server, 'SELECT 1')
  })
})
