import { id, join, type Sql, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { legacyName } from './legacy-name.js'
import { existingRelations } from './table-exists.js'

/** A table and its new name; undefined gives the legacy name. */
export type TableRename = readonly [from: string, to: string | undefined]

interface Dependent {
  readonly name: string
  readonly kind: 'index' | 'constraint'
}

/**
 * Renames tables, their `id` sequences, and the indexes and constraints whose names begin with the
 * table's. Columns and tables of many2many fields stay.
 *
 * @returns the sequences that were renamed without being asked for; openupgradelib appends them to the
 *   caller's list
 * @throws DatabaseError when a table does not exist or its new name is taken
 */
export async function renameTables(
  context: HelperContext,
  renames: readonly TableRename[],
): Promise<readonly (readonly [from: string, to: string])[]> {
  const sequences = await sequencesToRename(context, renames)
  for (const [from, given] of [...renames, ...sequences]) {
    await renameTable(context, from, given ?? legacyName(context.release, from))
  }
  if (renames.length > 0) context.schemaChanged?.()
  return sequences
}

async function sequencesToRename(
  context: HelperContext,
  renames: readonly TableRename[],
): Promise<readonly (readonly [string, string])[]> {
  const asked = new Set(renames.map(([from]) => from))
  const candidates = renames
    .map(([from, to]): [string, string] => [
      `${from}_id_seq`,
      `${to ?? legacyName(context.release, from)}_id_seq`,
    ])
    .filter(([sequence]) => !asked.has(sequence))
  const existing = await existingRelations(
    context.session,
    candidates.map(([sequence]) => sequence),
  )
  return candidates.filter(([sequence]) => existing.has(sequence))
}

async function renameTable(context: HelperContext, from: string, to: string): Promise<void> {
  context.log('info', `table ${from}: renaming to ${to}`)
  const dependents = await dependentsOf(context, from)
  const statements = dependents.map(({ name, kind }): Sql => {
    const renamed = to + name.slice(from.length)
    return kind === 'index'
      ? sql`ALTER INDEX ${id(name)} RENAME TO ${id(renamed)}`
      : sql`ALTER TABLE ${id(to)} RENAME CONSTRAINT ${id(name)} TO ${id(renamed)}`
  })
  const script = [sql`ALTER TABLE ${id(from)} RENAME TO ${id(to)}`, ...statements]
  await context.session.execute(join(script, ';\n'))
}

/** Indexes, and constraints that no index of that name carries: those are renamed with it. */
async function dependentsOf(context: HelperContext, table: string): Promise<readonly Dependent[]> {
  const { rows } = await context.session.query<Dependent & Record<string, unknown>>(sql`
    WITH renamed AS (SELECT to_regclass(${id(table).text})::oid AS oid)
    SELECT c.relname::text AS name, 'index' AS kind
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = (SELECT oid FROM renamed) AND starts_with(c.relname::text, ${`${table}_`})
     UNION ALL
    SELECT k.conname::text, 'constraint'
      FROM pg_constraint k
     WHERE k.conrelid = (SELECT oid FROM renamed) AND k.contype NOT IN ('p', 'u', 'x')
       AND starts_with(k.conname::text, ${`${table}_`})
     ORDER BY 2 DESC, 1`)
  return rows
}
