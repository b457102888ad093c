import { id, sql } from '../../../../db/index.js'
import type { RegistryModel } from '../../../../odoo/registry/index.js'
import type { PendingRecord } from '../pending-record.js'
import type { RecordsTurn } from '../records-turn.js'
import type { ModelHandler } from './model-handler.js'
import { realIds } from './record-ids.js'

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

/** Models whose `complete_name` is made of the names on the way down, and what stands between them. */
const COMPLETE_NAMES: Readonly<Record<string, string>> = {
  'account.analytic.plan': ' / ',
  'hr.department': ' / ',
  'product.category': ' / ',
  'stock.location': '/',
}

/** `complete_name` of what was written and of all below it. */
const completeNames: ModelHandler = {
  models: (model) =>
    COMPLETE_NAMES[model.name] !== undefined &&
    model.fields.get('complete_name')?.column !== undefined,
  after: nameCompletely,
}

async function nameCompletely(records: readonly PendingRecord[], turn: RecordsTurn): Promise<void> {
  const model: RegistryModel | undefined = records[0]?.model
  const parent = model?.fields.get(model.parentName)?.column
  if (model === undefined || parent === undefined) return
  const separator = COMPLETE_NAMES[model.name] ?? '/'
  const isTranslated = model.fields.get('name')?.column?.type === 'jsonb'
  const plain = (row: string) =>
    isTranslated ? sql`${id(row, 'name')} ->> 'en_US'` : id(row, 'name')
  // A view location has its own name alone.
  const isHidden = model.name === 'stock.location' ? sql`c.usage = 'view'` : sql`false`
  const written = realIds(records, turn)
  await turn.scope.session.query(sql`
    WITH RECURSIVE tree AS (
      SELECT t.id, (${plain('t')})::text AS name, t.id = ANY(${written}::int[]) AS touched FROM ${id(model.table)} t WHERE ${id('t', parent.name)} IS NULL
      UNION ALL
      SELECT c.id, CASE WHEN c.usage_view THEN c.plain ELSE concat(tree.name, ${separator}::text, c.plain) END,
             tree.touched OR c.id = ANY(${written}::int[])
        FROM (SELECT c.id, ${id('c', parent.name)} AS up, ${plain('c')} AS plain, ${isHidden} AS usage_view
                FROM ${id(model.table)} c JOIN ${id(model.table)} p ON p.id = ${id('c', parent.name)}) c
        JOIN tree ON tree.id = c.up)
    UPDATE ${id(model.table)} t SET complete_name = tree.name FROM tree
     WHERE tree.id = t.id AND tree.touched
       AND t.complete_name IS DISTINCT FROM tree.name`)
}

export const HIERARCHY_HANDLERS: readonly ModelHandler[] = [paths, completeNames]
