import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isProcessAlive } from './process-life.js'

/**
 * Removes the folders of processes that were killed. `pattern` finds the number of the process in a name; what
 * cannot be removed, because it is another user's, stays.
 */
export async function removeAbandoned(parent: string, pattern: RegExp): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = Number(pattern.exec(name)?.[1])
    if (Number.isNaN(pid) || isProcessAlive(pid)) continue
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => {})
  }
}
