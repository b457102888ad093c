import { PythonLiteralError } from './python-literal-error.js'

/** `newline` ends a logical line; within brackets there are none. */
export type PythonTokenKind = 'name' | 'number' | 'string' | 'operator' | 'newline' | 'end'

export interface PythonToken {
  readonly kind: PythonTokenKind
  /** As it is written; of strings with prefix and quotes. */
  readonly text: string
  /** Counted from 1. */
  readonly line: number
  /** Counted from 0; of a logical line's first token it is the indentation. */
  readonly column: number
}

const MAX_BRACKETS = 200
const PAIRS: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])

const SPACE = /[ \t\f]*/y
const NEWLINE = /\n/y
const COMMENT = /#[^\n]*/y
const CONTINUATION = /\\\n/y
const STRING_START = /(?:[bB][rR]?|[rR][bBfF]?|[fF][rR]?|[uU])?(?:'''|"""|'|")/y
const NAME = /[\p{ID_Start}_][\p{ID_Continue}]*/uy
const NUMBER =
  /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:(?:[0-9](?:_?[0-9])*)?\.[0-9](?:_?[0-9])*|[0-9](?:_?[0-9])*\.?)(?:[eE][-+]?[0-9](?:_?[0-9])*)?[jJ]?/y
const OPERATOR =
  /\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|->|:=|[-+*/%@&|^=<>]=|<<|>>|\*\*|\/\/|[-+*/%@&|^~<>()[\]{},:.;=]/y

/**
 * Cuts Python source into tokens. Line ends must be `\n`; the file is only named in errors.
 *
 * Errors: PYTHON_SYNTAX_ERROR with the line.
 */
export function tokenizePython(text: string, file: string | undefined): readonly PythonToken[] {
  const tokens: PythonToken[] = []
  const open: PythonToken[] = []
  let at = 0
  let line = 1
  let lineStart = 0

  const fail = (message: string, atLine = line): PythonLiteralError =>
    new PythonLiteralError('SyntaxError', message, {
      ...(file !== undefined && { file }),
      line: atLine,
    })
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }
  const push = (kind: PythonTokenKind, length: number): PythonToken => {
    const token = { kind, text: text.slice(at, at + length), line, column: at - lineStart }
    tokens.push(token)
    for (let index = token.text.indexOf('\n'); index >= 0; ) {
      line += 1
      lineStart = at + index + 1
      index = token.text.indexOf('\n', index + 1)
    }
    at += length
    return token
  }
  const endLine = (): void => {
    if (open.length === 0 && isInsideLine(tokens)) push('newline', 1)
    else {
      at += 1
      line += 1
      lineStart = at
    }
  }
  const bracket = (token: PythonToken): void => {
    if ('([{'.includes(token.text)) {
      open.push(token)
      if (open.length > MAX_BRACKETS) throw fail('too many nested parentheses')
      return
    }
    const opener = PAIRS.get(token.text)
    if (opener === undefined) return
    if (open.pop()?.text !== opener) throw fail(`unmatched '${token.text}'`)
  }

  while (at < text.length) {
    at += match(SPACE)?.length ?? 0
    if (at >= text.length) break
    if (match(NEWLINE) !== undefined) {
      endLine()
      continue
    }
    const comment = match(COMMENT)
    if (comment !== undefined) {
      at += comment.length
      continue
    }
    if (match(CONTINUATION) !== undefined) {
      at += 2
      line += 1
      // The next line goes on with this one: its columns do not tell an indentation.
      lineStart = at
      if (at >= text.length) throw fail('unexpected EOF while parsing')
      continue
    }
    const start = match(STRING_START)
    if (start !== undefined) {
      const end = endOfString(text, at + start.length, start)
      if (end === undefined) throw fail('unterminated string literal')
      push('string', end - at)
      continue
    }
    const name = match(NAME)
    if (name !== undefined) {
      push('name', name.length)
      continue
    }
    const number = match(NUMBER)
    if (number !== undefined) {
      push('number', number.length)
      if (match(NAME) !== undefined || /[0-9]/.test(text[at] ?? '')) {
        throw fail('invalid decimal literal')
      }
      continue
    }
    const operator = match(OPERATOR)
    if (operator === undefined) throw fail(`invalid character ${describe(text, at)}`)
    bracket(push('operator', operator.length))
  }
  const unclosed = open.at(-1)
  if (unclosed !== undefined) throw fail(`'${unclosed.text}' was never closed`, unclosed.line)
  if (isInsideLine(tokens)) tokens.push({ kind: 'newline', text: '', line, column: at - lineStart })
  tokens.push({ kind: 'end', text: '', line, column: 0 })
  return tokens
}

function isInsideLine(tokens: readonly PythonToken[]): boolean {
  const last = tokens.at(-1)
  return last !== undefined && last.kind !== 'newline'
}

/** Where the string ends whose opening quotes end at `from`; undefined when it does not. */
function endOfString(text: string, from: number, start: string): number | undefined {
  const quote = start.replace(/^[a-zA-Z]+/, '')
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (quote.length === 1 && text[at] === '\n') return undefined
    else if (text.startsWith(quote, at)) return at + quote.length
  }
  return undefined
}

function describe(text: string, at: number): string {
  const point = text.codePointAt(at) ?? 0
  const character = String.fromCodePoint(point)
  const hex = point.toString(16).toUpperCase().padStart(4, '0')
  return point > 0x20 && point < 0x7f ? `'${character}'` : `U+${hex}`
}
