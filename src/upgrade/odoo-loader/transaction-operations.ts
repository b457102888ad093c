import { UserError } from '../../base/index.js'
import { raw, type Session } from '../../db/index.js'
import {
  type GuestAnswer,
  GuestError,
  type GuestOperations,
  type GuestValue,
} from '../../scripts/values/index.js'

const NOTHING: GuestAnswer = { kind: 'value', value: null }
const ISOLATIONS = ['read uncommitted', 'read committed', 'repeatable read', 'serializable']

/** `begin`, `commit` and `rollback` of a guest that makes its own transactions on the session. */
export function transactionOperations(session: Session): GuestOperations {
  return {
    begin: async (_, keywords) => {
      await session.execute(raw(['BEGIN', ...modesOf(keywords)].join(' ')))
      return NOTHING
    },
    commit: async () => {
      const { tag } = await session.send('COMMIT')
      // PostgreSQL answers so, without an error, when a statement had failed.
      if (tag === 'ROLLBACK') throw nothingCommitted()
      return NOTHING
    },
    rollback: async () => {
      await session.execute(raw('ROLLBACK'))
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
