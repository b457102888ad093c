import { DatabaseError, join, type Session, type Sql } from '../../../db/index.js'

/** A statement that the database may refuse. */
export interface Attempt {
  readonly statement: Sql
}

export interface Refused<T extends Attempt> {
  readonly attempt: T
  readonly error: DatabaseError
}

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
    await session.savepoint(() =>
      session.execute(
        join(
          attempts.map(({ statement }) => statement),
          ';\n',
        ),
      ),
    )
    return []
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    if (attempts.length === 1) return [{ attempt: first, error }]
    const middle = Math.ceil(attempts.length / 2)
    const before = await attemptAll(session, attempts.slice(0, middle))
    return [...before, ...(await attemptAll(session, attempts.slice(middle)))]
  }
}
