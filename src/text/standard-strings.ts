import { SqlTokenizer } from './sql-tokens.js'

/**
 * The same SQL for `standard_conforming_strings` on, when it was written for off: plain strings in which a
 * backslash escapes become E'' strings.
 */
export function toStandardStrings(statement: string): string {
  if (!statement.includes('\\')) return statement
  const tokenizer = new SqlTokenizer(statement, true)
  let result = ''
  let copied = 0
  for (let token = tokenizer.next(); token !== undefined; token = tokenizer.next()) {
    const raw = statement.slice(token.start, token.end)
    if (token.kind !== 'string' || !raw.startsWith("'") || !raw.includes('\\')) continue
    const before = statement.slice(copied, token.start)
    result += `${before}${/[\w$\u0080-\uffff]$/.test(before) ? ' ' : ''}E${raw}`
    copied = token.end
  }
  return result + statement.slice(copied)
}

/** The statement up to its last token, so that what is appended to it cannot become part of a comment. */
export function withoutLastComments(statement: string, backslashEscapes: boolean): string {
  const tokenizer = new SqlTokenizer(statement, backslashEscapes)
  let end = 0
  for (let token = tokenizer.next(); token !== undefined; token = tokenizer.next()) end = token.end
  return statement.slice(0, end)
}
