import { id, sql } from '../../../db/index.js'
import type { StoredCompute } from './stored-compute.js'

/** Models whose `complete_name` is made of the names on the way down, and what stands between them. */
const SEPARATORS: Readonly<Record<string, string>> = {
  'account.analytic.plan': ' / ',
  'hr.department': ' / ',
  'product.category': ' / ',
  'stock.location': '/',
}
/** Who defines them. */
const MODULES: Readonly<Record<string, string>> = {
  'account.analytic.plan': 'analytic',
  'hr.department': 'hr',
  'product.category': 'product',
  'stock.location': 'stock',
}

/** `complete_name` of what was written and of all below it. */
export const COMPLETE_NAMES: readonly StoredCompute[] = Object.entries(SEPARATORS).map(
  ([name, separator]) => ({
    models: name,
    methods: ['_compute_complete_name'],
    modules: [MODULES[name] ?? ''],
    releases: [14, 18],
    fields: { complete_name: ['name', 'parent_id', 'location_id', 'usage'] },
    update: (ids, _, model) => {
      const table = id(model.table)
      const parent = id(model.parentName)
      const isTranslated = model.fields.get('name')?.column?.type === 'jsonb'
      const plain = (row: string) =>
        isTranslated ? sql`${id(row, 'name')} ->> 'en_US'` : id(row, 'name')
      // A view location has its own name alone.
      const isHidden = model.name === 'stock.location' ? sql`c.usage = 'view'` : sql`false`
      return sql`
        WITH RECURSIVE tree AS (
          SELECT t.id, (${plain('t')})::text AS name, t.id = ANY(${ids}) AS touched
            FROM ${table} t WHERE t.${parent} IS NULL
           UNION ALL
          SELECT c.id, CASE WHEN c.hidden THEN c.plain ELSE concat(tree.name, ${separator}::text, c.plain) END,
                 tree.touched OR c.id = ANY(${ids})
            FROM (SELECT c.id, c.${parent} AS up, ${plain('c')} AS plain, ${isHidden} AS hidden
                    FROM ${table} c WHERE c.${parent} IS NOT NULL) c
            JOIN tree ON tree.id = c.up)
        UPDATE ${table} t SET complete_name = tree.name FROM tree
         WHERE tree.id = t.id AND tree.touched AND t.complete_name IS DISTINCT FROM tree.name`
    },
  }),
)
