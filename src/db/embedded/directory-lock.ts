import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../base/index.js'
import { type LockFileHolder, takeLockFile } from '../lock-file.js'

const FILE = 'moult.lock'

/**
 * One process at a time may open a PGlite data directory: PostgreSQL's shared memory would be
 * private to each, and the files would be ruined. Returns how to give the directory back.
 */
export async function lockDirectory(
  directory: string,
  operation: string,
): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const lock = await takeLockFile(join(directory, FILE), operation)
  if (lock.kind === 'refused') throw inUse(directory, lock.holder)
  return lock.release
}

function inUse(directory: string, holder: LockFileHolder | undefined): UserError {
  const who = holder
    ? `"moult ${holder.operation}" (process ${holder.pid} on ${holder.host}, since ${holder.since})`
    : 'another moult process'
  return new UserError(
    'EMBEDDED_IN_USE',
    `The embedded databases in ${directory} are in use by ${who}`,
    {
      hint: `One process at a time can work on embedded databases. Wait until it has ended; if it is gone for sure, delete the file ${FILE} there.`,
      ...(holder && { data: { holder } }),
    },
  )
}
