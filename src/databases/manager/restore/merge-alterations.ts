import type { RunDecision } from '../../dump/index.js'

/** `ALTER TABLE [ONLY] name` and what is done to the table. */
const ALTERATION = /^(ALTER TABLE (?:ONLY )?\S+)\s+(ADD CONSTRAINT .+)$/s

/**
 * The texts of a group of statements, with neighbouring foreign keys of one table put into
 * one `ALTER TABLE`: PostgreSQL then locks, checks and re-reads the table's definition once instead of
 * for each of them.
 */
export function mergeAlterations(decisions: readonly RunDecision[]): readonly string[] {
  const texts: string[] = []
  let table: string | undefined
  for (const decision of decisions) {
    const mergeable = decision.class === 'foreignKey'
    const [, head, action] = (mergeable && ALTERATION.exec(decision.text)) || []
    if (head !== undefined && head === table) {
      texts.push(`${texts.pop()},\n  ${action}`)
    } else {
      texts.push(decision.text)
    }
    table = head
  }
  return texts
}
