import { id, join, raw, type Sql, sql } from '../../db/index.js'
import type { SchemaFacts } from './schema-facts.js'

/** What one module needs to become harmless, as set-based statements for the schema at hand. */
export interface NeutralizeRule {
  readonly module: string
  readonly statements: (schema: SchemaFacts) => readonly Sql[]
}

/** A rule whose statement applies where the table has these columns. */
export function whenColumns(
  module: string,
  table: string,
  columns: readonly string[],
  statement: Sql,
): NeutralizeRule {
  return { module, statements: (schema) => (schema.has(table, ...columns) ? [statement] : []) }
}

/** Empties those of the columns that the table has. */
export function clearColumns(
  module: string,
  table: string,
  columns: readonly string[],
): NeutralizeRule {
  return {
    module,
    statements: (schema) => {
      const present = columns.filter((column) => schema.has(table, column))
      return present.length === 0 ? [] : [clearStatement(table, present)]
    },
  }
}

/** `UPDATE` that empties columns in the rows where one of them holds something. */
export function clearStatement(table: string, columns: readonly string[]): Sql {
  const assignments = columns.map((column) => sql`${id(column)} = NULL`)
  const conditions = columns.map((column) => sql`${id(column)} IS NOT NULL`)
  return sql`UPDATE ${id('public', table)} SET ${join(assignments)} WHERE ${join(conditions, ' OR ')}`
}

/** Sets a column to a value that SQL spells, in the rows where it differs. */
export function setColumn(
  module: string,
  table: string,
  column: string,
  value: 'true' | 'false',
): NeutralizeRule {
  return whenColumns(
    module,
    table,
    [column],
    sql`UPDATE ${id('public', table)} SET ${id(column)} = ${raw(value)}
         WHERE ${id(column)} IS DISTINCT FROM ${raw(value)}`,
  )
}

/** Sets a system parameter. */
export function setParameter(module: string, key: string, value: string): NeutralizeRule {
  return whenColumns(
    module,
    'ir_config_parameter',
    ['key', 'value'],
    sql`INSERT INTO public.ir_config_parameter (key, value) VALUES (${key}, ${value})
             ON CONFLICT (key) DO UPDATE SET value = excluded.value
              WHERE ir_config_parameter.value IS DISTINCT FROM excluded.value`,
  )
}
