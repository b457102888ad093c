import type { SqlToken } from '../../../text/index.js'
import type { RelationName } from './decision.js'

/** Reads a statement's tokens from left to right. */
export class StatementCursor {
  readonly text: string
  readonly tokens: readonly SqlToken[]
  at = 0

  constructor(text: string, tokens: readonly SqlToken[]) {
    this.text = text
    this.tokens = tokens
  }

  /** The next token, not yet taken. */
  get next(): SqlToken | undefined {
    return this.tokens[this.at]
  }

  /** The next token when it is a keyword (or an unquoted name), else ''. */
  get word(): string {
    return this.wordAt(0)
  }

  get done(): boolean {
    return this.at >= this.tokens.length
  }

  /** The tokens that are not taken yet. */
  get rest(): readonly SqlToken[] {
    return this.tokens.slice(this.at)
  }

  /** Like {@link word}, so many tokens further on. */
  wordAt(offset: number): string {
    const token = this.tokens[this.at + offset]
    return token?.kind === 'word' ? token.value : ''
  }

  /** Takes these words when they come next, all of them or none. */
  accept(...words: readonly string[]): boolean {
    if (!words.every((word, offset) => this.wordAt(offset) === word)) return false
    this.at += words.length
    return true
  }

  /** Takes one of these words and returns it, or returns ''. */
  acceptOne(...words: readonly string[]): string {
    const { word } = this
    if (!words.includes(word)) return ''
    this.at += 1
    return word
  }

  /** Takes this character when it comes next. */
  acceptSymbol(symbol: string): boolean {
    if (!isSymbol(this.next, symbol)) return false
    this.at += 1
    return true
  }

  /** Takes a string constant and returns its value. */
  acceptString(): string | undefined {
    const { next } = this
    if (next?.kind !== 'string') return undefined
    this.at += 1
    return next.value
  }

  /** Takes a name, qualified or not; undefined (and nothing taken) when there is none. */
  name(): RelationName | undefined {
    const parts: string[] = []
    let at = this.at
    for (;;) {
      const token = this.tokens[at]
      if (token === undefined || !isName(token)) break
      parts.push(token.value)
      at += 1
      if (!isSymbol(this.tokens[at], '.')) break
      at += 1
    }
    const name = parts.at(-1)
    if (name === undefined) return undefined
    this.at = at
    return { schema: parts.at(-2), name }
  }

  /** Takes everything up to the closing parenthesis; the opening one comes next. */
  parenthesized(): readonly SqlToken[] | undefined {
    if (!isSymbol(this.next, '(')) return undefined
    let depth = 0
    for (let at = this.at; at < this.tokens.length; at += 1) {
      if (isSymbol(this.tokens[at], '(')) depth += 1
      if (isSymbol(this.tokens[at], ')')) depth -= 1
      if (depth > 0) continue
      const inner = this.tokens.slice(this.at + 1, at)
      this.at = at + 1
      return inner
    }
    return undefined
  }

  /** Whether the rest holds these words, next to each other and outside of parentheses. */
  has(...words: readonly string[]): boolean {
    const outside = this.outside
    return outside.some((_, at) =>
      words.every((word, offset) => isWord(outside[at + offset], word)),
    )
  }

  /** The tokens not taken yet that stand outside of parentheses. */
  get outside(): readonly SqlToken[] {
    let depth = 0
    return this.rest.filter((token) => {
      if (isSymbol(token, '(')) depth += 1
      if (isSymbol(token, ')')) depth -= 1
      return depth === 0
    })
  }
}

export function isSymbol(token: SqlToken | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.value === symbol
}

export function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.value === word
}

export function isName(token: SqlToken | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'quotedName'
}

/** For messages: `schema.name`, or just the name. */
export function nameText(name: RelationName | undefined): string {
  if (name === undefined) return '?'
  return name.schema === undefined ? name.name : `${name.schema}.${name.name}`
}

/** Whether a relation belongs to PostgreSQL itself. */
export function isSystemName({ schema, name }: RelationName): boolean {
  if (schema === undefined) return name.startsWith('pg_')
  return schema === 'information_schema' || schema.startsWith('pg_')
}
