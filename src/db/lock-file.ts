import { open, readFile, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf, isProcessAlive, processStart } from '../base/index.js'

/** Who holds a lock file. */
export interface LockFileHolder {
  readonly pid: number
  readonly host: string
  readonly since: string
  readonly operation: string
  /** Tells the process from a later one with the same number. */
  readonly start?: string
}

/** The lock, or whom it was refused in favour of (undefined: somebody who is writing it just now). */
export type LockFileResult =
  | { readonly kind: 'taken'; readonly release: () => Promise<void> }
  | { readonly kind: 'refused'; readonly holder: LockFileHolder | undefined }

/** A file without content this old was left by a process killed between creating and writing it. */
const EMPTY_STALE_MS = 5_000
const RETRY_MS = 10
const ATTEMPTS = 50

/**
 * Takes a lock that is a file, unless a living process holds it. What a killed process left is taken
 * over, by one process only. A holder on another machine counts as living: only that machine knows.
 */
export async function takeLockFile(path: string, operation: string): Promise<LockFileResult> {
  let holder: LockFileHolder | undefined
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await create(path, operation)) {
      return { kind: 'taken', release: () => rm(path, { force: true }) }
    }
    holder = await readHolder(path)
    if (holder !== undefined && isLiving(holder)) return { kind: 'refused', holder }
    if (!(await removeStale(path))) await sleep(RETRY_MS)
  }
  return { kind: 'refused', holder }
}

async function create(path: string, operation: string): Promise<boolean> {
  const start = processStart(process.pid)
  const me: LockFileHolder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    operation,
    ...(start !== undefined && { start }),
  }
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(JSON.stringify(me))
    await file.close()
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

async function readHolder(path: string): Promise<LockFileHolder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LockFileHolder
  } catch {
    // Gone meanwhile, or not written yet.
    return undefined
  }
}

function isLiving(holder: LockFileHolder): boolean {
  return holder.host !== hostname() || isProcessAlive(holder.pid, holder.start)
}

/**
 * Removes the lock file if its holder is gone; false when another process is about to. A second file
 * guards the removal: else two processes that found the same stale lock could both end up with it, as
 * the slower one would remove what the faster one has just taken.
 */
async function removeStale(path: string): Promise<boolean> {
  const guard = `${path}.takeover`
  try {
    await (await open(guard, 'wx', 0o600)).close()
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    if (await isOlder(guard, EMPTY_STALE_MS)) await rm(guard, { force: true })
    return false
  }
  try {
    const holder = await readHolder(path)
    const stale = holder ? !isLiving(holder) : await isOlder(path, EMPTY_STALE_MS)
    if (stale) await rm(path, { force: true })
    return stale
  } finally {
    await rm(guard, { force: true })
  }
}

async function isOlder(path: string, age: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > age
  } catch {
    return false
  }
}
