import { codeOf, messageOf, OutsideError } from '../base/index.js'

const SHOWN_STATEMENT = 500

/** PostgreSQL refused a statement. `sqlState` is its five-character code (`42P01`). */
export class DatabaseError extends OutsideError {
  readonly sqlState: string
  readonly statement: string
  /** Where in the statement, counted in characters from 1, when PostgreSQL says so. */
  readonly position: number | undefined

  constructor(statement: string, cause: unknown) {
    const sqlState = codeOf(cause) ?? 'XX000'
    const detail = textField(cause, 'detail')
    const hint = textField(cause, 'hint')
    super('DATABASE_ERROR', `${messageOf(cause)} (SQLSTATE ${sqlState})`, {
      cause,
      ...(hint !== undefined && { hint }),
      data: {
        sqlState,
        statement: shorten(statement),
        ...(detail !== undefined && { detail }),
        ...(textField(cause, 'where') !== undefined && { where: textField(cause, 'where') }),
      },
    })
    this.sqlState = sqlState
    this.statement = statement
    const position = textField(cause, 'position')
    this.position = position === undefined ? undefined : Number(position)
  }
}

/** Whether `error` is PostgreSQL's answer with one of these SQLSTATE codes. */
export function hasSqlState(error: unknown, ...states: readonly string[]): boolean {
  return error instanceof DatabaseError && states.includes(error.sqlState)
}

/** The connection broke, or could not be opened. */
export function connectionError(address: string, cause: unknown, opened: boolean): OutsideError {
  return opened
    ? new OutsideError('CONNECTION_LOST', `The connection to ${address} was lost`, {
        cause,
        hint: `${messageOf(cause)}. Nothing half-made was left under its final name; run the command again when the server answers.`,
      })
    : new OutsideError('CONNECTION_FAILED', `Cannot connect to ${address}: ${describe(cause)}`, {
        cause,
        hint: 'Check host, port, user and password (--db_host, --db_port, --db_user, PGPASSWORD), and that the server runs.',
      })
}

function describe(cause: unknown): string {
  // Node reports a refused connection to a host with several addresses as an AggregateError.
  if (cause instanceof AggregateError) return cause.errors.map(messageOf).join('; ')
  return messageOf(cause) || (codeOf(cause) ?? 'unknown reason')
}

function shorten(statement: string): string {
  return statement.length <= SHOWN_STATEMENT
    ? statement
    : `${statement.slice(0, SHOWN_STATEMENT)} …`
}

function textField(cause: unknown, field: string): string | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined
  const value: unknown = Reflect.get(cause, field)
  return typeof value === 'string' ? value : undefined
}
