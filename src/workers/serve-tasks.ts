import { type MessagePort, parentPort } from 'node:worker_threads'
import { messageOf } from '../base/index.js'
import type { TaskAnswer } from './worker-pool.js'

/** The thread's side of a WorkerPool: answers one task after the other, until it is ended. */
export function serveTasks<Task, Answer>(
  handle: (task: Task) => Answer,
  port: MessagePort | null = parentPort,
): void {
  port?.on('message', ({ id, task }: { readonly id: number; readonly task: Task }) => {
    port.postMessage(answerOf(id, () => handle(task)))
  })
}

function answerOf(id: number, handle: () => unknown): TaskAnswer {
  try {
    return { id, answer: handle() }
  } catch (error) {
    return { id, problem: messageOf(error) }
  }
}
