import { aboutServer, type RestoreTarget, run, type StatementDecision, skip } from './decision.js'
import type { StatementCursor } from './statement-cursor.js'

/** Kinds of objects whose grants are never taken over. */
const NOT_RESTORED: ReadonlySet<string> = new Set([
  ...['database', 'foreign', 'language', 'large', 'parameter', 'tablespace'],
])

/** GRANT and REVOKE. */
export function decideGrant(cursor: StatementCursor, target: RestoreTarget): StatementDecision {
  const verb = cursor.word.toUpperCase()
  const outside = cursor.outside.map(({ kind, value }) => (kind === 'word' ? value : ''))
  const on = outside.indexOf('on')
  if (on < 0) return aboutServer('ROLE_STATEMENT', `${verb} of a role`)
  if (!target.keepGrants || NOT_RESTORED.has(outside[on + 1] ?? '')) return notAsked()
  return run('other', cursor.text)
}

/** ALTER DEFAULT PRIVILEGES. */
export function decideDefaultPrivileges(
  cursor: StatementCursor,
  target: RestoreTarget,
): StatementDecision {
  return target.keepGrants ? run('other', cursor.text) : notAsked()
}

function notAsked(): StatementDecision {
  return skip('grants are not taken over')
}
