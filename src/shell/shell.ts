import { z } from 'zod'
import type { OdooGuest, ScriptScope } from '../scripts/hosts/index.js'

/** What came of a line or a script. */
export interface ShellAnswer {
  /** The line is not the last of its statement. */
  readonly more: boolean
  readonly raised: boolean
  /** Code of `exit()`; null where it was not called. */
  readonly exit: number | null
}

/** What may stand for the end of a line. */
export interface Completions {
  /** The end that the matches stand for. */
  readonly word: string
  readonly matches: readonly string[]
}

export interface ShellParts {
  readonly guest: OdooGuest
  readonly scope: ScriptScope
  /** Stops the statement that the database is at, where one can be stopped. */
  readonly stopStatement: () => Promise<void>
}

/** A Python prompt on a database; what it prints goes where its opener said. */
export class Shell {
  readonly #parts: ShellParts

  constructor(parts: ShellParts) {
    this.#parts = parts
  }

  /** Takes a line as it is typed. */
  async push(line: string): Promise<ShellAnswer> {
    return answerSchema.parse(await this.#run('push', { line }, 'The statement'))
  }

  /** Drops the lines of a statement that is not complete. */
  async forgetLines(): Promise<void> {
    await this.#run('forget_lines', {}, 'The prompt')
  }

  /** Runs a script; `name` stands in its tracebacks. */
  async run(source: string, name: string): Promise<ShellAnswer> {
    return answerSchema.parse(await this.#run('run', { source, name }, name))
  }

  async complete(text: string): Promise<Completions> {
    return completionsSchema.parse(await this.#run('complete', { text }, 'Completion'))
  }

  /** Raises KeyboardInterrupt in what is running; a statement of the database is cancelled. */
  async interrupt(): Promise<void> {
    this.#parts.guest.interrupt()
    await this.#parts.stopStatement()
  }

  /** Sends what is held back and commits, or undoes everything since the last commit. */
  async finish(commit: boolean): Promise<void> {
    await this.#run('finish', { commit }, commit ? 'The commit' : 'Rolling back')
  }

  #run(action: string, parameters: Record<string, unknown>, what: string): Promise<unknown> {
    const { guest, scope } = this.#parts
    return guest.run({ family: 'shell', action, parameters, what }, scope)
  }
}

const answerSchema = z.object({
  more: z.boolean(),
  raised: z.boolean(),
  exit: z.number().nullable(),
})
const completionsSchema = z.object({ word: z.string(), matches: z.array(z.string()) })
