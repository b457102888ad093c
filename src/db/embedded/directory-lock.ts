import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { codeOf, UserError } from '../../base/index.js'

interface Holder {
  readonly pid: number
  readonly host: string
  readonly since: string
  readonly operation: string
}

const FILE = 'moult.lock'
const ATTEMPTS = 3

/**
 * One process at a time may open a PGlite data directory: PostgreSQL's shared memory would be
 * private to each, and the files would be ruined. Returns how to give the directory back.
 */
export async function lockDirectory(
  directory: string,
  operation: string,
): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, FILE)
  const me: Holder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    operation,
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      const file = await open(path, 'wx', 0o600)
      await file.writeFile(JSON.stringify(me))
      await file.close()
      return () => rm(path, { force: true })
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
      const holder = await readHolder(path)
      if (holder !== undefined && isAlive(holder)) throw inUse(directory, holder)
      if (attempt === ATTEMPTS) throw inUse(directory, holder)
      await rm(path, { force: true })
    }
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder
  } catch {
    // Empty: its writer was killed between creating and writing it.
    return undefined
  }
}

function isAlive(holder: Holder): boolean {
  // A folder shared between machines: only the other machine knows.
  if (holder.host !== hostname()) return true
  try {
    process.kill(holder.pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function inUse(directory: string, holder: Holder | undefined): UserError {
  const who = holder
    ? `"moult ${holder.operation}" (process ${holder.pid} on ${holder.host}, since ${holder.since})`
    : 'another moult process'
  return new UserError(
    'EMBEDDED_IN_USE',
    `The embedded databases in ${directory} are in use by ${who}`,
    {
      hint: 'One process at a time can work on embedded databases. Wait until it has ended; if it is gone for sure, delete the file moult.lock there.',
      ...(holder && { data: { holder } }),
    },
  )
}
