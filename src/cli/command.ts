import type { Finding, Progress } from '../base/index.js'
import type { Environment } from '../config/index.js'
import type { View } from './output/style.js'

/** What a command hands back: data for machines, lines for people, findings for both. */
export interface CommandResult {
  /** Must be JSON. */
  readonly data: unknown
  readonly lines: (view: View) => readonly string[]
  readonly findings?: readonly Finding[]
}

/** What every command gets. */
export interface CommandContext {
  readonly environment: Environment
  readonly progress: Progress
  /** Asks a yes/no question on a terminal; refuses with a usage error where there is none. */
  readonly confirm: (question: string) => Promise<boolean>
  /** Lines that are to be seen while the work goes on. */
  readonly announce: (text: string) => void
  /** Writes a line of a log as it is, however wide the terminal. */
  readonly writeLine: (line: string) => void
  /** With `--json`: hands an event out at once, as one line of JSON before that of the result. */
  readonly stream: ((event: Readonly<Record<string, unknown>>) => void) | undefined
}

/** Options as commander gives them: camel case, texts or true. */
export type GivenOptions = Readonly<Record<string, string | boolean | undefined>>

export interface CommandInput {
  readonly args: readonly string[]
  readonly options: GivenOptions
}

export type CommandAction = (input: CommandInput, context: CommandContext) => Promise<CommandResult>

/** The text of an option that takes one. */
export function textOption(options: GivenOptions, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}
