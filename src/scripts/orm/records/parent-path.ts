import { id, sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import { invalid } from '../guest-errors.js'
import type { ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { tableOf } from '../select/place.js'

/** Table and parent column of a hierarchy that keeps `parent_path`. */
function hierarchyOf(
  schema: ModelSchema,
): { readonly table: string; readonly parent: string } | undefined {
  const parent = schema.parentName
  if (parent === undefined || !schema.columns.has(parent)) return undefined
  return schema.columns.has('parent_path') ? { table: tableOf(schema), parent } : undefined
}

/** Fills `parent_path` of new records: `1/5/7/`. */
export async function fillParentPaths(
  scope: OrmScope,
  schema: ModelSchema,
  ids: readonly number[],
): Promise<void> {
  const hierarchy = hierarchyOf(schema)
  if (hierarchy === undefined) return
  const { table, parent } = hierarchy
  await scope.session.query(sql`
    UPDATE ${id(table)} t SET parent_path = concat(p.parent_path, t.id, '/')
      FROM ${id(table)} s LEFT JOIN ${id(table)} p ON p.id = ${id('s', parent)}
     WHERE s.id = t.id AND t.id = ANY(${ids}::int[])`)
}

/** Follows a change of parents, for the records and all below them; a circle is refused. */
export async function moveParentPaths(
  scope: OrmScope,
  schema: ModelSchema,
  ids: readonly number[],
): Promise<void> {
  const hierarchy = hierarchyOf(schema)
  if (hierarchy === undefined) return
  const table = id(hierarchy.table)
  const parent = id('n', hierarchy.parent)
  const { rows } = await scope.session.query(sql`
    WITH RECURSIVE up(id, node) AS (
      SELECT n.id, ${parent} FROM ${table} n WHERE n.id = ANY(${ids}::int[])
      UNION SELECT up.id, ${parent} FROM up JOIN ${table} n ON n.id = up.node)
    SELECT FROM up WHERE node = id LIMIT 1`)
  if (rows.length > 0) throw new GuestError('user', 'Recursion Detected.', 'UserError')
  await scope.session.query(sql`
    WITH RECURSIVE down(id) AS (
      SELECT unnest(${ids}::int[])
      UNION SELECT n.id FROM ${table} n JOIN down ON ${parent} = down.id),
    up(id, node, path) AS (
      SELECT n.id, ${parent}, n.id || '/' FROM ${table} n JOIN down USING (id)
      UNION ALL SELECT up.id, ${parent}, n.id || '/' || up.path FROM up JOIN ${table} n ON n.id = up.node)
    UPDATE ${table} t SET parent_path = up.path FROM up WHERE up.id = t.id AND up.node IS NULL`)
}

/** Fills `parent_path` of a whole table from its roots; records in a circle get none. */
export async function computeParentStore(scope: OrmScope, schema: ModelSchema): Promise<void> {
  const hierarchy = hierarchyOf(schema)
  if (hierarchy === undefined) throw invalid(`${schema.model} keeps no parent_path`)
  const table = id(hierarchy.table)
  const parent = id('n', hierarchy.parent)
  await scope.session.query(sql`
    WITH RECURSIVE tree(id, path) AS (
      SELECT n.id, n.id || '/' FROM ${table} n WHERE ${parent} IS NULL
      UNION ALL SELECT n.id, tree.path || n.id || '/' FROM ${table} n JOIN tree ON ${parent} = tree.id)
    UPDATE ${table} t SET parent_path = tree.path FROM tree WHERE tree.id = t.id`)
}
