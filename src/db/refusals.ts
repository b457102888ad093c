import { UserError } from '../base/index.js'

/** Who holds a database, as far as it is known. */
export interface LockHolder {
  /** What it is doing. */
  readonly who: string
  readonly pid: number
  readonly since?: string
}

/** The refusal of a second operation on one database. */
export function databaseBusy(
  database: string,
  address: string,
  holder: LockHolder | undefined,
): UserError {
  const other = holder
    ? `"${holder.who}" (process ${holder.pid}${holder.since ? `, since ${holder.since}` : ''})`
    : 'another operation'
  return new UserError('DATABASE_BUSY', `"${database}" on ${address} is in use by ${other}`, {
    hint: 'Wait until it has ended, or stop it, then run the command again.',
    data: { database, ...(holder && { holder }) },
  })
}

/** The refusal of a database that does not exist. */
export function databaseUnknown(database: string, address: string, cause?: unknown): UserError {
  return new UserError('DATABASE_UNKNOWN', `There is no database "${database}" on ${address}`, {
    cause,
    hint: '"moult db list" shows the databases that there are.',
    data: { database },
  })
}
