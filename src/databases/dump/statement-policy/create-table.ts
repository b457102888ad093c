import type { SqlToken } from '../../../text/index.js'
import { type RestoreTarget, refuse, run, type StatementDecision, unexpected } from './decision.js'
import { tableNotNulls } from './not-null-constraints.js'
import { oidClauses } from './oid-clauses.js'
import { isSymbol, isWord, nameText, type StatementCursor } from './statement-cursor.js'
import { type TextEdit, withEdits } from './text-edits.js'

/** The first release with virtual columns and with NOT NULL as a constraint of the table. */
export const PG18 = 180_000

/** CREATE TABLE; the cursor is behind that keyword. */
export function decideCreateTable(
  cursor: StatementCursor,
  target: RestoreTarget,
): StatementDecision {
  cursor.accept('if', 'not', 'exists')
  const table = cursor.name()
  if (table === undefined) return unexpected('This form of CREATE TABLE')
  const edits: TextEdit[] = []
  if (target.serverVersion < PG18) {
    const virtual = virtualColumn(cursor.rest)
    if (virtual !== undefined) return virtualRefused(`${nameText(table)}.${virtual}`)
    edits.push(...tableNotNulls(cursor))
  }
  const oids = oidClauses(cursor)
  edits.push(...oids)
  return run(
    'schema',
    withEdits(cursor.text, edits),
    oids.length === 0
      ? undefined
      : {
          code: 'OIDS_IGNORED',
          severity: 'info',
          message: `The table ${nameText(table)} loses its hidden column "oid"`,
        },
  )
}

/** The name of the first column GENERATED ALWAYS AS (…) that is not STORED. */
export function virtualColumn(tokens: readonly SqlToken[]): string | undefined {
  for (const [at, token] of tokens.entries()) {
    const starts = isWord(token, 'always') && isWord(tokens[at + 1], 'as')
    if (!starts || !isWord(tokens[at - 1], 'generated') || !isSymbol(tokens[at + 2], '(')) continue
    if (!isWord(tokens[closing(tokens, at + 2) + 1], 'stored')) return columnBefore(tokens, at)
  }
  return undefined
}

export function virtualRefused(column: string): StatementDecision {
  return refuse(
    'VIRTUAL_COLUMN',
    `The column ${column} is computed when it is read, which PostgreSQL knows from release 18 on`,
    'Restore into PostgreSQL 18 or later, or make the column STORED in the source database.',
  )
}

/** Where the parenthesis at `from` closes. */
function closing(tokens: readonly SqlToken[], from: number): number {
  let depth = 0
  for (let at = from; at < tokens.length; at += 1) {
    if (isSymbol(tokens[at], '(')) depth += 1
    if (isSymbol(tokens[at], ')')) depth -= 1
    if (depth === 0) return at
  }
  return tokens.length
}

/** The first name of the list element that `at` is in. */
function columnBefore(tokens: readonly SqlToken[], at: number): string {
  let depth = 0
  for (let back = at; back > 0; back -= 1) {
    const token = tokens[back - 1]
    if (isSymbol(token, ')')) depth += 1
    if (depth === 0 && (isSymbol(token, ',') || isSymbol(token, '(')))
      return tokens[back]?.value ?? '?'
    if (isSymbol(token, '(')) depth -= 1
  }
  return '?'
}
