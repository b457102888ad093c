/** The text of a Python file, and what is strange about its encoding. */
export interface DecodedPython {
  readonly text: string
  readonly warning?: string
  /** Why Python refuses the file whatever it says. */
  readonly problem?: string
}

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/
const UTF_8 = /^(utf[-_]?8(-sig)?|u8)$/i
const LATIN_1 = 'latin1'
/** Python's Latin-1 has control characters where that of the web has typographic ones. */
const LATIN_1_NAMES = /^(latin[-_]?1|l1|iso[-_]?8859[-_]?1|cp819)$/i

/**
 * Decodes a Python file as Python does: UTF-8, or what the coding cookie in one of the first two lines
 * names. What is neither is read as Latin-1, with a warning.
 */
export function decodePython(bytes: Uint8Array): DecodedPython {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.includes(0)) return { text: '', problem: 'the file has null bytes' }
  const cookie = cookieOf(buffer)
  if (cookie !== undefined && LATIN_1_NAMES.test(cookie)) return { text: buffer.toString(LATIN_1) }
  const label = cookie === undefined || UTF_8.test(cookie) ? 'utf-8' : cookie.replaceAll('_', '-')
  const decoder = decoderOf(label)
  if (decoder === undefined) {
    return { text: buffer.toString(LATIN_1), warning: `the encoding ${cookie} is not known` }
  }
  try {
    return { text: decoder.decode(buffer) }
  } catch {
    return { text: buffer.toString(LATIN_1), warning: `the file is not ${label}` }
  }
}

function cookieOf(buffer: Buffer): string | undefined {
  const head = buffer.subarray(0, 400).toString(LATIN_1).replace(/^ï»¿/, '')
  const [first = '', second = ''] = head.split(/\r\n|\r|\n/, 2)
  const inFirst = COOKIE.exec(first)?.[1]
  if (inFirst !== undefined) return inFirst
  return /^[ \t\f]*(#.*)?$/.test(first) ? COOKIE.exec(second)?.[1] : undefined
}

function decoderOf(label: string): { decode(bytes: Uint8Array): string } | undefined {
  try {
    return new TextDecoder(label, { fatal: true })
  } catch {
    return undefined
  }
}
