import type { Emitter } from '../../base/index.js'
import {
  type GuestAnswer,
  GuestError,
  type GuestOperations,
  type GuestValue,
} from '../../scripts/values/index.js'
import { type LoaderCommit, readCommit } from './loader-commit.js'
import type { LoadedModule, OdooLoaderEvents, ScriptFailure } from './loader-events.js'
import type { Measured, StatementMeter } from './statement-meter.js'

const NOTHING: GuestAnswer = { kind: 'value', value: null }

type Script = OdooLoaderEvents['scriptStarted']

interface Begun<T> {
  readonly what: T
  readonly at: number
  readonly before: Measured
}

/** What is under way, as the guest has told. */
export class LoaderProgress {
  readonly #events: Emitter<OdooLoaderEvents>
  readonly #meter: StatementMeter
  #module: Begun<LoadedModule> | undefined
  #script: Begun<Script> | undefined

  constructor(events: Emitter<OdooLoaderEvents>, meter: StatementMeter) {
    this.#events = events
    this.#meter = meter
  }

  get module(): string | undefined {
    return this.#module?.what.module
  }

  get script(): Script | undefined {
    return this.#script?.what
  }

  startModule(what: LoadedModule): void {
    this.#module = this.#begin(what)
    this.#events.emit('moduleStarted', what)
  }

  finishModule(): void {
    if (this.#module === undefined) return
    this.#events.emit('moduleFinished', { ...this.#module.what, ...this.#cost(this.#module) })
    this.#module = undefined
  }

  startPhase(phase: string): void {
    this.#module = undefined
    this.#events.emit('phaseStarted', { phase })
  }

  startScript(what: Script): void {
    this.#script = this.#begin(what)
    this.#events.emit('scriptStarted', what)
  }

  finishScript(): void {
    if (this.#script === undefined) return
    this.#events.emit('scriptFinished', { ...this.#script.what, ...this.#cost(this.#script) })
    this.#script = undefined
  }

  /** A script was undone, and the loader goes on. */
  failScript(failure: ScriptFailure): void {
    this.#events.emit('scriptFailed', { module: this.module, ...failure })
  }

  #begin<T>(what: T): Begun<T> {
    return { what, at: performance.now(), before: this.#meter.total }
  }

  #cost({ at, before }: Begun<unknown>): Measured & { readonly milliseconds: number } {
    return { milliseconds: performance.now() - at, ...this.#meter.since(before) }
  }
}

/** Who hears what Odoo's loader tells; what they throw, it is told. */
export interface LoaderHooks {
  /** A module begins. */
  readonly onModule: (module: LoadedModule) => void
  /** A commit follows at once. */
  readonly onCommit: (commit: LoaderCommit) => Promise<void>
  /** A script's own commit was left out. */
  readonly onCommitIgnored: () => void
}

/** `loader.*`: what Odoo's loader tells of itself, and its commits. */
export function loaderOperations(
  progress: LoaderProgress,
  { onModule, onCommit, onCommitIgnored }: LoaderHooks,
): GuestOperations {
  return {
    'loader.module': async ([module, index, total, pass, updates]) => {
      const loaded: LoadedModule = {
        module: text(module),
        index: count(index),
        total: count(total),
        pass: count(pass),
        updates: updates === true,
      }
      onModule(loaded)
      progress.startModule(loaded)
      return NOTHING
    },
    'loader.script': async ([module, phase, directory, file, line]) => {
      progress.startScript({
        module: text(module),
        phase: text(phase),
        directory: text(directory),
        file: text(file),
        logLine: text(line),
      })
      return NOTHING
    },
    'loader.script_done': async () => {
      progress.finishScript()
      return NOTHING
    },
    'loader.script_failed': async ([told]) => {
      progress.failScript(readFailure(told))
      return NOTHING
    },
    'loader.phase': async ([phase]) => {
      progress.startPhase(text(phase))
      return NOTHING
    },
    'loader.commit': async ([kind, state]) => {
      const commit = readCommit(text(kind), text(state))
      await onCommit(commit)
      if (commit.kind === 'module') progress.finishModule()
      return NOTHING
    },
    'loader.commit_ignored': async () => {
      onCommitIgnored()
      return NOTHING
    },
  }
}

function readFailure(value: GuestValue | undefined): ScriptFailure {
  if (!(value instanceof Map)) throw new GuestError('type', 'A failure was expected')
  const line = value.get('line')
  return {
    type: text(value.get('type')),
    message: text(value.get('message')),
    file: text(value.get('file')),
    line: typeof line === 'number' ? line : undefined,
  }
}

function text(value: GuestValue | undefined): string {
  if (typeof value === 'string') return value
  throw new GuestError('type', `A text was expected, not ${String(value)}`)
}

function count(value: GuestValue | undefined): number {
  if (typeof value === 'number') return value
  throw new GuestError('type', `A number was expected, not ${String(value)}`)
}
