import { Duplex } from 'node:stream'
import { OutsideError } from '../../base/index.js'
import { SingleReady } from './single-ready.js'
import type { WorkerThread } from './worker-thread.js'

const TERMINATE = 0x58
/** Messages after which a client waits for answers: Query, Sync, Flush, and a COPY's end. */
const FLUSHING: ReadonlySet<number> = new Set([0x51, 0x53, 0x48, 0x63, 0x66])
/** Of these, Query and Sync are answered with ReadyForQuery, after whatever else. */
const ANSWERED: ReadonlySet<number> = new Set([0x51, 0x53])
const HEADER = 5

/** What a server says when a client without password has logged in. */
export function greeting(parameters: Readonly<Record<string, string>>): Buffer {
  const message = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(HEADER)
    head.write(type, 0, 'latin1')
    head.writeInt32BE(body.length + 4, 1)
    return Buffer.concat([head, body])
  }
  return Buffer.concat([
    message('R', Buffer.alloc(4)),
    ...Object.entries(parameters).map(([name, value]) =>
      message('S', Buffer.from(`${name}\0${value}\0`)),
    ),
    message('K', Buffer.alloc(8)),
    message('Z', Buffer.from('I')),
  ])
}

/**
 * The connection of a `pg` client whose other end is PGlite in its thread: it answers the greeting
 * itself and hands whole groups of PostgreSQL's protocol messages to the engine.
 */
export class Wire extends Duplex {
  readonly #thread: WorkerThread
  readonly #greeting: Buffer
  #started = false
  #held: Buffer[] = []
  #flushable = false
  #expectsReady = false
  /** Bytes of the message under way that have not arrived yet. */
  #missing = 0
  readonly #unread: number[] = []
  readonly #answers = new SingleReady()

  constructor(thread: WorkerThread, parameters: Readonly<Record<string, string>>) {
    super({ readableHighWaterMark: 1024 * 1024 })
    this.#thread = thread
    this.#greeting = greeting(parameters)
  }

  /** `pg` calls these on its socket. */
  connect(): this {
    queueMicrotask(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (!this.#started) {
      // The startup message: user and database were chosen when the engine was opened.
      this.#started = true
      this.push(this.#greeting)
      done()
      return
    }
    if (this.#missing === 0 && chunk[0] === TERMINATE) {
      this.push(null)
      done()
      return
    }
    this.#held.push(chunk)
    this.#scan(chunk)
    if (!this.#flushable || this.#missing !== 0) {
      done()
      return
    }
    const bytes = Buffer.concat(this.#held)
    this.#held = []
    const expectsReady = this.#expectsReady
    this.#flushable = false
    this.#expectsReady = false
    this.#thread
      .request({ kind: 'send', bytes }, (data) => this.#receive(data))
      .then(
        () => {
          const ready = this.#answers.take()
          if (ready !== undefined) this.push(ready)
          done(expectsReady && ready === undefined ? unanswered() : null)
        },
        (error: Error) => done(error),
      )
  }

  override _read(): void {
    // Whatever was pushed last has been taken, as the stream asks for more only then.
    let read = 0
    while (this.#unread.length > 0) read += this.#unread.shift() ?? 0
    if (read > 0) this.#thread.consumed(read)
  }

  /** Follows the message boundaries through a chunk. */
  #scan(chunk: Buffer): void {
    let at = Math.min(this.#missing, chunk.length)
    this.#missing -= at
    while (at + HEADER <= chunk.length) {
      const length = 1 + chunk.readInt32BE(at + 1)
      const type = chunk[at] ?? 0
      if (FLUSHING.has(type)) this.#flushable = true
      if (ANSWERED.has(type)) this.#expectsReady = true
      at += length
    }
    if (at > chunk.length) this.#missing = at - chunk.length
  }

  #receive(data: Uint8Array): void {
    this.#unread.push(data.byteLength)
    const chunk = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    // push() answers true while the reader keeps up: then nothing will ask for more.
    const keepsUp = this.#answers.pass(chunk).map((part) => this.push(part))
    if (keepsUp.at(-1) ?? true) this._read()
  }
}

/** PGlite has come to grief in the middle of an answer, as it does when the thread's stack is full. */
function unanswered(): OutsideError {
  return new OutsideError('EMBEDDED_FAILED', 'The embedded database broke off its answer', {
    hint: 'The statement asks too much of it: use a PostgreSQL server for this database.',
  })
}
