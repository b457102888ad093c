import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UserError } from '../../base/index.js'
import { completeLibraries } from '../programs/package-binaries.js'
import type { ServerBinaries } from '../server-programs.js'
import { isReachable, substituteFor } from './reachable.js'
import type { SystemUser } from './server-user.js'

/**
 * The binaries, or a copy of them where the server's user can reach them: an npm package below /root
 * is out of reach for the user that the server has to run as.
 */
export async function usableBinaries(
  binaries: ServerBinaries,
  user: SystemUser | undefined,
): Promise<ServerBinaries> {
  if (user === undefined || (await isReachable(binaries.binDir, user))) return binaries
  if (binaries.origin !== 'package') {
    throw new UserError(
      'SERVER_OUT_OF_REACH',
      `The user ${user.name} cannot run the PostgreSQL programs in ${binaries.binDir}`,
      { hint: 'Run moult as an ordinary user, or install PostgreSQL where everybody can run it.' },
    )
  }
  const native = dirname(binaries.binDir)
  const folder = await substituteFor(native, `postgres-${binaries.version}`, user)
  const copy = join(folder, basename(native))
  if (!existsSync(copy)) await copyWhole(native, folder, copy)
  return { ...binaries, binDir: join(copy, basename(binaries.binDir)), environment: {} }
}

async function copyWhole(native: string, folder: string, copy: string): Promise<void> {
  const partial = join(folder, randomUUID())
  try {
    const inside = join(partial, basename(native))
    await cp(native, inside, { recursive: true, verbatimSymlinks: true })
    await completeLibraries(partial, partial)
    await rename(inside, copy).catch((error: unknown) => {
      // Another process was faster.
      if (!existsSync(copy)) throw error
    })
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}
