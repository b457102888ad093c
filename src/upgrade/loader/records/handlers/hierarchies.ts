import { id, sql } from '../../../../db/index.js'
import type { ModelHandler } from './model-handler.js'

/** `parent_path` of what was written and of all below it. */
const paths: ModelHandler = {
  models: (model) => model.parentStore,
  async after(records, turn) {
    const model = records[0]?.model
    if (model === undefined) return
    const moved = records.filter(({ isNew, values }) => isNew || values.has(model.parentName))
    if (moved.length === 0) return
    const table = id(model.table)
    const parent = id(model.parentName)
    await turn.scope.session.query(sql`
      WITH RECURSIVE tree AS (
        SELECT id, id || '/' AS path FROM ${table} WHERE ${parent} IS NULL
        UNION ALL
        SELECT c.id, tree.path || c.id || '/' FROM ${table} c JOIN tree ON c.${parent} = tree.id)
      UPDATE ${table} t SET parent_path = tree.path FROM tree
       WHERE tree.id = t.id AND t.parent_path IS DISTINCT FROM tree.path`)
  },
}

export const HIERARCHY_HANDLERS: readonly ModelHandler[] = [paths]
