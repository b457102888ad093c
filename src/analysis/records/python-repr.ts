/** Python's `repr` of a text: quotes, escapes, and what is not printable. */
export function reprText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  let out = ''
  for (const character of text) out += reprCharacter(character, quote)
  return quote + out + quote
}

/** `repr` of a list of texts. */
export function reprList(texts: readonly string[]): string {
  return `[${texts.map(reprText).join(', ')}]`
}

/** `repr` of a dict of texts, in its order. */
export function reprDict(entries: Iterable<readonly [string, string]>): string {
  const items = [...entries].map(([key, value]) => `${reprText(key)}: ${reprText(value)}`)
  return `{${items.join(', ')}}`
}

const SHORT: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}
/** Categories that Python does not print as they are: controls, separators but the blank, unassigned. */
const UNPRINTABLE = /[\p{C}\p{Z}]/u

function reprCharacter(character: string, quote: string): string {
  if (character === quote) return `\\${quote}`
  const short = SHORT[character]
  if (short !== undefined) return short
  if (character === ' ' || !UNPRINTABLE.test(character)) return character
  const code = character.codePointAt(0) ?? 0
  const hex = (length: number): string => code.toString(16).padStart(length, '0')
  if (code < 0x100) return `\\x${hex(2)}`
  return code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`
}
