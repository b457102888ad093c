import { join, raw, type Session, type Sql, sql } from '../../../db/index.js'
import type { SystemTable } from '../model-catalog.js'

export interface ModelRow {
  readonly model: string
  readonly order: string | null
  readonly transient: boolean
  readonly mail_thread: boolean
  readonly mail_activity: boolean
}

export interface FieldRow {
  readonly id: number
  readonly model: string
  readonly name: string
  readonly ttype: string
  readonly relation: string | null
  readonly relation_field: string | null
  readonly relation_table: string | null
  readonly column1: string | null
  readonly column2: string | null
  readonly relation_exists: boolean
  readonly related: string | null
  readonly on_delete: string | null
  readonly domain: string | null
  readonly store: boolean
  readonly required: boolean
  readonly readonly: boolean
  readonly copied: boolean
  readonly translate: boolean
  readonly company_dependent: boolean
  readonly has_properties: boolean
  readonly selection: readonly (readonly [string, string | null])[] | null
}

export interface ColumnRow {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly not_null: boolean
  readonly default: string | null
}

/** A delegated parent of a model. */
export interface InheritRow {
  readonly model: string
  readonly parent: string
  readonly link: string
}

/** What the database says about a set of models. */
export interface CatalogRows {
  readonly models: readonly ModelRow[]
  readonly fields: readonly FieldRow[]
  readonly columns: readonly ColumnRow[]
  readonly inherits: readonly InheritRow[]
}

// Rows go through to_jsonb, so that a column which a release lacks is null instead of an error.
const MODELS = sql`
  SELECT j->>'model' AS model, j->>'order' AS "order",
         COALESCE((j->>'transient')::boolean, false) AS transient,
         COALESCE((j->>'is_mail_thread')::boolean, false) AS mail_thread,
         COALESCE((j->>'is_mail_activity')::boolean, false) AS mail_activity
    FROM (SELECT to_jsonb(m) AS j FROM ir_model m WHERE m.model IN (SELECT name FROM wanted)) x`

const TRUTHS = [
  'store',
  'required',
  'readonly',
  'copied',
  'translate',
  'company_dependent',
] as const
const TEXTS = [
  'model',
  'name',
  'ttype',
  'relation',
  'relation_field',
  'relation_table',
  'column1',
  'column2',
  'related',
  'on_delete',
  'domain',
] as const

function fields(has: (table: SystemTable) => boolean): Sql {
  const declared = [...TEXTS, ...TRUTHS].map((name) => raw(`${name} text`))
  // `translate` of releases after 18 is a word.
  const truths = TRUTHS.map((name) =>
    raw(`COALESCE(x.${name}, 'false') NOT IN ('false', '') AS ${name}`),
  )
  const properties = has('ir_property')
    ? sql`EXISTS (SELECT FROM ir_property p WHERE p.fields_id = x.id)`
    : sql`false`
  const selection = has('ir_model_fields_selection')
    ? sql`(SELECT jsonb_agg(jsonb_build_array(s.value,
                   CASE jsonb_typeof(to_jsonb(s.name)) WHEN 'object' THEN to_jsonb(s.name)->>'en_US'
                        ELSE to_jsonb(s.name)#>>'{}' END) ORDER BY s.sequence, s.id)
             FROM ir_model_fields_selection s WHERE s.field_id = x.id)`
    : sql`NULL::jsonb`
  const columns = [...TEXTS.map((name) => raw(`x.${name}`)), ...truths]
  return sql`
    SELECT x.id, ${join(columns)},
           COALESCE(to_regclass(quote_ident(x.relation_table)) IS NOT NULL, false) AS relation_exists,
           ${properties} AS has_properties, ${selection} AS selection
      FROM ir_model_fields f
     CROSS JOIN LATERAL jsonb_to_record(to_jsonb(f)) AS x(id int, ${join(declared)})
     WHERE f.model IN (SELECT name FROM wanted)
     ORDER BY x.id`
}

const COLUMNS = sql`
  SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
         a.attnotnull AS not_null, pg_get_expr(d.adbin, d.adrelid) AS "default"
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
   WHERE c.relname IN (SELECT name FROM tables) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
     AND pg_table_is_visible(c.oid)
   ORDER BY c.relname, a.attnum`

const REFLECTED_PARENTS = sql`
  SELECT m.model, p.model AS parent, l.name AS link
    FROM ir_model_inherit i JOIN ir_model m ON m.id = i.model_id JOIN ir_model p ON p.id = i.parent_id
    JOIN ir_model_fields l ON l.id = i.parent_field_id
   WHERE m.model IN (SELECT name FROM wanted)
   ORDER BY i.id`

/**
 * Up to 16 nothing says what delegates. A delegated parent's fields all appear on the child, as `link.name`
 * where the child has no own; one in ten may be missing, in the middle of an upgrade. They are copied when the
 * parent's are, which other related fields never are.
 */
const GUESSED_PARENTS = sql`
  SELECT l.model, l.relation AS parent, l.name AS link
    FROM ir_model_fields l
   WHERE l.model IN (SELECT name FROM wanted) AND l.ttype = 'many2one' AND l.required
     AND l.related IS NULL AND l.relation <> l.model
     AND EXISTS (SELECT FROM ir_model_fields f JOIN ir_model_fields p USING (name)
                  WHERE f.model = l.model AND f.related = l.name || '.' || f.name AND f.copied
                    AND p.model = l.relation AND p.copied)
     AND (SELECT count(*) FILTER (WHERE c.id IS NULL) * 10 <= count(*)
            FROM ir_model_fields p LEFT JOIN ir_model_fields c ON c.model = l.model AND c.name = p.name
           WHERE p.model = l.relation)
   ORDER BY l.id`

function asRows(part: Sql): Sql {
  return sql`(SELECT COALESCE(jsonb_agg(to_jsonb(r)), '[]') FROM (${part}) r)`
}

/** Reads models, their fields and the columns of their tables, in one statement. */
export async function readCatalogRows(
  session: Session,
  models: readonly string[],
  tables: readonly string[],
  has: (table: SystemTable) => boolean,
): Promise<CatalogRows> {
  const parents = has('ir_model_inherit') ? REFLECTED_PARENTS : GUESSED_PARENTS
  const { rows } = await session.query<{ [Part in keyof CatalogRows]: CatalogRows[Part] }>(sql`
    WITH wanted AS (SELECT unnest(${models}::text[]) AS name),
         tables AS (SELECT unnest(${tables}::text[]) AS name)
    SELECT ${asRows(MODELS)} AS models, ${asRows(fields(has))} AS fields,
           ${asRows(COLUMNS)} AS columns, ${asRows(parents)} AS inherits`)
  return rows[0] ?? { models: [], fields: [], columns: [], inherits: [] }
}

/** Which of the tables exist. */
export async function readSystemTables(
  session: Session,
  tables: readonly SystemTable[],
): Promise<ReadonlySet<string>> {
  const { rows } = await session.query<{ name: string }>(sql`
    SELECT name FROM unnest(${tables}::text[]) name WHERE to_regclass(name) IS NOT NULL`)
  return new Set(rows.map((row) => row.name))
}
