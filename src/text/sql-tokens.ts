/**
 * What a piece of SQL is. `unicodeName` and `unicodeString` are U&"" and U&''; `broken` is what never
 * ends, or what PostgreSQL releases read differently (`0x1$a$`).
 */
export type SqlTokenKind =
  | 'word'
  | 'quotedName'
  | 'unicodeName'
  | 'string'
  | 'unicodeString'
  | 'number'
  | 'parameter'
  | 'symbol'
  | 'broken'

export interface SqlToken {
  readonly kind: SqlTokenKind
  /** A word in lower case, a name or string without its quotes, all else as written. */
  readonly value: string
  /** Where it begins in the text, and where it ends. */
  readonly start: number
  readonly end: number
}

const WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y
const NUMBER =
  /(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)/y
const PARAMETER = /\$\d+/y
const TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y
const WORD_PART = /[A-Za-z0-9_$\u0080-\uffff]/
const SPACE = /[ \t\n\r\f\v]+/y
const LINE_COMMENT = /--[^\n\r]*/y

/**
 * Reads the tokens of SQL text one by one, as PostgreSQL's lexer does, comments left out. Operators come as
 * single characters.
 */
export class SqlTokenizer {
  readonly #text: string
  readonly #backslashEscapes: boolean
  #at = 0

  /** `backslashEscapes`: the text was written for `standard_conforming_strings` off. */
  constructor(text: string, backslashEscapes = false) {
    this.#text = text
    this.#backslashEscapes = backslashEscapes
  }

  /** The next token, or undefined at the end. */
  next(): SqlToken | undefined {
    const text = this.#text
    if (!this.#skipGap()) return this.#token('broken', text.length)
    if (this.#at >= text.length) return undefined
    const first = text.charAt(this.#at)
    const word = match(WORD, text, this.#at)
    if (word !== undefined) return this.#wordOrPrefix(word)
    if (first === "'") return this.#string(this.#at + 1, this.#backslashEscapes, 'string')
    if (first === '"') return this.#name(this.#at + 1, 'quotedName')
    if (first === '$') return this.#dollar()
    const number = match(NUMBER, text, this.#at)
    if (number !== undefined) return this.#endOfNumber('number', number)
    return this.#token('symbol', this.#at + 1)
  }

  #token(kind: SqlTokenKind, end: number, value?: string): SqlToken {
    const start = this.#at
    this.#at = end
    return { kind, value: value ?? this.#text.slice(start, end), start, end }
  }

  /** Passes over white space and comments; false when a comment does not end. */
  #skipGap(): boolean {
    for (;;) {
      const end = match(SPACE, this.#text, this.#at) ?? match(LINE_COMMENT, this.#text, this.#at)
      if (end !== undefined) {
        this.#at = end
      } else if (this.#text.startsWith('/*', this.#at)) {
        const close = blockCommentEnd(this.#text, this.#at)
        if (close === undefined) return false
        this.#at = close
      } else {
        return true
      }
    }
  }

  #wordOrPrefix(end: number): SqlToken {
    const text = this.#text
    const next = text.charAt(end)
    if (end - this.#at === 1 && (next === "'" || next === '&')) {
      const letter = text.charAt(this.#at).toLowerCase()
      if (next === "'" && letter === 'e') return this.#string(end + 1, true, 'string')
      if (next === "'" && (letter === 'b' || letter === 'x')) {
        return this.#string(end + 1, false, 'string')
      }
      if (letter === 'u' && next === '&') {
        const quote = text.charAt(end + 1)
        if (quote === "'") return this.#string(end + 2, false, 'unicodeString')
        if (quote === '"') return this.#name(end + 2, 'unicodeName')
      }
    }
    return this.#token('word', end, lowerAscii(text.slice(this.#at, end)))
  }

  #string(from: number, escapes: boolean, kind: SqlTokenKind): SqlToken {
    const text = this.#text
    let value = ''
    for (let begin = from; ; ) {
      const close = escapes ? escapedStringEnd(text, begin) : plainStringEnd(text, begin)
      if (close === undefined) return this.#token('broken', text.length)
      const piece = text.slice(begin, close)
      value += escapes ? unescapeString(piece) : piece.replaceAll("''", "'")
      const continued = continuation(text, close + 1)
      if (continued === undefined) return this.#token(kind, close + 1, value)
      begin = continued
    }
  }

  #name(from: number, kind: SqlTokenKind): SqlToken {
    for (let at = from; ; at += 2) {
      at = this.#text.indexOf('"', at)
      if (at < 0) return this.#token('broken', this.#text.length)
      if (this.#text.charAt(at + 1) !== '"') {
        return this.#token(kind, at + 1, this.#text.slice(from, at).replaceAll('""', '"'))
      }
    }
  }

  #dollar(): SqlToken {
    const text = this.#text
    const opened = match(TAG, text, this.#at)
    if (opened !== undefined) {
      const tag = text.slice(this.#at, opened)
      const close = text.indexOf(tag, opened)
      if (close < 0) return this.#token('broken', text.length)
      return this.#token('string', close + tag.length, text.slice(opened, close))
    }
    const parameter = match(PARAMETER, text, this.#at)
    if (parameter !== undefined) return this.#endOfNumber('parameter', parameter)
    return this.#token('symbol', this.#at + 1)
  }

  #endOfNumber(kind: SqlTokenKind, end: number): SqlToken {
    return this.#token(WORD_PART.test(this.#text.charAt(end)) ? 'broken' : kind, end)
  }
}

/** All tokens of a text. */
export function tokenizeSql(text: string): SqlToken[] {
  const tokens: SqlToken[] = []
  const tokenizer = new SqlTokenizer(text)
  for (let token = tokenizer.next(); token !== undefined; token = tokenizer.next()) {
    tokens.push(token)
  }
  return tokens
}

/** Lower case as PostgreSQL folds names: A to Z only. */
function lowerAscii(word: string): string {
  return /[A-Z]/.test(word) ? word.replace(/[A-Z]+/g, (part) => part.toLowerCase()) : word
}

function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

/** Behind the quote that goes on with a string which ended before `from`: a line end is between them. */
function continuation(text: string, from: number): number | undefined {
  let newline = false
  for (let at = from; ; ) {
    const comment = match(LINE_COMMENT, text, at)
    const character = text.charAt(at)
    if (comment !== undefined) {
      at = comment
    } else if (/[ \t\n\r\f\v]/.test(character)) {
      newline ||= character === '\n' || character === '\r'
      at += 1
    } else {
      return newline && character === "'" ? at + 1 : undefined
    }
  }
}

function plainStringEnd(text: string, from: number): number | undefined {
  for (let at = from; ; at += 2) {
    at = text.indexOf("'", at)
    if (at < 0) return undefined
    if (text.charAt(at + 1) !== "'") return at
  }
}

function escapedStringEnd(text: string, from: number): number | undefined {
  const special = /['\\]/g
  special.lastIndex = from
  for (let found = special.exec(text); found !== null; found = special.exec(text)) {
    if (found[0] === "'" && text.charAt(found.index + 1) !== "'") return found.index
    special.lastIndex = found.index + 2
  }
  return undefined
}

function blockCommentEnd(text: string, from: number): number | undefined {
  const delimiter = /\/\*|\*\//g
  delimiter.lastIndex = from
  let depth = 0
  for (let found = delimiter.exec(text); found !== null; found = delimiter.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1
    if (depth === 0) return delimiter.lastIndex
  }
  return undefined
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const ESCAPE =
  /''|\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g

function unescapeString(piece: string): string {
  return piece.replace(ESCAPE, (all, octal, hex, short, long, other: string | undefined) => {
    if (all === "''") return "'"
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff)
    const code = hex ?? short ?? long
    if (code !== undefined) return codePoint(Number.parseInt(code, 16))
    return other === undefined ? all : (ESCAPES[other] ?? other)
  })
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
}
