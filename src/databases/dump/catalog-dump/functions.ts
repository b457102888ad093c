import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import { isNoMember, isUserSchema } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'

interface FunctionRow {
  readonly oid: number
  readonly schema: string
  readonly tag: string
  readonly kind: string
  readonly definition: string
  readonly [column: string]: unknown
}

/** Functions, window functions and procedures; not the constructors that come with a range type. */
export async function readFunctions({ query }: CatalogSource): Promise<Draft[]> {
  const rows = await query<FunctionRow>(sql`
    SELECT p.oid, n.nspname AS schema, format('%s(%s)', p.proname, oidvectortypes(p.proargtypes)) AS tag,
           p.prokind AS kind, pg_get_functiondef(p.oid) AS definition
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE p.prokind IN ('f', 'p', 'w') AND ${isUserSchema} AND ${isNoMember('function', sql`p.oid`)}
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                          AND d.objid = p.oid AND d.deptype = 'i')`)
  return rows.map(({ oid, schema, tag, kind, definition }) => ({
    address: addressOf('function', oid),
    section: 'pre-data',
    description: kind === 'p' ? 'PROCEDURE' : 'FUNCTION',
    namespace: schema,
    tag,
    definition: `${definition.trimEnd()};`,
  }))
}
