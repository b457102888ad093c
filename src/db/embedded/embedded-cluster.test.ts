import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { moultChild } from '../../../test/support/child-process.js'
import { failureOf } from '../../../test/support/database-suite/suite.js'
import { testCache } from '../../../test/support/engines.js'
import { type TemporaryFolder, temporaryFolder } from '../../../test/support/temporary-folder.js'
import { raw } from '../sql.js'
import { imageTemplate } from './data-directory.js'
import { EmbeddedCluster } from './embedded-cluster.js'

describe('an embedded directory', () => {
  let folder: TemporaryFolder
  let directory: string
  let turn = 0
  const opened: EmbeddedCluster[] = []

  /** A closed cluster with table t and its row 1, to copy: quicker than making one for each test. */
  const made = (): string => join(folder.path, 'made')

  beforeAll(async () => {
    folder = await temporaryFolder()
    const cluster = new EmbeddedCluster({
      directory: made(),
      cacheDirectory: testCache,
      operation: 'making',
    })
    await cluster.withSession('postgres', (db) =>
      db.execute(raw('CREATE TABLE t AS SELECT 1 AS a')),
    )
    await cluster.close()
  })
  beforeEach(() => {
    turn += 1
    directory = join(folder.path, String(turn))
  })
  afterEach(async () => {
    for (const cluster of opened.splice(0)) await cluster.close()
  })
  afterAll(() => folder.remove())

  const useMade = (): Promise<void> => cp(made(), directory, { recursive: true })
  const open = (): EmbeddedCluster => {
    const cluster = new EmbeddedCluster({
      directory,
      cacheDirectory: testCache,
      operation: 'test run',
    })
    opened.push(cluster)
    return cluster
  }
  const run = (cluster: EmbeddedCluster, text: string): Promise<void> =>
    cluster.withSession('postgres', (db) => db.execute(raw(text)))
  const rowsOf = async (cluster: EmbeddedCluster): Promise<unknown> => {
    const { rows } = await cluster.withSession('postgres', (db) =>
      db.query(raw('SELECT a FROM t ORDER BY a')),
    )
    return rows.map(({ a }) => a)
  }
  const childOn = (body: string) =>
    moultChild(`
      const cluster = new db.EmbeddedCluster(${JSON.stringify({ directory, cacheDirectory: testCache, operation: 'restore x' })})
      await cluster.withSession('postgres', async (session) => {
        const run = (text) => session.execute(db.raw(text))
        ${body}
      })
      await cluster.close()`)

  it('keeps its databases', async () => {
    await useMade()
    expect(await rowsOf(open())).toEqual([1])
  })

  it('in use by another process is refused, naming process and operation, until that ends', async () => {
    await useMade()
    const child = childOn("say('open'); await told()")
    expect(await child.line()).toBe('open')
    const cluster = open()
    const refused = await failureOf(run(cluster, 'SELECT 1'))
    expect(refused).toMatchObject({
      code: 'EMBEDDED_IN_USE',
      tier: 'user',
      data: { holder: { pid: child.pid, operation: 'restore x' } },
    })
    expect((refused as Error).message).toContain(`"moult restore x" (process ${child.pid}`)
    child.tell()
    expect(await child.end()).toMatchObject({ code: 0 })
    await run(cluster, 'SELECT 1')
  })

  it('of a process killed inside a transaction opens, without that transaction', async () => {
    await useMade()
    const child = childOn(`
      await run('INSERT INTO t VALUES (2)')
      await run('BEGIN')
      await run('INSERT INTO t SELECT generate_series(3, 20000)')
      say('inserted'); await told()`)
    expect(await child.line()).toBe('inserted')
    await child.kill('SIGKILL')
    expect(existsSync(join(directory, 'moult.lock'))).toBe(true)
    expect(await rowsOf(open())).toEqual([1, 2])
  })

  it('whose making was cut short is made again', async () => {
    await mkdir(join(directory, 'data', 'base'), { recursive: true })
    await writeFile(join(directory, 'data', 'PG_VERSION'), '18')
    const cluster = open()
    await run(cluster, 'CREATE TABLE t AS SELECT 1 AS a')
    expect(await rowsOf(cluster)).toEqual([1])
  })

  it('made by another PostgreSQL version is refused', async () => {
    await mkdir(directory, { recursive: true })
    await writeFile(join(directory, 'moult.json'), '{"engine":"pglite","postgres":17}')
    expect(await failureOf(run(open(), 'SELECT 1'))).toMatchObject({
      code: 'EMBEDDED_OTHER_VERSION',
    })
  })

  it('is refused to a second cluster of the same process', async () => {
    await useMade()
    await run(open(), 'SELECT 1')
    expect(await failureOf(run(open(), 'SELECT 1'))).toMatchObject({ code: 'EMBEDDED_IN_USE' })
  })

  it('starts from the picture of a fresh one, which two may make at once', async () => {
    const cache = join(folder.path, `cache-${turn}`)
    const pictures = await Promise.all([imageTemplate(cache), imageTemplate(cache)])
    expect(await readdir(cache)).toEqual(['pglite-0.5.8.tar'])
    expect(new Set(pictures)).toEqual(new Set([join(cache, 'pglite-0.5.8.tar')]))
  })

  it('stays as it is when a database is asked for that it has not', async () => {
    const unknown = (cluster: EmbeddedCluster): Promise<unknown> =>
      failureOf(cluster.withSession('nowhere', async () => {}))
    await useMade()
    const cluster = open()
    // First as the first thing, then with another database open.
    expect(await unknown(cluster)).toMatchObject({ code: 'DATABASE_UNKNOWN' })
    expect(await rowsOf(cluster)).toEqual([1])
    expect(await unknown(cluster)).toMatchObject({ code: 'DATABASE_UNKNOWN' })
    expect(await rowsOf(cluster)).toEqual([1])
  })

  it('is usable after a statement that asks too much of it', async () => {
    await useMade()
    const cluster = open()
    await run(
      cluster,
      'CREATE FUNCTION deep(i int) RETURNS int LANGUAGE plpgsql AS $$BEGIN RETURN deep(i + 1); END$$',
    )
    const deep = cluster.withSession('postgres', (db) => db.query(raw('SELECT deep(1)')))
    expect(await failureOf(deep)).toMatchObject({ sqlState: '54001' })
    expect(await rowsOf(cluster)).toEqual([1])
  })

  it('that is damaged is not called a missing database', async () => {
    await useMade()
    await writeFile(join(directory, 'data', 'global', 'pg_control'), 'damaged')
    const failing = open().withSession('template1', async () => {})
    expect(await failureOf(failing)).toMatchObject({ code: 'EMBEDDED_FAILED' })
  })

  it('is given back when a process ends without closing', async () => {
    await useMade()
    const child = moultChild(`
      const cluster = new db.EmbeddedCluster(${JSON.stringify({ directory, cacheDirectory: testCache, operation: 'x' })})
      await cluster.withSession('postgres', (session) => session.execute(db.raw('INSERT INTO t VALUES (2)')))`)
    expect(await child.end()).toEqual({ code: 0, stderr: '' })
    expect(await rowsOf(open())).toEqual([1, 2])
    expect(await readFile(join(directory, 'moult.lock'), 'utf8')).toContain(String(process.pid))
  })

  it('in memory is not lost when a database is asked for that it has not', async () => {
    const cluster = new EmbeddedCluster({
      directory: undefined,
      cacheDirectory: testCache,
      operation: 'x',
    })
    opened.push(cluster)
    await run(cluster, 'CREATE TABLE t AS SELECT 1 AS a')
    const unknown = cluster.withSession('nowhere', async () => {})
    expect(await failureOf(unknown)).toMatchObject({ code: 'DATABASE_UNKNOWN' })
    expect(await rowsOf(cluster)).toEqual([1])
  })
})
