import { id, raw, type Sql, sql } from '../../../db/index.js'
import type { RegistryField, WantedColumn } from '../../../odoo/registry/index.js'
import type { LiveColumn } from './live-schema.js'
import type { SchemaRules } from './schema-rules.js'

/**
 * How a column gets the type that is wanted:
 *
 * - `keep`: it has it
 * - `convert`: in place, by an expression
 * - `move`: it is renamed out of the way, and a new one is made
 */
export type TypeChange =
  | { readonly kind: 'keep' }
  | { readonly kind: 'convert'; readonly using: Sql; readonly dropsIndex: boolean }
  | { readonly kind: 'move' }

const KEEP: TypeChange = { kind: 'keep' }

/** What 14 and 15 convert in place: wanted type → types that it may have been (`column_cast_from`). */
const CAST_FROM: Readonly<Record<string, readonly string[]>> = {
  float8: ['int4', 'numeric', 'float8'],
  numeric: ['int4', 'numeric', 'float8'],
  varchar: ['text'],
  text: ['varchar'],
  date: ['timestamp'],
  timestamp: ['date'],
}

/** Decides what becomes of a column whose type, or size, may be another than the wanted one. */
export function typeChange(
  live: LiveColumn,
  wanted: WantedColumn,
  field: RegistryField,
  rules: SchemaRules,
): TypeChange {
  if (live.type === wanted.type) {
    // Only `Char` looks at sizes: a selection keeps the one that it has.
    return field.type === 'char' && isTooSmall(live, wanted) ? cast(wanted) : KEEP
  }
  if (rules.typeChange === 'move') {
    return CAST_FROM[wanted.type]?.includes(live.type) ? cast(wanted) : { kind: 'move' }
  }
  const column = id(wanted.name)
  if (field.translate && wanted.type === 'jsonb') {
    const using = sql`CASE WHEN ${column} IS NOT NULL THEN jsonb_build_object('en_US', ${column}::varchar) END`
    return { kind: 'convert', using, dropsIndex: true }
  }
  const isText = wanted.type === 'varchar' || wanted.type === 'text'
  if (live.type === 'jsonb' && isText) {
    return { kind: 'convert', using: sql`${column} ->> 'en_US'`, dropsIndex: true }
  }
  return cast(wanted)
}

/** A smaller size never makes a column smaller. */
function isTooSmall({ size }: LiveColumn, wanted: WantedColumn): boolean {
  if (size === undefined || wanted.type !== 'varchar') return false
  const limit = /^varchar\((\d+)\)$/.exec(wanted.ddlType)?.[1]
  return limit === undefined || size < Number(limit)
}

function cast(wanted: WantedColumn): TypeChange {
  const using = sql`${id(wanted.name)}::${raw(wanted.ddlType)}`
  return { kind: 'convert', using, dropsIndex: false }
}
