import { Worker } from 'node:worker_threads'
import { InternalError, messageOf } from '../base/index.js'

/** How many threads, what each is started with, and how much memory it may take. */
export interface WorkerPoolOptions {
  readonly size: number
  /** `workerData` of each thread. */
  readonly data: unknown
  readonly megabytes?: number
}

/** A thread's answer to a task. */
export type TaskAnswer =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly problem: string }

interface Waiting {
  readonly id: number
  readonly task: unknown
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

interface Thread {
  readonly worker: Worker
  readonly running: Map<number, Waiting>
}

/** A second task waits in the thread, so that it never waits for the main thread. */
const AHEAD = 2
const MEGABYTES = 512

/**
 * Threads that answer tasks by {@link serveTasks}. Threads start with the first tasks. A thread that
 * breaks fails the tasks it has, with WORKER_FAILED, and is replaced.
 */
export class WorkerPool<Task, Answer> {
  readonly #program: URL
  readonly #options: WorkerPoolOptions
  readonly #threads = new Set<Thread>()
  readonly #queue: Waiting[] = []
  #next = 0
  #isClosed = false

  constructor(program: URL, options: WorkerPoolOptions) {
    this.#program = program
    this.#options = options
  }

  run(task: Task): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      const id = this.#next
      this.#next += 1
      this.#queue.push({ id, task, resolve: resolve as (answer: unknown) => void, reject })
      this.#hand()
    })
  }

  /** Ends all threads; tasks that are under way fail with WORKER_FAILED. */
  async close(): Promise<void> {
    this.#isClosed = true
    const threads = [...this.#threads]
    this.#threads.clear()
    for (const thread of threads) this.#fail(thread, 'the threads were ended')
    for (const waiting of this.#queue.splice(0)) waiting.reject(broken('the threads were ended'))
    await Promise.all(threads.map(({ worker }) => worker.terminate()))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #hand(): void {
    while (!this.#isClosed) {
      const thread = this.#freeThread()
      const waiting = thread === undefined ? undefined : this.#queue.shift()
      if (thread === undefined || waiting === undefined) return
      thread.running.set(waiting.id, waiting)
      thread.worker.postMessage({ id: waiting.id, task: waiting.task })
    }
  }

  #freeThread(): Thread | undefined {
    if (this.#queue.length === 0) return undefined
    const threads = [...this.#threads].sort((a, b) => a.running.size - b.running.size)
    const [idlest] = threads
    if (idlest?.running.size === 0) return idlest
    if (threads.length < this.#options.size) return this.#start()
    return idlest !== undefined && idlest.running.size < AHEAD ? idlest : undefined
  }

  #start(): Thread {
    const worker = new Worker(this.#program, {
      workerData: this.#options.data,
      resourceLimits: { maxOldGenerationSizeMb: this.#options.megabytes ?? MEGABYTES },
    })
    const thread: Thread = { worker, running: new Map() }
    this.#threads.add(thread)
    worker.on('message', (message: TaskAnswer) => this.#answer(thread, message))
    worker.on('error', (error) => this.#replace(thread, messageOf(error)))
    worker.on('exit', () => this.#replace(thread, 'the thread ended'))
    return thread
  }

  #answer(thread: Thread, message: TaskAnswer): void {
    const waiting = thread.running.get(message.id)
    thread.running.delete(message.id)
    if (waiting === undefined) return
    if ('problem' in message) waiting.reject(broken(message.problem))
    else waiting.resolve(message.answer)
    this.#hand()
  }

  #replace(thread: Thread, reason: string): void {
    if (!this.#threads.delete(thread)) return
    this.#fail(thread, reason)
    this.#hand()
  }

  #fail(thread: Thread, reason: string): void {
    for (const waiting of thread.running.values()) waiting.reject(broken(reason))
    thread.running.clear()
  }
}

function broken(reason: string): InternalError {
  return new InternalError('WORKER_FAILED', `A working thread failed: ${reason}`, {
    hint: 'Run the command again; tell us when it fails twice at the same place.',
  })
}
