import { createInterface, type Interface } from 'node:readline'
import type { Shell, ShellAnswer } from '../../../shell/index.js'

export interface PromptOptions {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  /** Lines of earlier prompts, the latest first. */
  readonly history: string[]
  /** Hears every change of the history. */
  readonly keep: (history: readonly string[]) => void
  /** Whether lines can be edited. */
  readonly terminal: boolean
}

/** What a prompt needs of its shell. */
export type PromptShell = Pick<Shell, 'push' | 'forgetLines' | 'complete' | 'interrupt'>

const FIRST = '>>> '
const NEXT = '... '

/**
 * Reads lines and has them run, as Python's own prompt does: "..." asks for more of a statement, Ctrl-C drops
 * what is typed or stops what runs, Ctrl-D and exit() leave. Resolves with the code of exit(), or 0.
 */
export async function runPrompt(shell: PromptShell, options: PromptOptions): Promise<number> {
  const { input, output, history, terminal } = options
  const lines = createInterface({
    input,
    output,
    terminal,
    history,
    removeHistoryDuplicates: true,
    completer: (text: string, done: (error: null, result: [string[], string]) => void) => {
      void complete(shell, text, () => state.busy).then((result) => done(null, result))
    },
  })
  const state: PromptState = { busy: false, more: false, left: false }
  lines.on('history', (kept: string[]) => options.keep(kept))
  return new Promise<number>((resolve, reject) => {
    const waiting: string[] = []
    const leave = (code: number): void => {
      if (state.left) return
      state.left = true
      lines.close()
      resolve(code)
    }
    const fail = (error: unknown): void => {
      state.left = true
      lines.close()
      reject(error)
    }
    const work = async (): Promise<void> => {
      if (state.busy) return
      state.busy = true
      for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
        const answer: ShellAnswer = await shell.push(line)
        state.more = answer.more
        if (answer.exit !== null) return leave(answer.exit)
      }
      state.busy = false
      if (state.ended === true) return leave(0)
      ask(lines, state)
    }
    lines.on('line', (line) => {
      waiting.push(line)
      work().catch(fail)
    })
    lines.on('SIGINT', () => {
      onInterrupt(shell, lines, state, output).catch(fail)
    })
    lines.on('close', () => {
      // Lines that came with the end are still to be run.
      if (!state.left) output.write('\n')
      state.ended = true
      if (!state.busy) leave(0)
    })
    ask(lines, state)
  })
}

interface PromptState {
  busy: boolean
  more: boolean
  left: boolean
  ended?: boolean
}

function ask(lines: Interface, { more, left }: PromptState): void {
  if (left) return
  lines.setPrompt(more ? NEXT : FIRST)
  lines.prompt()
}

async function onInterrupt(
  shell: PromptShell,
  lines: Interface,
  state: PromptState,
  output: NodeJS.WritableStream,
): Promise<void> {
  if (state.busy) return shell.interrupt()
  output.write('\nKeyboardInterrupt\n')
  lines.write(null, { ctrl: true, name: 'e' })
  lines.write(null, { ctrl: true, name: 'u' })
  if (state.more) await shell.forgetLines()
  state.more = false
  ask(lines, state)
}

/** A shell that works has no time for completion. */
async function complete(
  shell: PromptShell,
  text: string,
  isBusy: () => boolean,
): Promise<[string[], string]> {
  if (isBusy()) return [[], text]
  // At the beginning of a line, the tabulator indents.
  if (/^\s*$/.test(text)) return [[`${text}    `], text]
  try {
    const { word, matches } = await shell.complete(text)
    return [[...matches], word]
  } catch {
    return [[], text]
  }
}
