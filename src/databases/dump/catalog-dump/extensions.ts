import { sql } from '../../../db/index.js'
import { type Address, addressOf, catalogOid } from './address.js'
import { literal } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft, Follower } from './draft.js'

interface ExtensionRow {
  readonly oid: number
  readonly name: string
  readonly schema: string
  readonly [column: string]: unknown
}

/** Odoo makes `unaccent` IMMUTABLE to use it in indexes; its extension creates it STABLE. */
interface AlteredRow {
  readonly extension: number
  readonly signature: string
  readonly tag: string
  readonly [column: string]: unknown
}

/** Extensions of the database; `plpgsql` is in every database already. */
export async function readExtensions(source: CatalogSource): Promise<Draft[]> {
  const rows = await source.query<ExtensionRow>(sql`
    SELECT x.oid, x.extname AS name, n.nspname AS schema
      FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace
     WHERE x.oid >= 16384`)
  const altered = await readAltered(source)
  return rows.map(({ oid, name, schema }) => ({
    address: addressOf('extension', oid),
    section: 'pre-data',
    description: 'EXTENSION',
    namespace: undefined,
    tag: name,
    definition: `CREATE EXTENSION IF NOT EXISTS ${source.quote(name)} WITH SCHEMA ${source.quote(schema)};`,
    followers: altered.get(addressOf('extension', oid)) ?? [],
  }))
}

/** What pg_dump forgets: without it an index on `unaccent(…)` cannot be made again. */
async function readAltered(source: CatalogSource): Promise<ReadonlyMap<Address, Follower[]>> {
  const rows = await source.query<AlteredRow>(sql`
    SELECT x.oid AS extension, p.oid::regprocedure::text AS signature,
           format('%s(%s)', p.proname, oidvectortypes(p.proargtypes)) AS tag
      FROM pg_extension x
      JOIN pg_depend d ON d.deptype = 'e' AND d.refclassid = ${literal(catalogOid('extension'))}
       AND d.refobjid = x.oid AND d.classid = ${literal(catalogOid('function'))}
      JOIN pg_proc p ON p.oid = d.objid
     WHERE x.extname = 'unaccent' AND p.proname = 'unaccent' AND p.provolatile = 'i'
     ORDER BY 2`)
  const byExtension = new Map<Address, Follower[]>()
  for (const { extension, signature, tag } of rows) {
    const key = addressOf('extension', extension)
    const followers = byExtension.get(key) ?? []
    followers.push({
      description: 'FUNCTION',
      tag,
      definition: `ALTER FUNCTION ${signature} IMMUTABLE;`,
    })
    byExtension.set(key, followers)
  }
  return byExtension
}
