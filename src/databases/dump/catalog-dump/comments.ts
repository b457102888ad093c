import { raw, sql } from '../../../db/index.js'
import { type Address, addressOf, catalogOid, catalogOids } from './address.js'
import { literal } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'
import type { Follower } from './draft.js'
import type { Relation, RelationKind, Relations } from './relations.js'
import { stringLiteral } from './string-literal.js'

/** Comments by the row of the catalog that they are on, a table's before those of its columns. */
export type Comments = ReadonlyMap<Address, readonly Follower[]>

interface RelationCommentRow {
  readonly oid: number
  /** 0 for the relation itself. */
  readonly column: number
  readonly text: string
  readonly [column: string]: unknown
}

interface ObjectCommentRow {
  readonly catalog: number
  readonly oid: number
  readonly text: string
  /** PostgreSQL's words for what the comment is on: `table constraint`, `a on public.b`. */
  readonly type: string
  readonly schema: string | null
  readonly identity: string
  readonly [column: string]: unknown
}

/** Comments of all objects; those of extensions and what they bring along come with them. */
export async function readComments(source: CatalogSource, relations: Relations): Promise<Comments> {
  const comments = new Map<Address, Follower[]>()
  const add = (address: Address, comment: Follower): void => {
    const list = comments.get(address)
    if (list === undefined) comments.set(address, [comment])
    else list.push(comment)
  }
  for (const row of await readOnRelations(source)) {
    const relation = relations.get(row.oid)
    const target = relation && relationTarget(source, relation, row.column)
    if (target !== undefined) add(addressOf('relation', row.oid), draftComment(target, row.text))
  }
  for (const row of await readOnObjects(source)) {
    add(`${row.catalog}/${row.oid}`, draftComment(objectTarget(source, row), row.text))
  }
  return comments
}

/** What a comment is on: `TABLE`, its name as SQL, and that without the schema. */
interface Target {
  readonly kind: string
  readonly name: string
  readonly tag: string
}

function draftComment({ kind, name, tag }: Target, text: string): Follower {
  return {
    description: 'COMMENT',
    tag: `${kind} ${tag}`,
    definition: `COMMENT ON ${kind} ${name} IS ${stringLiteral(text)};`,
  }
}

async function readOnRelations({ query }: CatalogSource): Promise<readonly RelationCommentRow[]> {
  const rows = await query<RelationCommentRow>(sql`
    SELECT d.objoid AS oid, d.objsubid AS "column", d.description AS text FROM pg_description d
     WHERE d.classoid = ${literal(catalogOid('relation'))} AND d.objoid >= 16384
     ORDER BY d.objoid, d.objsubid`)
  return rows
}

const RELATION_KINDS: Readonly<Record<RelationKind, string>> = {
  r: 'TABLE',
  p: 'TABLE',
  v: 'VIEW',
  m: 'MATERIALIZED VIEW',
  S: 'SEQUENCE',
  c: 'TYPE',
  i: 'INDEX',
  I: 'INDEX',
}

function relationTarget(
  source: CatalogSource,
  relation: Relation,
  columnNumber: number,
): Target | undefined {
  const { kind, name, qualified, columns } = relation
  const tag = source.quote(name)
  if (columnNumber === 0) return { kind: RELATION_KINDS[kind], name: qualified, tag }
  const column = columns.find(({ number }) => number === columnNumber)?.quoted
  if (column === undefined) return undefined
  return { kind: 'COLUMN', name: `${qualified}.${column}`, tag: `${tag}.${column}` }
}

async function readOnObjects({ query }: CatalogSource): Promise<readonly ObjectCommentRow[]> {
  const rows = await query<ObjectCommentRow>(sql`
    SELECT d.classoid AS catalog, d.objoid AS oid, d.description AS text,
           o.type, o.schema, o.identity
      FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) o
     WHERE d.classoid IN (${raw(catalogOids.join(', '))})
       AND d.classoid NOT IN (${literal(catalogOid('relation'))}, ${literal(catalogOid('extension'))})
       AND d.objoid >= 16384 AND o.identity IS NOT NULL
       AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.deptype = 'e'
                          AND e.classid = d.classoid AND e.objid = d.objoid)
     ORDER BY o.type, o.identity COLLATE "C"`)
  return rows
}

function objectTarget(source: CatalogSource, row: ObjectCommentRow): Target {
  const prefix = row.schema === null ? '' : `${source.quote(row.schema)}.`
  const name = nameOf(row)
  return { kind: kindOf(row.type), name, tag: name.replace(prefix, '') }
}

/** PostgreSQL's word for a kind of object as COMMENT ON wants it. */
function kindOf(type: string): string {
  if (type.endsWith(' constraint')) return 'CONSTRAINT'
  return type === 'statistics object' ? 'STATISTICS' : type.toUpperCase()
}

const FIRST_NAME = /^("(?:[^"]|"")*"|\S+) on /

function nameOf({ type, identity }: ObjectCommentRow): string {
  const on = type === 'domain constraint' ? 'ON DOMAIN' : 'ON'
  return identity.replace(FIRST_NAME, (_, name: string) => `${name} ${on} `)
}
