import { DatabaseError, join, raw, type Session, type Sql } from '../../../db/index.js'

/** A statement that the database may refuse. */
export interface Attempt {
  readonly statement: Sql
}

export interface Refused<T extends Attempt> {
  readonly attempt: T
  readonly error: DatabaseError
}

// Sent with what they guard: one round trip where nothing is refused, which is nearly always.
const SAVEPOINT = raw('SAVEPOINT moult_attempt')
const RELEASE = raw('RELEASE SAVEPOINT moult_attempt')
const ROLLBACK = raw('ROLLBACK TO SAVEPOINT moult_attempt')

/**
 * Sends statements that may fail, all at once; where one does, the halves, until each that fails stands
 * alone. Returns those; the others are done.
 */
export async function attemptAll<T extends Attempt>(
  session: Session,
  attempts: readonly T[],
): Promise<readonly Refused<T>[]> {
  const [first] = attempts
  if (first === undefined) return []
  try {
    const statements = attempts.map(({ statement }) => statement)
    await session.execute(join([SAVEPOINT, ...statements, RELEASE], ';\n'))
    return []
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    await session.execute(join([ROLLBACK, RELEASE], ';\n'))
    if (attempts.length === 1) return [{ attempt: first, error }]
    const middle = Math.ceil(attempts.length / 2)
    const before = await attemptAll(session, attempts.slice(0, middle))
    return [...before, ...(await attemptAll(session, attempts.slice(middle)))]
  }
}
