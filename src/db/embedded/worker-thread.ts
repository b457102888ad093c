import { Worker } from 'node:worker_threads'
import { OutsideError } from '../../base/index.js'
import type { WorkerData, WorkerReply, WorkerRequest } from './worker-protocol.js'

interface Pending {
  readonly onData: ((bytes: Uint8Array) => void) | undefined
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

const STACK_MEGABYTES = 64

/** The thread that runs PGlite, seen from the main thread: requests are answered in order. */
export class WorkerThread {
  readonly #worker: Worker
  readonly #backlog = new Int32Array(new SharedArrayBuffer(4))
  readonly #pending: Pending[] = []
  #failure: Error | undefined

  constructor() {
    const workerData: WorkerData = { backlog: this.#backlog.buffer as SharedArrayBuffer }
    // The compiled worker also when the caller runs from the sources: threads take no TypeScript.
    this.#worker = new Worker(new URL(import.meta.resolve('#embedded-worker')), {
      workerData,
      // Flags of this process, such as --input-type, are not meant for the thread's file.
      execArgv: [],
      // PostgreSQL limits its depth itself, but by a stack that V8 does not keep; V8's has to be larger.
      resourceLimits: { stackSizeMb: STACK_MEGABYTES },
      // PGlite writes what its initdb has to say to the console.
      stdout: true,
      stderr: true,
    })
    this.#worker.on('message', (reply: WorkerReply) => this.#receive(reply))
    this.#worker.on('error', (error) => this.#fail(error))
    this.#worker.on('exit', () => this.#fail(new Error('The embedded database has stopped')))
  }

  /** Sends a request; `onData` gets the bytes that arrive before it is done. */
  request(request: WorkerRequest, onData?: (bytes: Uint8Array) => void): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    return new Promise((resolve, reject) => {
      this.#pending.push({ onData, resolve, reject })
      this.#worker.ref()
      this.#worker.postMessage(request)
    })
  }

  /** Tells the worker that bytes it posted were read. */
  consumed(bytes: number): void {
    Atomics.sub(this.#backlog, 0, bytes)
    Atomics.notify(this.#backlog, 0)
  }

  /** Ends the thread at once, as a crash would; the data directory recovers at the next opening. */
  async kill(): Promise<void> {
    await this.#worker.terminate()
  }

  #receive(reply: WorkerReply): void {
    if (reply.kind === 'data') {
      this.#pending[0]?.onData?.(reply.bytes)
      return
    }
    const pending = this.#pending.shift()
    // An idle engine must not keep the process alive.
    if (this.#pending.length === 0) this.#worker.unref()
    if (reply.kind === 'done') pending?.resolve()
    else pending?.reject(engineError(reply))
  }

  #fail(cause: Error): void {
    this.#failure ??= engineError({ message: cause.message, code: undefined })
    for (const { reject } of this.#pending.splice(0)) reject(this.#failure)
  }
}

function engineError(reply: {
  readonly message: string
  readonly code: string | undefined
}): Error {
  return new OutsideError('EMBEDDED_FAILED', `The embedded database failed: ${reply.message}`, {
    hint: 'Check that its folder is readable and the disk is not full; "moult doctor" tells more.',
    ...(reply.code !== undefined && { data: { code: reply.code } }),
  })
}
