import { readFileSync } from 'node:fs'

/** A command of the manual, and lines that its output must have. */
export interface ManualCommand {
  /** Without the comment behind it. */
  readonly command: string
  readonly shows: readonly string[]
}

const BLOCK = /^```(sh|text)\n([\s\S]*?)^```$/gm

/**
 * Reads a page's commands, in order. A `text` block right behind one of commands, with no words between them,
 * is what the last of these shows.
 */
export function readManualPage(file: string): readonly ManualCommand[] {
  const text = readFileSync(file, 'utf8')
  const commands: ManualCommand[] = []
  let end = 0
  for (const match of text.matchAll(BLOCK)) {
    const [whole, kind, content = ''] = match
    const lines = content.split('\n').filter((line) => line.trim() !== '')
    const last = commands.at(-1)
    if (kind === 'sh') {
      commands.push(...lines.map((line) => ({ command: line.replace(/\s+#.*$/, ''), shows: [] })))
    } else if (last !== undefined && text.slice(end, match.index).trim() === '') {
      commands.splice(-1, 1, { ...last, shows: lines })
    }
    end = match.index + whole.length
  }
  return commands
}
