import { firstRow, type Session, sql } from '../../../db/index.js'
import type { DeleteRule } from '../../../odoo/registry/index.js'
import type { LiveForeignKey, LiveSchema, LiveTable } from './live-schema.js'

type ColumnRow = readonly [name: string, type: string, size: number | null, notNull: boolean]
type ConstraintRow = readonly [
  name: string,
  kind: string,
  definition: string | null,
  column: string | null,
  target: string | null,
  targetColumn: string | null,
  rule: string,
]
type TableRow = readonly [
  name: string,
  kind: string,
  columns: readonly ColumnRow[] | null,
  constraints: readonly ConstraintRow[] | null,
  children: readonly string[] | null,
]

type SchemaRow = {
  readonly tables: readonly TableRow[] | null
  readonly indexes: Readonly<Record<string, string>> | null
  readonly trigram: boolean
  readonly unaccent: boolean | null
}

/** What to look at. */
export interface SchemaScope {
  readonly tables: readonly string[]
  readonly indexes: readonly string[]
}

const KINDS: Readonly<Record<string, LiveTable['kind']>> = {
  r: 'table',
  v: 'view',
  m: 'materialized view',
}

const RULES: Readonly<Record<string, DeleteRule>> = { c: 'cascade', n: 'set null', r: 'restrict' }

/** Reads tables with their columns, constraints and foreign keys, in one statement. */
export async function readLiveSchema(session: Session, scope: SchemaScope): Promise<LiveSchema> {
  const row = await firstRow<SchemaRow>(
    session,
    sql`
    SELECT (SELECT jsonb_agg(jsonb_build_array(c.relname, c.relkind,
              (SELECT jsonb_agg(jsonb_build_array(a.attname, t.typname,
                        CASE WHEN t.typname = 'varchar' AND a.atttypmod > 4 THEN a.atttypmod - 4 END,
                        a.attnotnull) ORDER BY a.attnum)
                 FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
              (SELECT jsonb_agg(jsonb_build_array(k.conname, k.contype,
                        coalesce(d.description, CASE WHEN k.contype <> 'f' THEN pg_catalog.pg_get_constraintdef(k.oid) END),
                        a.attname, f.relname, b.attname, k.confdeltype) ORDER BY k.oid)
                 FROM pg_catalog.pg_constraint k
                 LEFT JOIN pg_catalog.pg_description d
                        ON d.objoid = k.oid AND d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
                 LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
                 LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
                 LEFT JOIN pg_catalog.pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
                WHERE k.conrelid = c.oid AND k.contype <> 'n'),
              (SELECT jsonb_agg(h.relname ORDER BY h.relname)
                 FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class h ON h.oid = i.inhrelid
                WHERE i.inhparent = c.oid)))
              FROM pg_catalog.pg_class c
             WHERE c.relnamespace = 'public'::pg_catalog.regnamespace
               AND c.relname = ANY(${[...scope.tables]}::text[])
               AND c.relkind IN ('r', 'p', 'v', 'm', 'f')) AS tables,
           (SELECT jsonb_object_agg(i.relname, c.relname)
              FROM pg_catalog.pg_class i
              JOIN pg_catalog.pg_index x ON x.indexrelid = i.oid
              JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
             WHERE i.relnamespace = 'public'::pg_catalog.regnamespace
               AND i.relname = ANY(${[...scope.indexes]}::text[])) AS indexes,
           EXISTS (SELECT FROM pg_catalog.pg_proc WHERE proname = 'word_similarity') AS trigram,
           (SELECT bool_or(p.provolatile = 'i') FROM pg_catalog.pg_proc p
              JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
             WHERE p.proname = 'unaccent' AND p.pronargs = 1 AND n.nspname = 'public') AS unaccent`,
  )
  return {
    tables: new Map((row?.tables ?? []).map((table) => [table[0], tableOf(table)])),
    indexes: new Map(Object.entries(row?.indexes ?? {})),
    hasTrigram: row?.trigram ?? false,
    unaccent: unaccentOf(row?.unaccent ?? undefined),
  }
}

function unaccentOf(immutable: boolean | undefined): LiveSchema['unaccent'] {
  if (immutable === undefined) return 'missing'
  return immutable ? 'indexable' : 'present'
}

function tableOf([, kind, columns, constraints, children]: TableRow): LiveTable {
  const keys = constraints ?? []
  return {
    kind: KINDS[kind] ?? 'other',
    columns: new Map(
      (columns ?? []).map(([name, type, size, notNull]) => [
        name,
        { type, size: size ?? undefined, notNull },
      ]),
    ),
    constraints: new Map(keys.map(([name, , definition]) => [name, definition ?? ''])),
    foreignKeys: new Map(
      keys.filter(([, type]) => type === 'f').map((key) => [key[3] ?? '', foreignKeyOf(key)]),
    ),
    children: children ?? [],
  }
}

function foreignKeyOf(key: ConstraintRow): LiveForeignKey {
  const [name, , , , target, targetColumn, rule] = key
  return {
    name,
    target: target ?? '',
    targetColumn: targetColumn ?? '',
    rule: RULES[rule],
  }
}
