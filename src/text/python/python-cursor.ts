import { type PythonErrorClass, PythonLiteralError } from './python-literal-error.js'
import type { PythonToken } from './python-tokens.js'

const MAX_DEPTH = 500

/** A place in a list of tokens, and what was found there that is no literal. */
export class PythonCursor {
  readonly #tokens: readonly PythonToken[]
  readonly #file: string | undefined
  #index = 0
  #depth = 0
  #problem: PythonLiteralError | undefined

  constructor(tokens: readonly PythonToken[], file: string | undefined) {
    this.#tokens = tokens
    this.#file = file
  }

  /** The first thing that makes it no literal, although it is Python. */
  get problem(): PythonLiteralError | undefined {
    return this.#problem
  }

  peek(): PythonToken {
    return this.at(0) ?? { kind: 'end', text: '', line: 1, column: 0 }
  }

  /** The token so many places further, or back. */
  at(offset: number): PythonToken | undefined {
    return this.#tokens[this.#index + offset]
  }

  next(): PythonToken {
    const token = this.peek()
    this.#index += 1
    return token
  }

  skip(count: number): void {
    this.#index += count
  }

  /** Whether the operator or word comes next; strings have quotes, so that none looks like one. */
  isNext(text: string): boolean {
    return text !== '' && this.peek().text === text
  }

  /** Goes over the operator or word if it comes next. */
  take(text: string): boolean {
    if (!this.isNext(text)) return false
    this.#index += 1
    return true
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.error('SyntaxError', 'invalid syntax', this.peek())
  }

  /** Runs `body` one level deeper; Python refuses too many levels, and so does this. */
  nested<T>(body: () => T): T {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw this.error('SyntaxError', 'too deeply nested', this.peek())
    const result = body()
    this.#depth -= 1
    return result
  }

  notLiteral(what: string, token = this.peek()): void {
    this.note(this.error('ValueError', `malformed node: ${what} is no literal`, token))
  }

  note(problem: PythonLiteralError): void {
    this.#problem ??= problem
  }

  error(pythonClass: PythonErrorClass, message: string, token: PythonToken): PythonLiteralError {
    return new PythonLiteralError(pythonClass, message, {
      ...(this.#file !== undefined && { file: this.#file }),
      line: token.line,
    })
  }
}
