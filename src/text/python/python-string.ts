/** What a string token holds, or why it cannot be read. */
export type PythonStringResult =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: readonly number[] }
  | { readonly kind: 'formatted' }
  | { readonly kind: 'syntax' | 'unsupported'; readonly message: string }

const TOKEN = /^([a-zA-Z]*)('''|"""|'|")/
const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
])
/** Digits behind `\x`, `\u` and `\U`. */
const HEX_LENGTH: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])
const HIGHEST_CHARACTER = 0x10ffff
const BYTE = 0xff
const LAST_ASCII = 0x7f

/** Reads a string token with its prefix, quotes and escapes. */
export function readPythonString(token: string): PythonStringResult {
  const [head, prefix = '', quote = ''] = TOKEN.exec(token) ?? ['']
  const body = token.slice(head.length, token.length - quote.length)
  const flags = prefix.toLowerCase()
  if (flags.includes('f')) return { kind: 'formatted' }
  const isBytes = flags.includes('b')
  if (isBytes && [...body].some((character) => (character.codePointAt(0) ?? 0) > LAST_ASCII)) {
    return { kind: 'syntax', message: 'bytes can only contain ASCII literal characters' }
  }
  const read = flags.includes('r')
    ? { kind: 'text' as const, value: body }
    : readEscapes(body, isBytes)
  if (!isBytes || read.kind !== 'text') return read
  return { kind: 'bytes', value: [...read.value].map((c) => (c.codePointAt(0) ?? 0) & BYTE) }
}

function readEscapes(body: string, isBytes: boolean): PythonStringResult {
  let value = ''
  let at = 0
  while (at < body.length) {
    const backslash = body.indexOf('\\', at)
    if (backslash < 0) break
    value += body.slice(at, backslash)
    const found = readEscape(body, backslash + 1, isBytes)
    if ('kind' in found) return found
    value += found.value
    at = backslash + 1 + found.length
  }
  return { kind: 'text', value: value + body.slice(at) }
}

type Escape = { readonly value: string; readonly length: number }

function readEscape(body: string, at: number, isBytes: boolean): Escape | PythonStringResult {
  const letter = body[at] ?? ''
  const simple = SIMPLE.get(letter)
  if (simple !== undefined) return { value: simple, length: 1 }
  const octal = /^[0-7]{1,3}/.exec(body.slice(at, at + 3))?.[0]
  if (octal !== undefined) {
    return { value: String.fromCodePoint(Number.parseInt(octal, 8)), length: octal.length }
  }
  // Within bytes only \x means something; Python keeps the others, and unknown ones, as they are.
  if (letter === 'N' && !isBytes) {
    return { kind: 'unsupported', message: 'characters by name (\\N{…}) are not read' }
  }
  const digits = HEX_LENGTH.get(letter)
  if (digits === undefined || (isBytes && letter !== 'x')) {
    return { value: `\\${letter}`, length: 1 }
  }
  const hex = body.slice(at + 1, at + 1 + digits)
  const point = Number.parseInt(hex, 16)
  if (!/^[0-9a-fA-F]+$/.test(hex) || hex.length !== digits || point > HIGHEST_CHARACTER) {
    return { kind: 'syntax', message: `(unicode error) cannot decode \\${letter}${hex}` }
  }
  return { value: String.fromCodePoint(point), length: 1 + digits }
}
