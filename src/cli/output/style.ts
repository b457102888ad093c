import { styleText } from 'node:util'

/** How to show text: colour or none, and how wide a line may be. */
export interface View {
  readonly color: boolean
  /** Columns of the terminal; undefined where there is none, so that nothing is cut or wrapped. */
  readonly width: number | undefined
}

type Format = Parameters<typeof styleText>[0]

/** Text in a style, or plain where there are no colours. */
export function paint(view: View, format: Format, text: string): string {
  return view.color ? styleText(format, text, { validateStream: false }) : text
}

/** Characters that would move the cursor or change colours; data must not bring any. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** Text that comes from data, made harmless for a terminal. */
export function printable(text: string): string {
  return text.replace(CONTROL, '\uFFFD')
}

/** Breaks a sentence into lines of at most the view's width, each with the indent. */
export function wrap(view: View, text: string, indent: string): readonly string[] {
  if (view.width === undefined) return [indent + text]
  const room = Math.max(20, view.width - indent.length)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(indent + line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  if (line !== '') lines.push(indent + line)
  return lines
}

/** Breaks each line of a text at words; continued lines keep their indent. */
export function wrapLines(view: View, text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? ''
    return line === '' ? [''] : wrap(view, line.slice(indent.length), indent)
  })
}
