import { id, join, type Sql, sql } from '../../../db/index.js'
import { GuestError, type GuestValue } from '../../values/index.js'
import { sqlLiteral } from '../calling/sql-literal.js'
import type { HelperContext } from '../helper-context.js'
import { columnExists } from '../schema/column-exists.js'
import { sqlType } from '../schema/sql-names.js'

const DELETE_ACTIONS = ['CASCADE', 'NO ACTION', 'RESTRICT', 'SET DEFAULT', 'SET NULL']

/** PostgreSQL's internal name of a column's type, such as `int4`; `varchar(16)` when `sized`. */
export async function columnType(
  context: HelperContext,
  table: string,
  column: string,
  sized = false,
): Promise<string | undefined> {
  const { rows } = await context.session.query<{ type: string; size: number | null }>(sql`
    SELECT udt_name::text AS type, character_maximum_length::int AS size FROM information_schema.columns
     WHERE table_name = ${table} AND column_name = ${column} AND table_schema = 'public'`)
  const found = rows[0]
  if (found === undefined) return undefined
  return sized && found.size !== null ? `${found.type}(${found.size})` : found.type
}

/** The names of a table's columns, in alphabetical order. */
export async function columnNames(
  context: HelperContext,
  table: string,
  ignored: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await context.session.query<{ name: string }>(sql`
    SELECT column_name::text AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = ${table} AND column_name <> ALL(${ignored}::text[])
     ORDER BY column_name`)
  return rows.map((row) => row.name)
}

/** A column that a script wants; without a default, booleans are false. */
export interface WantedColumn {
  readonly table: string
  readonly column: string
  readonly definition: string
  readonly fallback?: GuestValue
  readonly references?: { readonly table: string; readonly onDelete: string }
}

/**
 * Adds a column unless there is one; a default fills the NULLs of one that exists.
 *
 * @returns whether it was added
 * @throws GuestError `value` for an unknown delete action
 */
export async function createColumn(context: HelperContext, given: WantedColumn): Promise<boolean> {
  const { table, column, references } = given
  if (references !== undefined && !DELETE_ACTIONS.includes(references.onDelete)) {
    throw new GuestError(
      'value',
      `unexpected value for the \`on_delete_action\` argument: '${references.onDelete}'`,
    )
  }
  const type = sqlType(given.definition)
  const current = await columnType(context, table, column, true)
  const isBoolean = /^bool(ean)?$/i.test(given.definition.trim())
  const fallback = given.fallback === undefined && isBoolean ? false : given.fallback
  const wanted = { ...given, ...(fallback !== undefined && { fallback }) }
  const statements =
    current === undefined ? addition(wanted, type) : await completion(context, wanted, current)
  if (statements.length > 0) await context.session.execute(join(statements, ';\n'))
  context.schemaChanged?.()
  return current === undefined
}

function addition(
  { table, column, references, fallback }: WantedColumn,
  type: Sql,
): readonly Sql[] {
  const key = references === undefined ? sql`` : sql` ${reference(references)}`
  const add = sql`ALTER TABLE ${id(table)} ADD COLUMN ${id(column)} ${type}${key}`
  if (fallback === undefined) return [add]
  return [
    sql`${add} DEFAULT ${sqlLiteral(fallback)}`,
    sql`ALTER TABLE ${id(table)} ALTER COLUMN ${id(column)} DROP DEFAULT`,
  ]
}

async function completion(
  context: HelperContext,
  { table, column, definition, references, fallback }: WantedColumn,
  current: string,
): Promise<readonly Sql[]> {
  const { rows } = await context.session.query<{ name: string | null }>(
    sql`SELECT typname::text AS name FROM pg_type WHERE oid = to_regtype(${definition})`,
  )
  const name = rows[0]?.name
  if (name !== current.replace(/\(.*/, '')) {
    context.log(
      'error',
      `${table}.${column} already exists but is '${current}' instead of '${name ?? definition}'`,
    )
  }
  const statements: Sql[] = []
  if (references !== undefined) {
    const key = id(`${table}_${column}_fkey`)
    statements.push(
      sql`ALTER TABLE ${id(table)} DROP CONSTRAINT IF EXISTS ${key}`,
      sql`ALTER TABLE ${id(table)} ADD CONSTRAINT ${key} FOREIGN KEY (${id(column)}) ${reference(references)}`,
    )
  }
  if (fallback !== undefined) {
    statements.push(
      sql`UPDATE ${id(table)} SET ${id(column)} = ${sqlLiteral(fallback)} WHERE ${id(column)} IS NULL`,
    )
  }
  return statements
}

function reference({
  table,
  onDelete,
}: {
  readonly table: string
  readonly onDelete: string
}): Sql {
  const action = join(
    onDelete.split(' ').map((word) => KEYWORDS.get(word) ?? sql``),
    ' ',
  )
  return sql`REFERENCES ${id(table)}(id) ON DELETE ${action}`
}

const KEYWORDS: ReadonlyMap<string, Sql> = new Map([
  ['CASCADE', sql`CASCADE`],
  ['NO', sql`NO`],
  ['ACTION', sql`ACTION`],
  ['RESTRICT', sql`RESTRICT`],
  ['SET', sql`SET`],
  ['DEFAULT', sql`DEFAULT`],
  ['NULL', sql`NULL`],
])

/** Drops a column that exists, after the views that read it. */
export async function removeColumn(
  context: HelperContext,
  table: string,
  column: string,
  cascade = false,
): Promise<void> {
  if (!(await columnExists(context, table, column))) return
  const views = await dependingViews(context, table, column)
  const drops = views.map(({ name, kind }) =>
    kind === 'm'
      ? sql`DROP MATERIALIZED VIEW IF EXISTS ${id(name)} CASCADE`
      : sql`DROP VIEW IF EXISTS ${id(name)} CASCADE`,
  )
  const ending = cascade ? sql` CASCADE` : sql``
  await context.session.execute(
    join([...drops, sql`ALTER TABLE ${id(table)} DROP COLUMN ${id(column)}${ending}`], ';\n'),
  )
  context.schemaChanged?.()
}

async function dependingViews(
  context: HelperContext,
  table: string,
  column: string,
): Promise<readonly { readonly name: string; readonly kind: string }[]> {
  const { rows } = await context.session.query<{ name: string; kind: string }>(sql`
    SELECT DISTINCT v.relname::text AS name, v.relkind::text AS kind
      FROM pg_depend d
      JOIN pg_rewrite r ON r.oid = d.objid
      JOIN pg_class v ON v.oid = r.ev_class AND v.relkind IN ('v', 'm')
      JOIN pg_class t ON t.oid = d.refobjid
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
     WHERE t.relname = ${table} AND a.attname = ${column} AND a.attnum > 0`)
  return rows
}
