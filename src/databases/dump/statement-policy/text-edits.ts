/** A piece of a text, and what comes in its place. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly replacement: string
}

/** The text with all edits made; they must not overlap. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  let result = ''
  let copied = 0
  for (const { start, end, replacement } of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(copied, start) + replacement
    copied = end
  }
  return result + text.slice(copied)
}
