import { id, sql } from '../../../../db/index.js'
import type { HelperContext } from '../../helper-context.js'
import type { Merge } from './merge.js'

/**
 * When the target lies below a source, it takes the place of the highest such source; it would become its
 * own parent otherwise.
 */
export async function moveOwnParents(
  context: HelperContext,
  { table, sources, target }: Merge,
  columns: readonly string[],
): Promise<void> {
  for (const name of columns) {
    const column = id(name)
    await context.session.query(sql`
      WITH RECURSIVE above AS (
        SELECT ${column} AS id, 1 AS level FROM ${id(table)} WHERE id = ${target}
         UNION ALL
        SELECT t.${column}, above.level + 1 FROM ${id(table)} t JOIN above ON above.id = t.id
         WHERE t.id = ANY(${sources}::int[]) AND above.level <= ${sources.length})
      UPDATE ${id(table)} SET ${column} =
             (SELECT above.id FROM above
               WHERE above.id <> ${target} AND above.id <> ALL(${sources}::int[]) ORDER BY level LIMIT 1)
       WHERE id = ${target} AND ${column} = ANY(${sources}::int[])`)
  }
}

/** Writes `parent_path` anew where it is not what the parents say. */
export async function updateParentPaths(context: HelperContext, table: string): Promise<void> {
  await context.session.query(sql`
    WITH RECURSIVE tree AS (
      SELECT id, id || '/' AS path FROM ${id(table)} WHERE parent_id IS NULL
       UNION ALL
      SELECT t.id, tree.path || t.id || '/' FROM ${id(table)} t JOIN tree ON tree.id = t.parent_id)
    UPDATE ${id(table)} t SET parent_path = tree.path
      FROM tree WHERE tree.id = t.id AND t.parent_path IS DISTINCT FROM tree.path`)
}
