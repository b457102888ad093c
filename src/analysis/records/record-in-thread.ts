import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { CancelledError, InternalError, type Progress, UserError } from '../../base/index.js'
import type { ReadRecordsOptions } from './read-release-records.js'
import type { RecordedRelease } from './recorded-release.js'
import type { ThreadMessage } from './thread-message.js'

/** A release and the one it is compared with, with all their records, stay below this. */
const MEGABYTES = 2048

/**
 * Reads a release in a thread of its own, so that two are read side by side. Errors: as readReleaseRecords.
 */
export function recordInThread(
  options: ReadRecordsOptions,
  progress: Progress,
): Promise<RecordedRelease> {
  progress.check('Reading a release')
  const threads = options.threads ?? Math.max(0, Math.floor(availableParallelism() / 2) - 1)
  const worker = new Worker(new URL(import.meta.resolve('#analysis-worker')), {
    workerData: { ...options, threads },
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  })
  return new Promise<RecordedRelease>((resolve, reject) => {
    const cancel = (): void => end(() => reject(new CancelledError('Reading a release')))
    const end = (settle: () => void): void => {
      progress.signal.removeEventListener('abort', cancel)
      settle()
      void worker.terminate()
    }
    progress.signal.addEventListener('abort', cancel)
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'progress') progress.events.emit(message.name, message.state)
      else if (message.kind === 'done') end(() => resolve(message.release))
      else end(() => reject(errorOf(message)))
    })
    worker.on('error', (cause) => end(() => reject(broken(cause.message))))
    worker.on('exit', () => end(() => reject(broken('it ended without a result'))))
  })
}

function errorOf(message: ThreadMessage & { readonly kind: 'failed' }): Error {
  const { code, text, hint, place } = message
  if (code === undefined) return broken(text)
  return new UserError(code, text, { ...(hint && { hint }), ...(place && { place }) })
}

function broken(why: string): InternalError {
  return new InternalError('WORKER_FAILED', `A thread that reads a release broke: ${why}`)
}
