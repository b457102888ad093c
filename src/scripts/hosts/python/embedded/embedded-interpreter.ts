import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { InternalError } from '../../../../base/index.js'
import { type GuestFile, readGuestPackage } from '../guest-package.js'
import {
  type CommandContext,
  type CommandOutcome,
  type Interpreter,
  InterpreterDiedError,
  type Mount,
} from '../interpreter.js'
import {
  ANSWERED,
  type InterpreterData,
  type InterpreterReply,
  type InterpreterRequest,
  PAGE_BYTES,
  PAGES_ALLOWED,
  PAGES_REFUSED,
  STATE_INTS,
} from './worker-protocol.js'

/** What an embedded interpreter is started with. */
export interface EmbeddedStart extends EmbeddedKind {
  readonly mounts: readonly Mount[]
  readonly snapshot?: Uint8Array
}

/** What makes interpreters alike: they can start from the same picture of memory. */
export interface EmbeddedKind {
  readonly searchPath: readonly string[]
  /** Series of the target release. */
  readonly release: string
}

/** Deep C recursion, such as parsing nested JSON, crashes the interpreter with less. */
const STACK_MEGABYTES = 64

/** Of JavaScript: the thread handles little but texts that cross, and would let much garbage gather. */
const YOUNG_MEGABYTES = 6

/** WebAssembly memory never shrinks: an interpreter that grew by more is not used again. */
const GROWTH_KEPT = 64 * 1024 * 1024

/** Python's signal number of SIGINT, as Pyodide's interrupt buffer wants it. */
const SIGINT = 2

interface Pending {
  readonly context: CommandContext
  readonly resolve: (outcome: CommandOutcome) => void
  readonly reject: (error: Error) => void
}

/** Starts an interpreter in a thread of its own. Throws PYTHON_START_FAILED. */
export async function startEmbedded(start: EmbeddedStart): Promise<Interpreter> {
  const thread = new InterpreterThread(await readGuestPackage(), start, false)
  await thread.ready()
  return thread
}

/** The memory of an interpreter that has just started, for faster starts. */
export async function takeSnapshot(kind: EmbeddedKind): Promise<Uint8Array> {
  const thread = new InterpreterThread(await readGuestPackage(), { mounts: [], ...kind }, true)
  try {
    return await thread.snapshot()
  } finally {
    await thread.kill()
  }
}

class InterpreterThread implements Interpreter {
  readonly #worker: Worker
  readonly #questions: MessagePort
  readonly #state = new Int32Array(new SharedArrayBuffer(4 * STATE_INTS))
  readonly #interrupt = new Uint8Array(new SharedArrayBuffer(1))
  readonly #started: Promise<Extract<InterpreterReply, { kind: 'ready' | 'snapshot' }>>
  #settleStart: ((reply: InterpreterReply | Error) => void) | undefined
  #pending: Pending | undefined
  #size: number | undefined
  #fit = true
  #dead = false

  constructor(files: readonly GuestFile[], start: EmbeddedStart, makeSnapshot: boolean) {
    const { port1, port2 } = new MessageChannel()
    this.#questions = port1
    this.#state[PAGES_ALLOWED] = START_MEMORY / PAGE_BYTES
    const data: InterpreterData = {
      pyodide: `${dirname(createRequire(import.meta.url).resolve('pyodide/package.json'))}/`,
      files,
      mounts: start.mounts,
      snapshot: start.snapshot,
      makeSnapshot,
      searchPath: start.searchPath,
      release: start.release,
      state: this.#state,
      interrupt: this.#interrupt,
      questions: port2,
    }
    // The compiled worker also when the caller runs from the sources: threads take no TypeScript.
    this.#worker = new Worker(new URL(import.meta.resolve('#python-worker')), {
      workerData: data,
      transferList: [port2],
      env: {},
      execArgv: [],
      resourceLimits: { stackSizeMb: STACK_MEGABYTES, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
      stdout: true,
      stderr: true,
    })
    this.#started = new Promise((resolve, reject) => {
      this.#settleStart = (reply) => {
        this.#settleStart = undefined
        if (reply instanceof Error) reject(startFailed(reply))
        else resolve(reply as Extract<InterpreterReply, { kind: 'ready' | 'snapshot' }>)
      }
    })
    this.#worker.on('message', (reply: InterpreterReply) => this.#receive(reply))
    this.#worker.on('error', (error) => this.#die(error))
    this.#worker.on('exit', () => this.#die(new Error('The interpreter ended')))
    port1.on('message', (question: string) => void this.#answer(question))
  }

  async ready(): Promise<void> {
    await this.#started
    this.#worker.unref()
    this.#questions.unref()
  }

  async snapshot(): Promise<Uint8Array> {
    const reply = await this.#started
    if (reply.kind !== 'snapshot') throw startFailed(new Error('There was no picture of memory'))
    return reply.memory
  }

  command(text: string, context: CommandContext): Promise<CommandOutcome> {
    if (this.#dead) return Promise.reject(new InterpreterDiedError('The interpreter ended'))
    this.#interrupt[0] = 0
    this.#state[PAGES_REFUSED] = 0
    this.#state[PAGES_ALLOWED] = Math.floor(context.memory / PAGE_BYTES)
    return new Promise((resolve, reject) => {
      this.#pending = { context, resolve, reject }
      this.#worker.ref()
      const request: InterpreterRequest = { text, mounts: context.mounts }
      this.#worker.postMessage(request)
    })
  }

  interrupt(): void {
    this.#interrupt[0] = SIGINT
  }

  async kill(): Promise<void> {
    this.#fit = false
    this.#questions.close()
    await this.#worker.terminate()
  }

  isFit(): boolean {
    return this.#fit
  }

  async #answer(question: unknown): Promise<void> {
    const pending = this.#pending
    // Nothing is asked outside of a command, unless a script has forged a message.
    if (pending === undefined || typeof question !== 'string') return
    const answer = await pending.context.answer(question)
    this.#questions.postMessage(answer)
    Atomics.store(this.#state, ANSWERED, 1)
    Atomics.notify(this.#state, ANSWERED)
  }

  #receive(reply: InterpreterReply): void {
    switch (reply.kind) {
      case 'ready':
      case 'snapshot':
        this.#settleStart?.(reply)
        return
      case 'printed':
        this.#pending?.context.printed(reply.stream, reply.text)
        return
      case 'crashed':
        this.#die(new Error(reply.message))
        return
      case 'outcome':
        this.#finish(reply.text, reply.size)
    }
  }

  #finish(text: string, size: number): void {
    const pending = this.#pending
    this.#pending = undefined
    this.#interrupt[0] = 0
    this.#size ??= size
    if (size > this.#size + GROWTH_KEPT) this.#fit = false
    this.#worker.unref()
    pending?.resolve({ text, memoryRefused: this.#state[PAGES_REFUSED] === 1 })
  }

  #die(cause: Error): void {
    this.#dead = true
    this.#fit = false
    this.#settleStart?.(cause)
    const pending = this.#pending
    this.#pending = undefined
    pending?.reject(new InterpreterDiedError(cause.message))
  }
}

/** What an interpreter may have until its first script says otherwise. */
const START_MEMORY = 512 * 1024 * 1024

function startFailed(cause: Error): InternalError {
  return new InternalError(
    'PYTHON_START_FAILED',
    `The embedded Python did not start: ${cause.message}`,
    {
      cause,
      hint: 'Run the command again; --python with the path of a Python on this machine goes round it.',
    },
  )
}
