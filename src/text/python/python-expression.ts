import { PythonCursor } from './python-cursor.js'
import { readPythonNumber } from './python-number.js'
import { readPythonString } from './python-string.js'
import type { PythonToken } from './python-tokens.js'
import { hashKey, PythonFloat, PythonTuple, type PythonValue } from './python-value.js'

/** `plain` marks a number without a sign: only that may get one. */
interface Node {
  readonly value: PythonValue
  readonly plain?: boolean
}

const NOTHING: Node = { value: null }
const CONSTANTS: ReadonlyMap<string, PythonValue> = new Map([
  ['None', null],
  ['True', true],
  ['False', false],
])
const KEYWORDS: ReadonlySet<string> = new Set(
  `and as assert async await break class continue def del elif else except finally for from global
  if import in is lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
)
const BINARY: ReadonlySet<string> = new Set(
  '+ - * / // % @ & | ^ ** << >> < > <= >= == != and or in is'.split(' '),
)
const PREFIX: ReadonlySet<string> = new Set(['+', '-', '~', 'not', 'await'])

/**
 * Reads the whole of `tokens`, which end with an `end`, as one expression. Syntax goes first, as in
 * Python: what is a proper expression and no literal is told only when all of it could be read.
 */
export function readPythonExpression(
  tokens: readonly PythonToken[],
  file: string | undefined,
): PythonValue {
  return new ExpressionReader(new PythonCursor(tokens, file)).readAll()
}

class ExpressionReader {
  readonly #in: PythonCursor

  constructor(cursor: PythonCursor) {
    this.#in = cursor
  }

  readAll(): PythonValue {
    const { value } = this.#list()
    while (this.#in.peek().kind === 'newline') this.#in.skip(1)
    const rest = this.#in.peek()
    if (rest.kind !== 'end') {
      const isIndented = this.#in.at(-1)?.kind === 'newline' && rest.column > 0
      throw isIndented
        ? this.#in.error('IndentationError', 'unexpected indent', rest)
        : this.#in.error('SyntaxError', 'invalid syntax', rest)
    }
    if (this.#in.problem !== undefined) throw this.#in.problem
    return value
  }

  /** Expressions with commas between them; a comma makes it a tuple. */
  #list(close?: string): Node {
    const first = this.#element()
    if (!this.#in.isNext(',')) return first
    const items = [first.value]
    while (this.#in.take(',')) {
      if (this.#in.isNext(close ?? '') || ['newline', 'end'].includes(this.#in.peek().kind)) break
      items.push(this.#element().value)
    }
    return { value: new PythonTuple(items) }
  }

  /** An expression, or one with a star before it. */
  #element(): Node {
    if (!this.#in.isNext('*')) return this.#expression()
    this.#in.notLiteral('a starred expression')
    this.#in.skip(1)
    return this.#expression()
  }

  #expression(): Node {
    if (this.#in.isNext('lambda')) return this.#lambda()
    const value = this.#operation()
    if (this.#in.isNext(':=') && this.#isBehindName()) {
      this.#in.notLiteral('an assignment expression')
      this.#in.skip(1)
      return this.#expression()
    }
    if (!this.#in.isNext('if')) return value
    this.#in.notLiteral('a conditional expression')
    this.#in.skip(1)
    this.#operation()
    this.#in.expect('else')
    this.#in.nested(() => this.#expression())
    return NOTHING
  }

  #isBehindName(): boolean {
    const { kind, text } = this.#in.at(-1) ?? this.#in.peek()
    return kind === 'name' && !CONSTANTS.has(text)
  }

  #lambda(): Node {
    this.#in.notLiteral('a lambda')
    this.#in.skip(1)
    while (!this.#in.isNext(':')) {
      const token = this.#in.peek()
      if (token.kind !== 'name' && !['*', '**', '/', ',', '='].includes(token.text)) {
        throw this.#in.error('SyntaxError', 'invalid syntax', token)
      }
      this.#in.skip(1)
      if (token.text === '=') this.#expression()
    }
    this.#in.skip(1)
    this.#in.nested(() => this.#expression())
    return NOTHING
  }

  #operation(): Node {
    const first = this.#unary()
    let isPlain = true
    while (this.#isBinary()) {
      this.#in.notLiteral(`the operator ${this.#in.peek().text}`)
      isPlain = false
      const [operator] = [this.#in.next().text]
      if (operator === 'not') this.#in.expect('in')
      if (operator === 'is') this.#in.take('not')
      this.#unary()
    }
    return isPlain ? first : NOTHING
  }

  #isBinary(): boolean {
    const { kind, text } = this.#in.peek()
    if (kind !== 'operator' && kind !== 'name') return false
    return BINARY.has(text) || (text === 'not' && this.#in.at(1)?.text === 'in')
  }

  #unary(): Node {
    const token = this.#in.peek()
    if (token.kind === 'string' || !PREFIX.has(token.text)) return this.#primary()
    this.#in.skip(1)
    const operand = this.#in.nested(() => this.#unary())
    const sign = token.text === '-' ? -1 : 1
    if ((token.text === '-' || token.text === '+') && operand.plain === true) {
      return { value: withSign(operand.value, sign) }
    }
    this.#in.notLiteral(`the operator ${token.text}`, token)
    return NOTHING
  }

  /** An atom with what may follow it: calls, subscripts, attributes. */
  #primary(): Node {
    const start = this.#in.peek()
    if (start.text === 'set' && this.#isEmptyCall()) {
      this.#in.skip(3)
      if (!['(', '[', '.'].includes(this.#in.peek().text)) return { value: new Set() }
    }
    let node = this.#atom()
    for (;;) {
      const token = this.#in.peek()
      if (token.kind !== 'operator' || !['(', '[', '.'].includes(token.text)) return node
      this.#in.skip(1)
      if (token.text === '.') {
        this.#in.notLiteral('an attribute', start)
        if (this.#in.next().kind !== 'name')
          throw this.#in.error('SyntaxError', 'invalid syntax', token)
      } else if (token.text === '(') {
        this.#in.notLiteral('a call', start)
        this.#in.nested(() => this.#arguments(')'))
      } else {
        this.#in.notLiteral('a subscript', start)
        if (this.#in.isNext(']')) throw this.#in.error('SyntaxError', 'invalid syntax', token)
        this.#in.nested(() => this.#arguments(']'))
      }
      node = NOTHING
    }
  }

  #isEmptyCall(): boolean {
    const [open, close] = [this.#in.at(1), this.#in.at(2)]
    return this.#in.peek().kind === 'name' && open?.text === '(' && close?.text === ')'
  }

  /** What stands in the brackets of a call or subscript. */
  #arguments(close: string): void {
    while (!this.#in.take(close)) {
      if (!this.#in.take('**')) this.#in.take('*')
      if (close === ']' && (this.#in.take(':') || this.#in.take(','))) continue
      this.#expression()
      if (close === ')' && this.#in.take('=')) this.#expression()
      this.#comprehension()
      if (!this.#in.isNext(close) && !(close === ']' && this.#in.take(':'))) this.#in.expect(',')
    }
  }

  #atom(): Node {
    const token = this.#in.next()
    switch (token.kind) {
      case 'number':
        return this.#number(token)
      case 'string':
        return { value: this.#strings(token) }
      case 'name':
        return this.#name(token)
      case 'operator':
        if (token.text === '(') return this.#in.nested(() => this.#parentheses())
        if (token.text === '[') return this.#in.nested(() => this.#brackets())
        if (token.text === '{') return this.#in.nested(() => this.#braces())
        if (token.text !== '...') break
        this.#in.note(this.#in.error('Unsupported', '"..." is not read', token))
        return NOTHING
    }
    throw this.#in.error('SyntaxError', 'invalid syntax', token)
  }

  #number(token: PythonToken): Node {
    const value = readPythonNumber(token.text)
    if (value === 'invalid') {
      throw this.#in.error('SyntaxError', 'leading zeros in decimal integer literals', token)
    }
    if (value !== 'imaginary') return { value, plain: true }
    this.#in.note(this.#in.error('Unsupported', 'complex numbers are not read', token))
    return NOTHING
  }

  #name(token: PythonToken): Node {
    const constant = CONSTANTS.get(token.text)
    if (constant !== undefined) return { value: constant }
    if (KEYWORDS.has(token.text)) throw this.#in.error('SyntaxError', 'invalid syntax', token)
    this.#in.notLiteral(`the name ${token.text}`, token)
    return NOTHING
  }

  /** String tokens side by side are one string. */
  #strings(first: PythonToken): PythonValue {
    const kinds = new Set<'text' | 'bytes'>()
    let text = ''
    const bytes: number[] = []
    for (let token = first; ; token = this.#in.next()) {
      const part = readPythonString(token.text)
      if (part.kind === 'syntax') throw this.#in.error('SyntaxError', part.message, token)
      if (part.kind === 'unsupported')
        this.#in.note(this.#in.error('Unsupported', part.message, token))
      if (part.kind === 'formatted') this.#in.notLiteral('an f-string', token)
      kinds.add(part.kind === 'bytes' ? 'bytes' : 'text')
      if (part.kind === 'text') text += part.value
      if (part.kind === 'bytes') for (const byte of part.value) bytes.push(byte)
      if (kinds.size > 1) {
        throw this.#in.error('SyntaxError', 'cannot mix bytes and nonbytes literals', token)
      }
      if (this.#in.peek().kind !== 'string') break
    }
    return kinds.has('bytes') ? Uint8Array.from(bytes) : text
  }

  #parentheses(): Node {
    if (this.#in.take(')')) return { value: new PythonTuple([]) }
    const node = this.#list(')')
    this.#comprehension()
    this.#in.expect(')')
    return node
  }

  #brackets(): Node {
    const items: PythonValue[] = []
    while (!this.#in.take(']')) {
      items.push(this.#element().value)
      this.#comprehension()
      if (!this.#in.isNext(']')) this.#in.expect(',')
    }
    return { value: items }
  }

  /** A dict or a set, which its first item tells. */
  #braces(): Node {
    if (this.#in.isNext('}') || this.#in.isNext('**')) return this.#dict([])
    const token = this.#in.peek()
    const first = this.#element()
    if (this.#in.take(':')) return this.#dict([[token, first.value, this.#dictValue()]])
    const items = new Map<string, PythonValue>()
    this.#add(items, token, first.value)
    this.#comprehension()
    while (!this.#in.take('}')) {
      this.#in.expect(',')
      if (this.#in.isNext('}')) continue
      const next = this.#in.peek()
      this.#add(items, next, this.#element().value)
    }
    return { value: new Set(items.values()) }
  }

  #dict(first: readonly (readonly [PythonToken, PythonValue, PythonValue])[]): Node {
    const keys = new Map<string, PythonValue>()
    const dict = new Map<PythonValue, PythonValue>()
    const put = (token: PythonToken, key: PythonValue, value: PythonValue): void => {
      dict.set(this.#add(keys, token, key), value)
    }
    for (const entry of first) put(...entry)
    if (first.length > 0) this.#separator()
    while (!this.#in.take('}')) {
      const token = this.#in.peek()
      if (this.#in.take('**')) {
        this.#in.notLiteral('a dict within a dict (**)', token)
        this.#operation()
      } else {
        const key = this.#expression().value
        this.#in.expect(':')
        put(token, key, this.#dictValue())
      }
      this.#separator()
    }
    return { value: dict }
  }

  #dictValue(): PythonValue {
    const { value } = this.#expression()
    this.#comprehension()
    return value
  }

  #separator(): void {
    if (!this.#in.isNext('}')) this.#in.expect(',')
  }

  /** The first of equal keys stays; Python replaces its value only. */
  #add(known: Map<string, PythonValue>, token: PythonToken, value: PythonValue): PythonValue {
    const key = hashKey(value)
    if (key === undefined) {
      this.#in.note(
        this.#in.error('TypeError', 'a value that can be changed is used as a key', token),
      )
      return value
    }
    const same = known.get(key)
    if (same !== undefined || known.has(key)) return same ?? null
    known.set(key, value)
    return value
  }

  #comprehension(): void {
    while (this.#in.isNext('for') || this.#in.isNext('async') || this.#in.isNext('if')) {
      const word = this.#in.next()
      this.#in.notLiteral('a comprehension', word)
      if (word.text === 'async') this.#in.expect('for')
      if (word.text !== 'if') {
        do {
          this.#in.take('*')
          if (!this.#in.isNext('in')) this.#primary()
        } while (this.#in.take(','))
        this.#in.expect('in')
      }
      this.#operation()
    }
  }
}

function withSign(value: PythonValue, sign: 1 | -1): PythonValue {
  if (sign === 1) return value
  if (value instanceof PythonFloat) return new PythonFloat(-value.value)
  // -0 is an integer in Python, and there is only one zero.
  return typeof value === 'bigint' ? -value : 0 - Number(value)
}
