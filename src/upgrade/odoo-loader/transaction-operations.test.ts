import { describe, expect, it } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../test/support/engines.js'
import { firstRow, lit, raw, type Session, sql } from '../../db/index.js'
import type { GuestValue } from '../../scripts/values/index.js'
import { CommitGate } from './commit-gate.js'
import { transactionOperations } from './transaction-operations.js'

const NONE: ReadonlyMap<string, GuestValue> = new Map()

describe("the transactions of Odoo's loader", () => {
  const cluster = useEngine(embeddedInMemory)

  const inSession = <T>(body: (session: Session) => Promise<T>): Promise<T> =>
    cluster().withSession(cluster().maintenanceDatabase, body)
  const open = (): CommitGate => new CommitGate({ honoursAll: false, onWithheld: () => {} })
  const ask = (session: Session, name: string, keywords = NONE) =>
    transactionOperations(session, open())[name]?.([], keywords)

  it('are begun with the isolation that was asked for, committed and rolled back', async () => {
    await inSession(async (session) => {
      const isolation = new Map<string, GuestValue>([['isolation', 'repeatable read']])
      await ask(session, 'begin', isolation)
      const level = await firstRow(session, raw('SHOW transaction_isolation'))
      expect(level).toEqual({ transaction_isolation: 'repeatable read' })
      await session.execute(raw('CREATE TABLE t_kept ()'))
      await ask(session, 'commit')
      await ask(session, 'begin')
      await session.execute(raw('CREATE TABLE t_undone ()'))
      await ask(session, 'rollback')
      const { rows } = await session.query(
        raw(`SELECT tablename FROM pg_tables WHERE tablename LIKE 't\\_%'`),
      )
      expect(rows).toEqual([{ tablename: 't_kept' }])
      await session.execute(raw('DROP TABLE t_kept'))
    })
  })

  it('can be read-only', async () => {
    await inSession(async (session) => {
      await ask(session, 'begin', new Map([['readonly', true]]))
      await expect(session.execute(raw('CREATE TABLE t_refused ()'))).rejects.toMatchObject({
        sqlState: '25006',
      })
      await ask(session, 'rollback')
    })
  })

  it('say so when a commit was a rollback, because a statement had failed', async () => {
    await inSession(async (session) => {
      await ask(session, 'begin')
      await session.send('SELECT 1/0').catch(() => {})
      await expect(ask(session, 'commit')).rejects.toMatchObject({ code: 'ODOO_NOTHING_COMMITTED' })
    })
  })

  it('refuse an isolation that is none', async () => {
    await inSession(async (session) => {
      const evil = new Map<string, GuestValue>([['isolation', 'serializable; DROP TABLE x']])
      await expect(ask(session, 'begin', evil)).rejects.toMatchObject({ kind: 'value' })
    })
  })

  describe('while a module is under way', () => {
    interface Guest {
      readonly gate: CommitGate
      readonly ask: (name: string) => Promise<unknown>
      readonly write: (text: string) => Promise<void>
      readonly withheld: () => number
    }

    async function inModule(body: (guest: Guest) => Promise<void>, honoursAll = false) {
      let withheld = 0
      await inSession(async (session) => {
        const onWithheld = (): void => {
          withheld += 1
        }
        const gate = new CommitGate({ honoursAll, onWithheld })
        const operations = transactionOperations(session, gate)
        const askGuest = async (name: string) => operations[name]?.([], NONE)
        await session.execute(raw('CREATE TABLE t_log (entry text)'))
        await askGuest('begin')
        gate.close()
        await body({
          gate,
          ask: askGuest,
          write: (text) => session.execute(sql`INSERT INTO t_log SELECT ${lit(text)}`),
          withheld: () => withheld,
        })
        await session.send('ROLLBACK')
      })
    }

    async function kept(): Promise<readonly unknown[]> {
      return inSession(async (session) => {
        const { rows } = await session.query(raw('SELECT entry FROM t_log'))
        await session.execute(raw('DROP TABLE t_log'))
        return rows.map(({ entry }) => entry)
      })
    }

    it('keep what the loader commits, and nothing that a script does', async () => {
      await inModule(async ({ gate, ask: say, write, withheld }) => {
        await write('module')
        gate.announce('module')
        await say('commit')
        await write('script')
        await say('commit')
        expect(withheld()).toBe(1)
        await say('begin')
        await write('after it')
      })
      expect(await kept()).toEqual(['module'])
    })

    it('never let the session be outside of one', async () => {
      await inModule(async ({ gate, ask: say, write }) => {
        await say('rollback')
        await write('autocommitted behind a rollback')
        await say('begin')
        await say('rollback')
        gate.announce('module')
        await say('commit')
        await write('autocommitted behind a commit')
      })
      expect(await kept()).toEqual([])
    })

    it('end with the last commit', async () => {
      await inModule(async ({ gate, ask: say, write, withheld }) => {
        gate.announce('end')
        await say('commit')
        await write('behind the end')
        expect(withheld()).toBe(0)
      })
      expect(await kept()).toEqual(['behind the end'])
    })

    it('are what a script makes of them where its commits are allowed', async () => {
      await inModule(async ({ ask: say, write }) => {
        await write('script')
        await say('commit')
        await write('after it')
      }, true)
      expect(await kept()).toEqual(['script'])
    })
  })
})
