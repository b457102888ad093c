import { type StatementDecision, unexpected } from './decision.js'
import { isWord, type StatementCursor } from './statement-cursor.js'
import { withEdits } from './text-edits.js'

/**
 * CREATE INDEX; the cursor is behind that keyword. CONCURRENTLY, which cannot be part of a transaction,
 * is taken out: nobody else uses the database yet.
 */
export function decideCreateIndex(cursor: StatementCursor): StatementDecision {
  const { text, next } = cursor
  const edits = cursor.accept('concurrently')
    ? [{ start: next?.start ?? 0, end: cursor.next?.start ?? 0, replacement: '' }]
    : []
  cursor.accept('if', 'not', 'exists')
  if (!isWord(cursor.next, 'on')) cursor.name()
  if (!cursor.accept('on')) return unexpected('This form of CREATE INDEX')
  cursor.accept('only')
  const table = cursor.name()
  if (table === undefined) return unexpected('This form of CREATE INDEX')
  return { kind: 'run', class: 'index', text: withEdits(text, edits), table }
}
