import { CancelledError, MoultError } from './errors.js'
import { Emitter } from './events.js'

/** How far a step is; `total` is absent where it is not known beforehand. */
export interface StepState {
  readonly name: string
  readonly unit: string
  readonly done: number
  readonly total?: number
  /** What is being worked on right now: a table, a file. */
  readonly item?: string
}

/** What a listener of a long operation hears. */
export interface ProgressEvents {
  readonly stepStarted: StepState
  readonly stepAdvanced: StepState
  readonly stepFinished: StepState
  readonly log: { readonly line: string }
}

/** One step of a long operation, to be advanced by its worker. */
export interface Step {
  advance(by: number, item?: string): void
}

/** Options of a step: the unit it counts in and, where known, how many there are. */
export interface StepOptions {
  readonly unit: string
  readonly total?: number
}

const RECENT_LINES = 40

/**
 * What every long operation receives: the signal that cancels it, a place for steps and log lines,
 * and a memory of the last lines, which end up in a failure's report.
 */
export class Progress {
  readonly signal: AbortSignal
  readonly events = new Emitter<ProgressEvents>()
  readonly #recent: string[] = []

  constructor(signal: AbortSignal = new AbortController().signal) {
    this.signal = signal
  }

  /** Throws {@link CancelledError} when the operation was cancelled. */
  check(what = 'The operation'): void {
    if (this.signal.aborted) throw new CancelledError(what)
  }

  log(line: string): void {
    this.#recent.push(line)
    if (this.#recent.length > RECENT_LINES) this.#recent.shift()
    this.events.emit('log', { line })
  }

  /** The last log lines, oldest first. */
  recentLines(): readonly string[] {
    return [...this.#recent]
  }

  /** Runs `body` as a named step; the step ends when the body does, also by an error. */
  async step<T>(name: string, options: StepOptions, body: (step: Step) => Promise<T>): Promise<T> {
    this.check(name)
    let state: StepState = { name, done: 0, ...options }
    this.events.emit('stepStarted', state)
    try {
      return await body({
        advance: (by, item) => {
          this.check(name)
          state = { ...state, done: state.done + by, ...(item !== undefined && { item }) }
          this.events.emit('stepAdvanced', state)
        },
      })
    } catch (error) {
      // Whatever broke because of the cancellation is not news: the user asked for it.
      if (this.signal.aborted && !(error instanceof MoultError)) throw new CancelledError(name)
      throw error
    } finally {
      this.events.emit('stepFinished', state)
    }
  }
}
