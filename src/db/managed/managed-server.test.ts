import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../test/support/database-suite/suite.js'
import { testBinaries } from '../../../test/support/engines.js'
import { ManagedDirectory, runIn } from '../../../test/support/managed-directory.js'
import { isProcessAlive } from '../../base/index.js'
import type { ServerBinaries } from '../server-programs.js'
import { raw } from '../sql.js'
import { startManaged } from './managed-server.js'

const [oldest] = await testBinaries()

describe.skipIf(oldest === undefined)('a managed server', () => {
  const binaries = oldest as ServerBinaries
  const managed = new ManagedDirectory(binaries).use()

  it('is made, started and stopped, and keeps its databases', async () => {
    const log: string[] = []
    const server = await managed.start({ onLog: (line) => log.push(line) })
    expect(server).toMatchObject({ kind: 'managed', maintenanceDatabase: 'postgres' })
    expect(server.address).toBe(`the managed PostgreSQL ${binaries.major} in ${managed.home()}`)
    await runIn(server, 'CREATE TABLE t AS SELECT 1 AS a')
    const pid = await managed.pid()
    await server.close()
    await server.close()
    expect(isProcessAlive(pid ?? 0)).toBe(false)
    expect(log.join('\n')).toMatch(/starting PostgreSQL[\s\S]*stopped/)
    expect(await failureOf(runIn(server, 'SELECT 1'))).toMatchObject({ code: 'MANAGED_CLOSED' })
    // Without being told which version: the one that the directory has.
    const again = await managed.startAny({ directory: managed.directory })
    const { rows } = await again.withSession('postgres', (db) => db.query(raw('SELECT a FROM t')))
    expect(rows).toEqual([{ a: 1 }])
    expect(again.binaries.major).toBe(binaries.major)
  })

  it('is used by several processes, and stopped by the last', async () => {
    await managed.useFresh()
    const server = await managed.start()
    const pid = await managed.pid()
    const child = managed.child("say('attached'); await told(); await server.close()")
    expect(await child.line()).toBe('attached')
    await server.close()
    expect(await managed.pid()).toBe(pid)
    child.tell()
    expect(await child.end()).toEqual({ code: 0, stderr: '' })
    expect(await managed.pid()).toBeUndefined()
    expect(isProcessAlive(pid ?? 0)).toBe(false)
  })

  it('is made and started once by processes that want it at the same time', async () => {
    const children = Array.from({ length: 3 }, () =>
      managed.child(`
        await server.withSession('postgres', (s) => s.execute(db.raw('SELECT 1')))
        say('used'); await told(); await server.close()`),
    )
    const here = await managed.start()
    for (const child of children) expect(await child.line()).toBe('used')
    await runIn(here, 'SELECT 1')
    await here.close()
    for (const child of children) child.tell()
    for (const child of children) expect(await child.end()).toEqual({ code: 0, stderr: '' })
    expect(await managed.pid()).toBeUndefined()
  })

  it('survives being wanted and left over and over', async () => {
    await managed.useFresh()
    const turns = Array.from({ length: 4 }, async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        const server = await startManaged({ directory: managed.directory, binaries })
        await server.withSession('postgres', (db) => db.query(raw('SELECT 1')))
        await server.close()
      }
    })
    await Promise.all(turns)
    expect(await managed.pid()).toBeUndefined()
  })

  it('left by a killed process is used by the next, and stopped by it', async () => {
    await managed.useFresh()
    const child = managed.child(`
      await server.withSession('postgres', (s) => s.execute(db.raw('CREATE TABLE t AS SELECT 1 AS a')))
      say('used'); await told()`)
    expect(await child.line()).toBe('used')
    const pid = await managed.pid()
    await child.kill('SIGKILL')
    expect(isProcessAlive(pid ?? 0)).toBe(true)
    const server = await managed.start()
    expect(await managed.pid()).toBe(pid)
    await runIn(server, 'INSERT INTO t VALUES (2)')
    await server.close()
    expect(isProcessAlive(pid ?? 0)).toBe(false)
  })

  it('does not keep a process alive that forgets to close it', async () => {
    await managed.useFresh()
    const child = managed.child(
      "await server.withSession('postgres', (s) => s.query(db.sql`SELECT 1`))",
    )
    expect(await child.end()).toEqual({ code: 0, stderr: '' })
    await (await managed.start()).close()
    expect(await managed.pid()).toBeUndefined()
  })

  it('that was killed starts again for the next session, with what was committed', async () => {
    await managed.useFresh()
    const server = await managed.start()
    await runIn(server, 'CREATE TABLE t AS SELECT 1 AS a')
    await runIn(server, 'CHECKPOINT')
    const lost = failureOf(
      server.withSession('postgres', async (db) => {
        process.kill((await managed.pid()) ?? 0, 'SIGKILL')
        await db.query(raw('SELECT pg_sleep(30)'))
      }),
    )
    expect(await lost).toMatchObject({ code: 'CONNECTION_LOST' })
    const { rows } = await server.withSession('postgres', (db) => db.query(raw('SELECT a FROM t')))
    expect(rows).toEqual([{ a: 1 }])
  })

  it('starts over a postmaster.pid that nobody has, or another program', async () => {
    await managed.useFresh()
    const other = spawn('sleep', ['60'])
    const { pid: gone = 0 } = spawn('true')
    for (const pid of [gone, other.pid]) {
      const lines = [
        pid,
        join(managed.home(), 'data'),
        1700000000,
        5432,
        join(managed.home(), 'socket'),
        '',
        '1 2',
        'ready',
        '',
      ]
      await writeFile(join(managed.home(), 'data', 'postmaster.pid'), lines.join('\n'))
      const server = await managed.start()
      await runIn(server, 'SELECT 1')
      await server.close()
    }
    expect(isProcessAlive(other.pid ?? 0)).toBe(true)
    other.kill()
  })
})
