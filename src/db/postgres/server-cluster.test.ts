import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { moultChild } from '../../../test/support/child-process.js'
import { administer, failureOf } from '../../../test/support/database-suite/suite.js'
import { managedEngines, useEngine } from '../../../test/support/engines.js'
import type { ManagedServer } from '../managed/managed-server.js'
import { raw, sql } from '../sql.js'
import { scramVerifier } from './scram-verifier.js'
import { ServerCluster } from './server-cluster.js'

// A server that somebody else runs: here a managed one, seen from outside.
const engine = (await managedEngines()).find(({ unavailable }) => unavailable === undefined)

describe('a server that does not answer', () => {
  it('is named, with advice', async () => {
    const cluster = new ServerCluster({ host: '127.0.0.1', port: 1, user: 'x', password: 'x' })
    expect(await failureOf(cluster.withSession('postgres', async () => {}))).toMatchObject({
      code: 'CONNECTION_FAILED',
      tier: 'outside',
      message: expect.stringContaining('127.0.0.1:1'),
      hint: expect.stringContaining('--db_host'),
    })
  })

  it('and hangs up is named too', async () => {
    const mute = createServer((socket) => socket.destroy())
    await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done))
    const address = mute.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const cluster = new ServerCluster({ host: '127.0.0.1', port, user: 'x', password: 'x' })
    const refused = await failureOf(cluster.withSession('postgres', async () => {}))
    expect(refused).toMatchObject({ code: 'CONNECTION_FAILED' })
    mute.close()
  })
})

describe.skipIf(engine === undefined)('a server', () => {
  const managed = useEngine(
    engine ?? { name: 'none', kind: 'managed', unavailable: 'none', open: () => Promise.reject() },
  )
  const address = (user = 'moult', password?: string) => {
    const { PGHOST = '', PGPORT } = (managed() as ManagedServer).environment('postgres')
    return { host: PGHOST, port: Number(PGPORT), user, ...(password !== undefined && { password }) }
  }

  it('takes the right password, and refuses a wrong one without showing it', async () => {
    await administer(managed(), "CREATE ROLE app LOGIN PASSWORD 'right'")
    const asApp = (password: string): ServerCluster => new ServerCluster(address('app', password))
    const { rows } = await asApp('right').withSession('postgres', (db) =>
      db.query(raw('SELECT current_user AS u')),
    )
    expect(rows).toEqual([{ u: 'app' }])
    const refused = await failureOf(asApp('wrong-secret').withSession('postgres', async () => {}))
    expect(refused).toMatchObject({ code: 'CONNECTION_FAILED' })
    expect(JSON.stringify(refused)).not.toContain('wrong-secret')
  })

  it('takes the verifier of a password in its place', async () => {
    const verifier = scramVerifier('the password')
    await administer(managed(), `CREATE ROLE verified LOGIN PASSWORD '${verifier}'`)
    const cluster = new ServerCluster(address('verified', 'the password'))
    expect(await cluster.withSession('postgres', async () => 'in')).toBe('in')
  })

  it('describes itself to external programs', () => {
    const cluster = new ServerCluster({
      host: 'db.example',
      port: 5433,
      user: 'odoo',
      password: 'secret',
    })
    expect(cluster.address).toBe('db.example:5433')
    expect(cluster.environment('sales')).toEqual({
      PGDATABASE: 'sales',
      PGHOST: 'db.example',
      PGPORT: '5433',
      PGUSER: 'odoo',
      PGPASSWORD: 'secret',
    })
  })

  it('keeps an operation of another process out of a locked database', async () => {
    const child = moultChild(`
      const cluster = new db.ServerCluster(${JSON.stringify(address())})
      await cluster.lock('sales', 'upgrade to 16.0')
      say('locked'); await told(); process.exit(0)`)
    expect(await child.line()).toBe('locked')
    const cluster = new ServerCluster(address())
    expect(await failureOf(cluster.lock('sales', 'drop'))).toMatchObject({
      code: 'DATABASE_BUSY',
      data: { holder: { who: 'moult: upgrade to 16.0' } },
    })
    // A killed process leaves no lock behind.
    await child.kill('SIGKILL')
    const lock = await untilTaken(() => cluster.lock('sales', 'drop'))
    await lock.release()
  })

  it('that ends a session makes it fail as lost; a lock held meanwhile does not end the process', async () => {
    const cluster = new ServerCluster(address())
    const lock = await cluster.lock('sales', 'upgrade')
    const end = sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                     WHERE application_name ~ '^moult' AND application_name <> 'moult: attached' AND pid <> pg_backend_pid()`
    const lost = failureOf(
      cluster.withSession('postgres', async (db) => {
        await managed().withSession('postgres', (other) => other.query(end))
        await db.query(raw('SELECT 1'))
      }),
    )
    expect(await lost).toMatchObject({ code: 'CONNECTION_LOST', tier: 'outside' })
    await lock.release()
  })

  it('loses nothing by a connection that breaks between transactions', async () => {
    const cluster = new ServerCluster(address())
    await administer(cluster, 'CREATE TABLE kept (a int)')
    const broken = cluster.withSession('postgres', async (db) => {
      await db.transaction(() => db.execute(raw('INSERT INTO kept VALUES (1)')))
      await db.transaction(async () => {
        await db.execute(raw('INSERT INTO kept VALUES (2)'))
        await db.query(raw('SELECT pg_terminate_backend(pg_backend_pid())'))
      })
    })
    expect(await failureOf(broken)).toMatchObject({ code: 'CONNECTION_LOST' })
    const { rows } = await cluster.withSession('postgres', (db) =>
      db.query(raw('SELECT a FROM kept')),
    )
    expect(rows).toEqual([{ a: 1 }])
  })
})

async function untilTaken<T>(take: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await take()
    } catch (error) {
      if (attempt === 100) throw error
      await new Promise((done) => setTimeout(done, 20))
    }
  }
}
