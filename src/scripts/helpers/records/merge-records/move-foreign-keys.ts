import { hasSqlState, id, join, type Sql, sql } from '../../../../db/index.js'
import type { HelperContext } from '../../helper-context.js'
import { readColumns } from '../../schema/column-exists.js'
import { isExcluded, type Merge } from './merge.js'
import { moveOwnParents, updateParentPaths } from './move-parents.js'

const UNIQUE_VIOLATION = '23505'

interface ForeignKey extends Record<string, unknown> {
  readonly table: string
  readonly column: string
  /** Tables of many2many fields have none. */
  readonly hasId: boolean
}

/** Points every foreign key to a source at the target. */
export async function moveForeignKeys(context: HelperContext, merge: Merge): Promise<void> {
  const keys = (await foreignKeysTo(context, merge.table)).filter(
    ({ table, column }) => !isExcluded(merge, table, column),
  )
  const own = keys.filter(({ table }) => table === merge.table).map(({ column }) => column)
  await moveOwnParents(context, merge, own)
  for (const key of keys) await moveForeignKey(context, merge, key)
  if (own.includes('parent_id')) {
    const known = await readColumns(context.session, [merge.table])
    if (known.has(merge.table, 'parent_path')) await updateParentPaths(context, merge.table)
  }
}

async function foreignKeysTo(
  context: HelperContext,
  table: string,
): Promise<readonly ForeignKey[]> {
  const { rows } = await context.session.query<ForeignKey>(sql`
    SELECT DISTINCT t.relname::text AS "table", a.attname::text AS "column",
           EXISTS (SELECT FROM pg_attribute i WHERE i.attrelid = t.oid AND i.attname = 'id') AS "hasId"
      FROM pg_constraint k
      JOIN pg_class t ON t.oid = k.conrelid
      JOIN pg_class r ON r.oid = k.confrelid
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
      JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
     WHERE k.contype = 'f' AND cardinality(k.conkey) = 1 AND r.relname = ${table} AND b.attname = 'id'
       AND pg_table_is_visible(r.oid) AND pg_table_is_visible(t.oid)
     ORDER BY 1, 2`)
  return rows
}

async function moveForeignKey(
  context: HelperContext,
  merge: Merge,
  key: ForeignKey,
): Promise<void> {
  const { sources, target } = merge
  const column = id(key.column)
  try {
    await context.session.savepoint(async () => {
      await context.session.query(
        sql`UPDATE ${id(key.table)} SET ${column} = ${target} WHERE ${column} = ANY(${sources}::int[])`,
      )
    })
  } catch (error) {
    if (!hasSqlState(error, UNIQUE_VIOLATION)) throw error
    await moveWithoutConflicts(context, merge, key)
  }
}

/** Moves the rows that are unique for the target as well; pairs of a many2many that are not are deleted. */
async function moveWithoutConflicts(
  context: HelperContext,
  { sources, target }: Merge,
  key: ForeignKey,
): Promise<void> {
  const table = id(key.table)
  const column = id(key.column)
  const uniques = await uniqueColumns(context, key)
  const ranks = uniques.map((others, index) => rank(others, index, column, sources))
  const conditions = uniques.map((others, index) => isUnique(others, index, key, target))
  await context.session.query(sql`
    WITH candidates AS (SELECT ctid AS place${join(ranks, '')} FROM ${table} WHERE ${column} = ANY(${sources}::int[]))
    UPDATE ${table} t SET ${column} = ${target}
      FROM candidates
     WHERE t.ctid = candidates.place${join(conditions, '')}`)
  if (key.hasId) return
  await context.session.query(sql`DELETE FROM ${table} WHERE ${column} = ANY(${sources}::int[])`)
}

/** The other columns of each unique index that has the column. */
async function uniqueColumns(
  context: HelperContext,
  key: ForeignKey,
): Promise<readonly (readonly string[])[]> {
  const { rows } = await context.session.query<{ others: readonly string[] }>(sql`
    SELECT array_remove(array_agg(a.attname::text ORDER BY a.attnum), ${key.column}) AS others
      FROM pg_index i
      JOIN pg_class t ON t.oid = i.indrelid AND pg_table_is_visible(t.oid)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
     WHERE i.indisunique AND t.relname = ${key.table}
     GROUP BY i.indexrelid
    HAVING ${key.column} = ANY(array_agg(a.attname::text))`)
  return rows.map((row) => row.others)
}

/** Of several sources' rows that would be equal for the target, the first source's comes first. */
function rank(
  others: readonly string[],
  index: number,
  column: Sql,
  sources: readonly number[],
): Sql {
  const partition =
    others.length === 0 ? sql`` : sql`PARTITION BY ${join(others.map((other) => id(other)))} `
  return sql`, row_number() OVER (${partition}ORDER BY array_position(${sources}::int[], ${column}), ctid) AS ${id(`rank${index}`)}`
}

/** NULLs are never equal to a unique index. */
function isUnique(others: readonly string[], index: number, key: ForeignKey, target: number): Sql {
  const equal = others.map((other) => sql` AND o.${id(other)} = t.${id(other)}`)
  const nulls = others.map((other) => sql` OR t.${id(other)} IS NULL`)
  return sql`
       AND (candidates.${id(`rank${index}`)} = 1${join(nulls, '')})
       AND NOT EXISTS (SELECT FROM ${id(key.table)} o WHERE o.${id(key.column)} = ${target}${join(equal, '')})`
}
