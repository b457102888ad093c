import type { ScriptScope } from '../script-host.js'
import { CANCEL_ANSWER } from './answer-question.js'
import type { Answer, Interpreter } from './interpreter.js'

/** Why a script was stopped. */
export type StopReason = 'timeout' | 'cancelled' | 'memory'

export interface WatchOptions {
  readonly interpreter: Interpreter
  readonly scope: ScriptScope
  /** Bytes by which the whole process may grow; undefined where it need not be watched. */
  readonly growth: number | undefined
  readonly answer: Answer
  /** What a question is about, for the log; undefined where nobody need hear that it takes long. */
  readonly describe: ((question: string) => string | undefined) | undefined
}

const INTERRUPTS = 3
const BETWEEN_INTERRUPTS_MS = 250
/** How long a statement may take to be cancelled before its script is killed regardless. */
const STATEMENT_GRACE_MS = 5_000
const MEMORY_INTERVAL_MS = 100
const MINUTE_MS = 60_000
const SHOWN_QUESTION = 300

/** Stands by a running script: stops it when its time, its memory or its caller's patience is over. */
export class ScriptWatch {
  readonly #options: WatchOptions
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #started = Date.now()
  readonly #memoryBefore = process.memoryUsage.rss()
  #reason: StopReason | undefined
  #waiting = false
  #question = ''
  #interrupts = 0

  constructor(options: WatchOptions) {
    this.#options = options
  }

  get reason(): StopReason | undefined {
    return this.#reason
  }

  start(): void {
    const { signal, limits } = this.#options.scope
    if (limits.seconds !== undefined) {
      this.#after(limits.seconds * 1000, () => this.#stop('timeout'))
    }
    const { describe } = this.#options
    if (describe !== undefined) this.#every(MINUTE_MS, () => this.#remind(describe))
    if (this.#options.growth !== undefined) {
      this.#every(MEMORY_INTERVAL_MS, () => this.#checkMemory(this.#options.growth ?? 0))
    }
    signal.addEventListener('abort', this.#onAbort)
    if (signal.aborted) this.#stop('cancelled')
  }

  end(): void {
    this.#options.scope.signal.removeEventListener('abort', this.#onAbort)
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  /** Answers the script as long as it may go on. */
  readonly answer: Answer = async (question) => {
    if (this.#reason !== undefined) return CANCEL_ANSWER
    this.#question = question
    this.#waiting = true
    try {
      const answer = await this.#options.answer(question)
      return this.#reason === undefined ? answer : CANCEL_ANSWER
    } finally {
      this.#waiting = false
    }
  }

  readonly #onAbort = (): void => this.#stop('cancelled')

  #stop(reason: StopReason): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    if (reason === 'memory') {
      void this.#options.interpreter.kill()
      return
    }
    if (this.#waiting) {
      // The interpreter sleeps until its statement ends; it hears of the stop by the answer.
      this.#options.scope.cancelStatement?.().catch(() => {})
      this.#after(STATEMENT_GRACE_MS, () => this.#interrupt())
      return
    }
    this.#interrupt()
  }

  /** A script may swallow KeyboardInterrupt, or be in a call that does not hear it. */
  #interrupt(): void {
    if (this.#interrupts === INTERRUPTS) {
      void this.#options.interpreter.kill()
      return
    }
    this.#interrupts += 1
    this.#options.interpreter.interrupt()
    this.#after(BETWEEN_INTERRUPTS_MS, () => this.#interrupt())
  }

  #checkMemory(growth: number): void {
    if (process.memoryUsage.rss() - this.#memoryBefore > growth) this.#stop('memory')
  }

  #remind(describe: (question: string) => string | undefined): void {
    const minutes = Math.round((Date.now() - this.#started) / MINUTE_MS)
    const last = describe(this.#question)
    const doing = last === undefined ? '' : `; last: ${last.slice(0, SHOWN_QUESTION)}`
    this.#options.scope.log({
      level: 'warning',
      logger: 'moult',
      text: `The script has been running for ${minutes} min${doing}`,
    })
  }

  #after(milliseconds: number, body: () => void): void {
    this.#timers.add(setTimeout(body, milliseconds))
  }

  #every(milliseconds: number, body: () => void): void {
    this.#timers.add(setInterval(body, milliseconds))
  }
}
