import { id, join, type Sql, sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { readColumns } from '../schema/column-exists.js'
import { baseTableExists } from './tables.js'

interface Part extends Record<string, unknown> {
  readonly name: string
  readonly kind: 'primary' | 'index' | 'foreign' | 'not null' | 'other'
}

/**
 * Renames a table with its sequence, primary key, indexes and foreign keys; drops its other constraints,
 * which Odoo makes again under the new name. Nothing happens when there is no such table.
 *
 * @throws GuestError `user` when the new name is taken
 */
export async function renameTable(
  context: HelperContext,
  from: string,
  to: string,
  { removeConstraints = true }: { readonly removeConstraints?: boolean } = {},
): Promise<void> {
  if (!(await baseTableExists(context, from))) return
  if (await baseTableExists(context, to)) {
    throw new GuestError(
      'user',
      `Table ${to} already exists. Can't rename table ${from} to ${to}.`,
      'UserError',
    )
  }
  const parts = await partsOf(context, from)
  const statements = [
    sql`ALTER TABLE ${id(from)} RENAME TO ${id(to)}`,
    sql`ALTER SEQUENCE IF EXISTS ${id(`${from}_id_seq`)} RENAME TO ${id(`${to}_id_seq`)}`,
    ...parts.flatMap((part) => changeOf(part, from, to, removeConstraints)),
  ]
  await context.session.execute(join(statements, ';\n'))
  if (removeConstraints) {
    const dropped = parts.filter((part) => isDropped(part, from)).map((part) => part.name)
    await forgetConstraints(context, dropped)
  }
  context.schemaChanged?.()
}

async function partsOf(context: HelperContext, table: string): Promise<readonly Part[]> {
  const { rows } = await context.session.query<Part>(sql`
    WITH renamed AS (SELECT to_regclass(${id(table).text})::oid AS oid)
    SELECT k.conname::text AS name,
           CASE WHEN k.contype = 'p' THEN 'primary' WHEN k.contype = 'f' THEN 'foreign'
                WHEN k.contype = 'n' OR k.conname ~ '^\\w+_not_null$' THEN 'not null' ELSE 'other' END AS kind
      FROM pg_constraint k WHERE k.conrelid = (SELECT oid FROM renamed)
     UNION ALL
    SELECT c.relname::text, 'index'
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = (SELECT oid FROM renamed) AND strpos(c.relname::text, ${`${table}_`}) > 0
       AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid)
     ORDER BY 2, 1`)
  return rows
}

/** A foreign key whose name PostgreSQL had to shorten is made again as well. */
function isDropped({ name, kind }: Part, from: string): boolean {
  return kind === 'other' || (kind === 'foreign' && !name.startsWith(`${from}_`))
}

function changeOf(
  part: Part,
  from: string,
  to: string,
  removeConstraints: boolean,
): readonly Sql[] {
  const { name, kind } = part
  const table = id(to)
  if (kind === 'primary') return [sql`ALTER INDEX ${id(name)} RENAME TO ${id(`${to}_pkey`)}`]
  if (kind === 'index') {
    return [sql`ALTER INDEX ${id(name)} RENAME TO ${id(name.replaceAll(from, to))}`]
  }
  if (removeConstraints && isDropped(part, from)) {
    return [sql`ALTER TABLE ${table} DROP CONSTRAINT ${id(name)}`]
  }
  if (kind === 'other' || !name.startsWith(`${from}_`)) return []
  return [
    sql`ALTER TABLE ${table} RENAME CONSTRAINT ${id(name)} TO ${id(to + name.slice(from.length))}`,
  ]
}

async function forgetConstraints(context: HelperContext, names: readonly string[]): Promise<void> {
  const known = await readColumns(context.session, ['ir_model_constraint'])
  if (names.length === 0 || !known.has('ir_model_constraint', 'name')) return
  await runLogged(
    context,
    sql`WITH gone AS (DELETE FROM ir_model_constraint WHERE name = ANY(${names}::text[]) RETURNING id)
        DELETE FROM ir_model_data d USING gone WHERE d.model = 'ir.model.constraint' AND d.res_id = gone.id`,
  )
}
