import { CancelledError, OutsideError, UserError } from '../../../../base/index.js'
import { DatabaseError } from '../../../../db/index.js'
import type { GuestOperations } from '../../../values/index.js'
import type { ScriptScope } from '../../script-host.js'
import { answerQuestion } from '../answer-question.js'
import { type Interpreter, InterpreterDiedError, type Mount } from '../interpreter.js'
import { ScriptWatch } from '../script-watch.js'
import { odooFailed, readOdooOutcome } from './odoo-outcome.js'

/** A command for Odoo in its interpreter. */
export interface OdooCommand {
  /** `native` (unless told): `moultg.native.commands`; `shell`: `moultg.shell_commands`. */
  readonly family?: 'native' | 'shell'
  /** Which one: a function of the family. */
  readonly action: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** What it does, for messages. */
  readonly what: string
  /** Folders for this command only. */
  readonly mounts?: readonly Mount[]
}

/** What operations threw while a command ran. */
export interface OperationErrors {
  readonly last?: unknown
  /** A lost connection or the like: no failure of the guest's. */
  readonly outside?: unknown
}

/** What an {@link OdooGuest} is made of. */
export interface OdooGuestParts {
  readonly interpreter: Interpreter
  /** What Odoo's packages ask the host for, whatever it does. */
  readonly operations: GuestOperations
  /** Bytes, where the scope does not say. */
  readonly memory: number
  /** Whether the interpreter's memory is this process's. */
  readonly sharesMemory: boolean
  /** Removes what the guest needed on disk. */
  readonly cleanUp: () => Promise<void>
}

/** What an embedded interpreter may take besides its own memory, before all of the process is suspect. */
const BESIDES_MEMORY = 1024 * 1024 * 1024

/**
 * The release's own Odoo in an interpreter. Commands run one at a time; they reject with ODOO_FAILED,
 * PYTHON_PACKAGE_MISSING, ODOO_TIMEOUT, ODOO_MEMORY, ODOO_CRASHED, CANCELLED. After the last three it is gone.
 */
export class OdooGuest {
  readonly #parts: OdooGuestParts
  #alive = true

  constructor(parts: OdooGuestParts) {
    this.#parts = parts
  }

  /** False when the interpreter is gone, or was stopped in the middle of a command. */
  get alive(): boolean {
    return this.#alive
  }

  /** Runs a command and answers its value. */
  async run(command: OdooCommand, scope: ScriptScope): Promise<unknown> {
    const { outcome, errors } = await this.exchange(command, scope, readOdooOutcome)
    if (outcome.kind === 'passed') return outcome.value
    throw errors.outside ?? odooFailed(outcome, command.what, errors.last)
  }

  /** Runs a command whose outcome the caller reads; rejects when the interpreter was stopped or died. */
  async exchange<T extends { readonly kind: string }>(
    { family = 'native', action, parameters, what, mounts = [] }: OdooCommand,
    scope: ScriptScope,
    read: (text: string) => T,
  ): Promise<{ readonly outcome: T; readonly errors: OperationErrors }> {
    if (scope.signal.aborted) throw new CancelledError(what)
    const { interpreter, operations } = this.#parts
    const memory = scope.limits.memory ?? this.#parts.memory
    const errors: { last?: unknown; outside?: unknown } = {}
    const watch = new ScriptWatch({
      interpreter,
      scope,
      growth: this.#parts.sharesMemory ? memory + BESIDES_MEMORY : undefined,
      // Odoo's loader takes minutes, and tells what it is at by itself.
      describe: undefined,
      answer: (question) =>
        answerQuestion(question, {
          operations: { ...operations, ...scope.operations },
          log: scope.log,
          failed: (error) => {
            errors.last = error
            if (isOutside(error)) errors.outside ??= error
          },
        }),
    })
    const stopped = (): Error | undefined => {
      if (watch.reason !== undefined) this.#alive = false
      return whyStopped(watch, what, scope, memory)
    }
    watch.start()
    try {
      const done = await interpreter.command(
        JSON.stringify({ do: family, action, ...parameters }),
        {
          answer: watch.answer,
          mounts,
          memory,
          printed: (stream, line) => scope.log({ level: 'info', logger: stream, text: line }),
        },
      )
      const reason = stopped()
      if (reason !== undefined) throw reason
      const outcome = read(done.text)
      if (done.memoryRefused && Reflect.get(outcome, 'type') === 'MemoryError') {
        throw tooLarge(what, memory)
      }
      return { outcome, errors }
    } catch (error) {
      if (!(error instanceof InterpreterDiedError)) throw error
      this.#alive = false
      throw stopped() ?? crashed(what, error)
    } finally {
      watch.end()
    }
  }

  /** Raises KeyboardInterrupt in the command that is running; it stays alive. */
  interrupt(): void {
    this.#parts.interpreter.interrupt()
  }

  async close(): Promise<void> {
    this.#alive = false
    await this.#parts.interpreter.kill()
    await this.#parts.cleanUp()
  }
}

function isOutside(error: unknown): boolean {
  return error instanceof OutsideError && !(error instanceof DatabaseError)
}

function whyStopped(
  watch: ScriptWatch,
  what: string,
  { limits }: ScriptScope,
  memory: number,
): Error | undefined {
  switch (watch.reason) {
    case 'timeout':
      return new UserError('ODOO_TIMEOUT', `${what} took longer than ${limits.seconds ?? 0} s`, {
        hint: 'Raise the limit; what was not committed is undone.',
      })
    case 'memory':
      return tooLarge(what, memory)
    case 'cancelled':
      return new CancelledError(what)
    default:
      return undefined
  }
}

function tooLarge(what: string, bytes: number): UserError {
  return new UserError(
    'ODOO_MEMORY',
    `${what} needs more memory than ${Math.round(bytes / 1024 / 1024)} MiB`,
    { hint: 'Raise the limit, or use a Python of your own (--python).', data: { bytes } },
  )
}

function crashed(what: string, cause: Error): UserError {
  return new UserError('ODOO_CRASHED', `${what} ended with its interpreter: ${cause.message}`, {
    hint: 'What was not committed is undone; "moult resume" goes on from there.',
    cause,
  })
}
