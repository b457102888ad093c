import { setTimeout as sleep } from 'node:timers/promises'
import { OutsideError } from '../../base/index.js'
import { type LockFileHolder, takeLockFile } from '../lock-file.js'

const POLL_MS = 15
const TIMEOUT_MS = 330_000

/** Runs `body` while no other process starts or stops the same server. */
export async function withServerLock<T>(
  lockFile: string,
  operation: string,
  body: () => Promise<T>,
): Promise<T> {
  const release = await waitForLock(lockFile, operation)
  try {
    return await body()
  } finally {
    await release()
  }
}

async function waitForLock(lockFile: string, operation: string): Promise<() => Promise<void>> {
  const deadline = Date.now() + TIMEOUT_MS
  let holder: LockFileHolder | undefined
  while (Date.now() < deadline) {
    const lock = await takeLockFile(lockFile, operation)
    if (lock.kind === 'taken') return lock.release
    holder = lock.holder
    await sleep(POLL_MS)
  }
  throw new OutsideError(
    'MANAGED_LOCKED',
    `Another process has been starting or stopping the managed server for minutes: ${lockFile}`,
    {
      hint: `If process ${holder?.pid ?? '?'} on ${holder?.host ?? 'this machine'} is gone for sure, delete that file.`,
      ...(holder && { data: { holder } }),
    },
  )
}
