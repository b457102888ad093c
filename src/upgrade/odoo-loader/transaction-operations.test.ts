import { describe, expect, it } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../test/support/engines.js'
import { firstRow, raw, type Session } from '../../db/index.js'
import type { GuestValue } from '../../scripts/values/index.js'
import { transactionOperations } from './transaction-operations.js'

const NONE: ReadonlyMap<string, GuestValue> = new Map()

describe("the transactions of Odoo's loader", () => {
  const cluster = useEngine(embeddedInMemory)

  const inSession = <T>(body: (session: Session) => Promise<T>): Promise<T> =>
    cluster().withSession(cluster().maintenanceDatabase, body)
  const ask = (session: Session, name: string, keywords = NONE) =>
    transactionOperations(session)[name]?.([], keywords)

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
})
