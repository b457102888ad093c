import { UserError } from '../../base/index.js'
import { raw, type Session } from '../../db/index.js'
import {
  type GuestAnswer,
  GuestError,
  type GuestOperations,
  type GuestValue,
} from '../../scripts/values/index.js'

import type { CommitGate } from './commit-gate.js'

const NOTHING: GuestAnswer = { kind: 'value', value: null }
const ISOLATIONS = ['read uncommitted', 'read committed', 'repeatable read', 'serializable']

/** As Odoo's cursors set it (`odoo/sql_db.py`). */
const ISOLATION = 'ISOLATION LEVEL REPEATABLE READ'

/**
 * `begin`, `commit` and `rollback` of a guest that makes its own transactions on the session. While the gate
 * is closed there always is one: the guest's next `begin` takes part in it.
 */
export function transactionOperations(session: Session, gate: CommitGate): GuestOperations {
  let isBegun = false
  return {
    begin: async (_, keywords) => {
      const modes = modesOf(keywords)
      if (!isBegun) await session.execute(raw(['BEGIN', ...modes].join(' ')))
      isBegun = false
      return NOTHING
    },
    commit: async () => {
      if (!gate.pass()) {
        isBegun = true
        return NOTHING
      }
      const { tag } = await session.send('COMMIT')
      // PostgreSQL answers so, without an error, when a statement had failed.
      if (tag === 'ROLLBACK') throw nothingCommitted()
      isBegun = gate.isClosed
      if (isBegun) await session.execute(raw(`BEGIN ${ISOLATION}`))
      return NOTHING
    },
    rollback: async () => {
      isBegun = gate.isClosed
      await session.execute(raw(isBegun ? `ROLLBACK; BEGIN ${ISOLATION}` : 'ROLLBACK'))
      return NOTHING
    },
  }
}

function modesOf(keywords: ReadonlyMap<string, GuestValue>): readonly string[] {
  const isolation = keywords.get('isolation')
  const modes: string[] = []
  if (isolation !== undefined) {
    if (typeof isolation !== 'string' || !ISOLATIONS.includes(isolation)) {
      throw new GuestError('value', `There is no isolation level ${String(isolation)}`)
    }
    modes.push(`ISOLATION LEVEL ${isolation.toUpperCase()}`)
  }
  if (keywords.get('readonly') === true) modes.push('READ ONLY')
  if (keywords.get('deferrable') === true) modes.push('DEFERRABLE')
  return modes
}

function nothingCommitted(): UserError {
  return new UserError(
    'ODOO_NOTHING_COMMITTED',
    'Odoo or a script committed after a statement had failed; PostgreSQL has undone the whole transaction',
    { hint: 'The log tells which statement failed; a script must run it inside a savepoint.' },
  )
}
