import { type SqlToken, SqlTokenizer } from './sql-tokens.js'

/** What a SET or RESET says about how the rest of a dump is to be read. */
export interface ReadingChange {
  readonly standardStrings?: boolean
  /** As written; `UTF8` where the default is asked for. */
  readonly encoding?: string
}

/** Verbs of the statements that {@link readingChange} has to see. */
export const SETTING_VERBS: ReadonlySet<string> = new Set(['set', 'reset'])

/** How a SET or RESET changes the reading of what follows it; undefined when it does not. */
export function readingChange(statement: string): ReadingChange | undefined {
  const tokens = firstTokens(statement, 6)
  const [verb, second] = tokens
  if (verb?.value === 'reset') return changeOf(second?.value, 'default')
  const rest = second?.value === 'session' || second?.value === 'local' ? 2 : 1
  const name = tokens[rest]?.value
  if (name === 'names') return changeOf('client_encoding', tokens[rest + 1]?.value)
  return changeOf(name, tokens[rest + 2]?.value)
}

function changeOf(name: string | undefined, value: string | undefined): ReadingChange | undefined {
  const given = value?.toLowerCase() ?? 'default'
  if (name === 'client_encoding') return { encoding: given === 'default' ? 'UTF8' : given }
  if (name === 'standard_conforming_strings') return { standardStrings: !isOff(given) }
  if (name === 'all') return { encoding: 'UTF8', standardStrings: true }
  return undefined
}

/** PostgreSQL takes every unambiguous beginning of `false`, `off` and `no`. */
function isOff(value: string): boolean {
  return value === '0' || ['false', 'no', 'off'].some((word) => isBeginning(value, word))
}

function isBeginning(value: string, word: string): boolean {
  return value.length > 0 && value !== 'o' && word.startsWith(value)
}

function firstTokens(text: string, count: number): SqlToken[] {
  const tokenizer = new SqlTokenizer(text)
  const tokens: SqlToken[] = []
  while (tokens.length < count) {
    const token = tokenizer.next()
    if (token === undefined) break
    tokens.push(token)
  }
  return tokens
}
