import { type SqlToken, SqlTokenizer } from '../../../text/index.js'
import { callRefused, isDangerousCall } from './dangerous-functions.js'
import { decideRowChange } from './data-statements.js'
import { type RefuseDecision, type StatementDecision, unreadable } from './decision.js'
import { isSymbol, StatementCursor } from './statement-cursor.js'

/**
 * What no INSERT can do without when it calls a dangerous function, when it is really several statements,
 * or when lexers might differ about it.
 */
const SUSPICIOUS =
  /lo_import|lo_export|pg_(?:read_|ls_|stat_file|file_|reload|rotate|terminate|cancel|promote|switch|create_|logical)|dblink|u&"|\w\$|;/i

/** `INSERT INTO database . schema . table` */
const OPENING_TOKENS = 7

/** INSERT: there can be millions, and huge ones, so only the suspicious are read to their end. */
export function decideInsert(text: string): StatementDecision {
  const fault = SUSPICIOUS.test(text) ? faultOf(text) : undefined
  return fault ?? decideRowChange(openingOf(text))
}

function faultOf(text: string): RefuseDecision | undefined {
  const tokenizer = new SqlTokenizer(text)
  let before: SqlToken | undefined
  for (let token = tokenizer.next(); token !== undefined; token = tokenizer.next()) {
    if (token.kind === 'broken' || token.kind === 'unicodeName') return unreadable()
    if (isSymbol(token, ';')) return unreadable()
    if (before !== undefined && isDangerousCall(before, token)) return callRefused(before.value)
    before = token
  }
  return undefined
}

function openingOf(text: string): StatementCursor {
  const tokenizer = new SqlTokenizer(text)
  const tokens: SqlToken[] = []
  for (let token = tokenizer.next(); token !== undefined; token = tokenizer.next()) {
    tokens.push(token)
    if (tokens.length === OPENING_TOKENS) break
  }
  return new StatementCursor(text, tokens)
}
