import { aboutServer, type StatementDecision, skip } from './decision.js'
import type { StatementCursor } from './statement-cursor.js'

/** DROP: what `pg_dump --clean` writes is not there yet; what is about the server is refused. */
export function decideDrop(cursor: StatementCursor): StatementDecision {
  cursor.accept('drop')
  const role = cursor.word === 'user' && cursor.wordAt(1) !== 'mapping'
  if (role || ['role', 'group', 'owned'].includes(cursor.word)) {
    return aboutServer('ROLE_STATEMENT', `DROP ${cursor.word.toUpperCase()}`)
  }
  if (cursor.word === 'tablespace') return aboutServer('SERVER_STATEMENT', 'DROP TABLESPACE')
  return skip('the database is empty')
}
