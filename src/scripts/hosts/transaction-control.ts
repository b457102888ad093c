import { UserError } from '../../base/index.js'
import { SqlTokenizer } from '../../text/index.js'

/** Words that can begin a statement which begins or ends a transaction. */
const SUSPECTS = /\b(?:begin|start|commit|end|rollback|abort|prepare)\b/i

/**
 * Fails with SCRIPT_ENDS_TRANSACTION when one of the statements in `text` would begin or end a transaction:
 * a step and its record in the journal are one. ROLLBACK TO SAVEPOINT is no such statement.
 */
export function refuseTransactionControl(text: string): void {
  if (!SUSPECTS.test(text)) return
  refuseIn(text, false)
  // A script may have turned `standard_conforming_strings` off: then other quotes end a string.
  if (text.includes('\\')) refuseIn(text, true)
}

function refuseIn(text: string, backslashEscapes: boolean): void {
  const tokenizer = new SqlTokenizer(text, backslashEscapes)
  let words: string[] = []
  for (let token = tokenizer.next(); token !== undefined; token = tokenizer.next()) {
    if (token.kind === 'symbol' && token.value === ';') {
      refuseStatement(words)
      words = []
    } else if (words.length < 3) words.push(token.kind === 'word' ? token.value : '')
  }
  refuseStatement(words)
}

function refuseStatement([first, second, third]: readonly string[]): void {
  const ends =
    first === 'commit' ||
    first === 'begin' ||
    first === 'end' ||
    first === 'abort' ||
    (first === 'start' && second === 'transaction') ||
    (first === 'prepare' && second === 'transaction') ||
    (first === 'rollback' && !isToSavepoint(second, third))
  if (!ends) return
  throw new UserError(
    'SCRIPT_ENDS_TRANSACTION',
    `A script's statement would begin or end the transaction: ${[first, second].filter(Boolean).join(' ').toUpperCase()}`,
    {
      hint: 'Remove it: every step of an upgrade is one transaction. Use savepoints inside a script.',
    },
  )
}

/** ROLLBACK [WORK | TRANSACTION] TO [SAVEPOINT] name. */
function isToSavepoint(second: string | undefined, third: string | undefined): boolean {
  return second === 'to' || ((second === 'work' || second === 'transaction') && third === 'to')
}
