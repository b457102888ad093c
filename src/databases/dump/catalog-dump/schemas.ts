import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import { isNoMember, isUserSchema } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import { stringLiteral } from './string-literal.js'

interface SchemaRow {
  readonly oid: number
  readonly name: string
  readonly comment: string | null
  readonly [column: string]: unknown
}

/** What initdb writes. */
const STANDARD_COMMENT = 'standard public schema'

/** Schemas; of `public`, which is in every database already, only a comment of the user's own. */
export async function readSchemas(source: CatalogSource): Promise<Draft[]> {
  const rows = await source.query<SchemaRow>(sql`
    SELECT n.oid, n.nspname AS name, obj_description(n.oid, 'pg_namespace') AS comment
      FROM pg_namespace n
     WHERE ${isUserSchema} AND ${isNoMember('schema', sql`n.oid`)}`)
  return rows.flatMap((row): Draft | [] => {
    const { oid, name } = row
    const draft = {
      address: addressOf('schema', oid),
      section: 'pre-data',
      namespace: undefined,
      tag: name,
    } as const
    if (name !== 'public') {
      return { ...draft, description: 'SCHEMA', definition: `CREATE SCHEMA ${source.quote(name)};` }
    }
    if (row.comment === null || row.comment === STANDARD_COMMENT) return []
    return {
      ...draft,
      description: 'COMMENT',
      tag: 'SCHEMA public',
      definition: `COMMENT ON SCHEMA public IS ${stringLiteral(row.comment)};`,
    }
  })
}
