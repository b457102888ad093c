/** What a byte can begin outside of quotes and comments, as PostgreSQL's lexer sees it. */
export const ByteClass = {
  other: 0,
  space: 1,
  word: 2,
  quote: 3,
  doubleQuote: 4,
  dollar: 5,
  dash: 6,
  slash: 7,
  semicolon: 8,
  open: 9,
  close: 10,
  backslash: 11,
} as const

export const LF = 0x0a
export const CR = 0x0d
export const QUOTE = 0x27
export const DOUBLE_QUOTE = 0x22
export const DOLLAR = 0x24
export const STAR = 0x2a
export const DASH = 0x2d
export const SLASH = 0x2f
export const BACKSLASH = 0x5c

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_'

/** {@link ByteClass} of each byte. Bytes from 0x80 on belong to names, whatever the encoding. */
export const byteClasses: Uint8Array = tableOf([
  [' \t\n\r\f\v', ByteClass.space],
  [LETTERS, ByteClass.word],
  ["'", ByteClass.quote],
  ['"', ByteClass.doubleQuote],
  ['$', ByteClass.dollar],
  ['-', ByteClass.dash],
  ['/', ByteClass.slash],
  [';', ByteClass.semicolon],
  ['(', ByteClass.open],
  [')', ByteClass.close],
  ['\\', ByteClass.backslash],
]).fill(ByteClass.word, 0x80)

/** 1 for the bytes that go on with a name or keyword: letters, digits, `_`, `$`, 0x80 and up. */
export const wordParts: Uint8Array = tableOf([[`${LETTERS}0123456789$`, 1]]).fill(1, 0x80)

function tableOf(groups: readonly (readonly [string, number])[]): Uint8Array {
  const table = new Uint8Array(256)
  for (const [characters, value] of groups) {
    for (const character of characters) table[character.charCodeAt(0)] = value
  }
  return table
}
