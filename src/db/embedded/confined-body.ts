import type pg from 'pg'
import { codeOf } from '../../base/index.js'
import type { RunElevated } from '../cluster.js'
import { refusePowerfulRole } from '../confined-role.js'
import type { Session } from '../session.js'
import type { Sql } from '../sql.js'
import { transactionEnded, transactionFailed } from '../transaction-refusals.js'
import type { WorkerThread } from './worker-thread.js'

const IN_FAILED_TRANSACTION = '25P02'

/** A connection of the embedded engine and how to make sessions over it. */
export interface OpenedSession {
  readonly thread: WorkerThread
  readonly client: pg.Client
  /** Makes a session over the client, within a transaction or not. */
  readonly session: (insideTransaction: boolean) => Session
  /** Ends the engine; the next session starts another one. */
  readonly crash: () => Promise<void>
}

export interface ConfinedBody<T> extends OpenedSession {
  readonly role: string
  /** The whole body is one transaction. */
  readonly enclosed: boolean
  readonly body: (session: Session, elevated: RunElevated) => Promise<T>
}

/**
 * Runs a body as `role`, in one transaction or several. The connection is the superuser's again afterwards, and
 * nothing of the body's that PostgreSQL puts off to the commit runs as the superuser.
 */
export async function runConfined<T>(confined: ConfinedBody<T>): Promise<T> {
  const { thread, client } = confined
  await refusePowerfulRole(confined.session(false), confined.role)
  await thread.request({ kind: 'confine', role: confined.role })
  try {
    if (!confined.enclosed) return await runBody(confined, false)
    await client.query('BEGIN')
    const number = await transactionNumber(client)
    const result = await runBody(confined, true)
    await refuseEnded(client, number)
    await client.query('COMMIT')
    return result
  } finally {
    // Also what a failed or ended transaction left in the session: temporary tables, settings.
    await client.query('ROLLBACK').catch(() => {})
    await client.query('DISCARD ALL').catch(() => {})
    // An engine that cannot be the superuser's again must not be used again.
    await thread.request({ kind: 'confine', role: undefined }).catch(() => confined.crash())
  }
}

function runBody<T>(confined: ConfinedBody<T>, enclosed: boolean): Promise<T> {
  const session = confined.session(enclosed)
  return confined.body(session, (statement) => runElevated(confined.thread, session, statement))
}

/** The rights end before the savepoint does: a failure must not outlive it in either sense. */
function runElevated(thread: WorkerThread, session: Session, statement: Sql): Promise<void> {
  return session.savepoint(async () => {
    await thread.request({ kind: 'elevate', on: true })
    try {
      await session.execute(statement)
    } finally {
      await thread.request({ kind: 'elevate', on: false })
    }
  })
}

/** Fails unless the transaction of this number is still under way and sound. */
async function refuseEnded(client: pg.Client, number: string): Promise<void> {
  let now: string
  try {
    now = await transactionNumber(client)
  } catch (error) {
    throw codeOf(error) === IN_FAILED_TRANSACTION ? transactionFailed() : error
  }
  // One that was ended and begun again looks the same, but for its number.
  if (client.getTransactionStatus() !== 'T' || now !== number) throw transactionEnded()
}

/** The number that only this transaction has; not even one begun in the same statement. */
async function transactionNumber(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ number: string }>(
    `SELECT virtualtransaction AS number FROM pg_catalog.pg_locks
      WHERE locktype = 'virtualxid' AND pid = pg_catalog.pg_backend_pid()`,
  )
  return String(rows[0]?.number)
}
