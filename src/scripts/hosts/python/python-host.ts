import { type MoultError, OutsideError } from '../../../base/index.js'
import { DatabaseError } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { ScriptCall, ScriptHost, ScriptScope } from '../script-host.js'
import { answerQuestion, describeQuestion } from './answer-question.js'
import { type CommandOutcome, type Interpreter, InterpreterDiedError } from './interpreter.js'
import {
  needsOdoo,
  type Outcome,
  outcomeError,
  readOutcome,
  scriptCancelled,
  scriptCrashed,
  scriptMemory,
  scriptTimeout,
} from './script-errors.js'
import { type FolderNaming, locateScript, type ScriptFolders } from './script-folders.js'
import { ScriptWatch } from './script-watch.js'

/** How a host gets its interpreters, and what is the same for all scripts. */
export interface PythonHostParts {
  /** Starts an interpreter that has been told of the folders and the release. */
  readonly start: () => Promise<Interpreter>
  readonly folders: ScriptFolders
  readonly naming: FolderNaming
  /** Bytes, where the scope does not say. */
  readonly memory: number
  /** Whether the interpreter's memory is this process's. */
  readonly sharesMemory: boolean
}

/** What an embedded interpreter may take besides its own memory, before all of the process is suspect. */
const BESIDES_MEMORY = 768 * 1024 * 1024

/** Runs one script after the other in one interpreter, and gets a new one when that is not fit any more. */
export class PythonHost implements ScriptHost {
  readonly #parts: PythonHostParts
  #interpreter: Interpreter | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: PythonHostParts, first: Interpreter) {
    this.#parts = parts
    this.#interpreter = first
  }

  run(call: ScriptCall, scope: ScriptScope): Promise<void> {
    const run = this.#last.then(() => this.#run(call, scope))
    this.#last = run.catch(() => {})
    return run
  }

  async close(): Promise<void> {
    const interpreter = this.#interpreter
    this.#interpreter = undefined
    await interpreter?.kill()
  }

  async #run(call: ScriptCall, scope: ScriptScope): Promise<void> {
    if (scope.signal.aborted) throw scriptCancelled(call)
    const interpreter = await this.#fitInterpreter()
    const memory = scope.limits.memory ?? this.#parts.memory
    const location = await locateScript(call.file, this.#parts.folders, this.#parts.naming)
    const errors = new ErrorMemory()
    const watch = new ScriptWatch({
      interpreter,
      scope,
      growth: this.#parts.sharesMemory ? memory + BESIDES_MEMORY : undefined,
      describe: describeQuestion,
      answer: (question) =>
        answerQuestion(question, {
          operations: scope.operations,
          log: scope.log,
          failed: (error) => errors.remember(error),
        }),
    })
    const command = JSON.stringify({
      do: 'run',
      path: location.path,
      module: call.module,
      stage: call.phase,
      directory: call.directory,
      version: call.installedVersion,
      folders: location.folders,
      user_paths: [...location.mounts, ...this.#parts.folders.mounts].map((mount) => [
        mount.guest,
        mount.shown,
      ]),
    })
    watch.start()
    let done: CommandOutcome
    try {
      done = await interpreter.command(command, {
        answer: watch.answer,
        mounts: location.mounts,
        memory,
        printed: (stream, text) => scope.log({ level: 'info', logger: stream, text }),
      })
    } catch (error) {
      throw this.#stopped(watch, call, scope, memory) ?? died(error, call)
    } finally {
      watch.end()
    }
    const stopped = this.#stopped(watch, call, scope, memory)
    if (stopped !== undefined) throw stopped
    this.#settle(readOutcome(done.text), done, call, errors, memory)
  }

  #settle(
    outcome: Outcome,
    done: CommandOutcome,
    call: ScriptCall,
    errors: ErrorMemory,
    memory: number,
  ): void {
    // A script may have caught what it was told; without the ORM it cannot have done its work.
    if (errors.needsOdoo !== undefined) {
      throw needsOdoo(call, errors.needsOdoo.detail ?? '', errors.needsOdoo.message)
    }
    if (outcome.kind === 'passed') return
    if (outcome.kind === 'failed' && outcome.type === 'MemoryError' && done.memoryRefused) {
      throw scriptMemory(call, memory)
    }
    // A lost connection is no failure of the script's.
    if (errors.outside !== undefined) throw errors.outside
    throw outcomeError(outcome, call, errors.last)
  }

  #stopped(
    watch: ScriptWatch,
    call: ScriptCall,
    scope: ScriptScope,
    memory: number,
  ): MoultError | undefined {
    switch (watch.reason) {
      case 'timeout':
        return scriptTimeout(call, scope.limits.seconds ?? 0)
      case 'cancelled':
        return scriptCancelled(call)
      case 'memory':
        return scriptMemory(call, memory)
      default:
        return undefined
    }
  }

  async #fitInterpreter(): Promise<Interpreter> {
    const current = this.#interpreter
    if (current?.isFit()) return current
    this.#interpreter = undefined
    await current?.kill()
    this.#interpreter = await this.#parts.start()
    return this.#interpreter
  }
}

/** What operations threw while a script ran. */
class ErrorMemory {
  #last: unknown
  #needsOdoo: GuestError | undefined
  #outside: OutsideError | undefined

  get outside(): OutsideError | undefined {
    return this.#outside
  }

  get last(): unknown {
    return this.#last
  }

  get needsOdoo(): GuestError | undefined {
    return this.#needsOdoo
  }

  remember(error: unknown): void {
    this.#last = error
    if (error instanceof OutsideError && !(error instanceof DatabaseError)) this.#outside ??= error
    if (error instanceof GuestError && error.kind === 'needs-odoo') this.#needsOdoo ??= error
  }
}

function died(error: unknown, call: ScriptCall): unknown {
  return error instanceof InterpreterDiedError ? scriptCrashed(call, error.message, error) : error
}
