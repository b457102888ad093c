import { execFile } from 'node:child_process'
import { rmdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { codeOf, isProcessAlive, OutsideError } from '../../base/index.js'
import { programPath, type ServerBinaries } from '../server-programs.js'
import { findPostmaster } from './postmaster.js'
import { programEnvironment } from './program-environment.js'
import type { ServerHome } from './server-home.js'

const POLL_MS = 5
const TIMEOUT_MS = 120_000

/** Stops the server as `pg_ctl stop -m fast` does: open transactions are undone, all else is kept. */
export async function stopServer(home: ServerHome, binaries: ServerBinaries): Promise<void> {
  const postmaster = await findPostmaster(home.data)
  if (postmaster === undefined) return
  if (process.platform === 'win32') {
    await promisify(execFile)(
      programPath(binaries.binDir, 'pg_ctl'),
      ['stop', '-m', 'fast', '-W', '-D', home.data],
      { env: programEnvironment(binaries), windowsHide: true },
    )
  } else {
    interrupt(postmaster.pid)
  }
  const deadline = Date.now() + TIMEOUT_MS
  // Not until its file is gone only: its memory is given back a moment later.
  while (isProcessAlive(postmaster.pid)) {
    if (Date.now() > deadline) throw stillRunning(home, postmaster.pid)
    await sleep(POLL_MS)
  }
  // A folder in the system's folder for temporary files is made again by the next start.
  if (dirname(home.socket) !== dirname(home.data)) await rmdir(home.socket).catch(() => {})
}

/** The signal that asks a postmaster for a fast shutdown. */
function interrupt(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}

function stillRunning(home: ServerHome, pid: number): OutsideError {
  return new OutsideError(
    'MANAGED_STOP_FAILED',
    `The PostgreSQL server in ${home.folder} (process ${pid}) does not stop`,
    { hint: `Its log is ${home.log}. It does no harm: the next command uses it.` },
  )
}
