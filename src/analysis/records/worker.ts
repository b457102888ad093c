import { parentPort, workerData } from 'node:worker_threads'
import { MoultError, messageOf, Progress } from '../../base/index.js'
import { type ReadRecordsOptions, readReleaseRecords } from './read-release-records.js'
import type { ThreadMessage } from './thread-message.js'

const progress = new Progress()
for (const name of ['stepStarted', 'stepAdvanced', 'stepFinished'] as const) {
  progress.events.on(name, (state) => tell({ kind: 'progress', name, state }))
}

function tell(message: ThreadMessage): void {
  parentPort?.postMessage(message)
}

try {
  const release = await readReleaseRecords(workerData as ReadRecordsOptions, progress)
  tell({ kind: 'done', release })
} catch (error) {
  const known = error instanceof MoultError ? error : undefined
  tell({
    kind: 'failed',
    code: known?.code,
    text: messageOf(error),
    hint: known?.hint,
    place: known?.place,
  })
}
