import type { Finding } from '../../../base/index.js'
import { sql } from '../../../db/index.js'
import type { Address } from './address.js'
import { isUserSchema } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'
import type { Comments } from './comments.js'

interface DetailRow {
  readonly detail: 'tablespace' | 'no inherit'
  readonly name: string
  readonly [column: string]: unknown
}

/** Properties of objects that the dump leaves out on purpose, because not every target knows them. */
export async function reportLeftOutDetails({ query, findings }: CatalogSource): Promise<void> {
  // PostgreSQL before 18 has no such constraints in its catalog.
  const rows = await query<DetailRow>(sql`
    SELECT 'tablespace' AS detail, c.oid::regclass::text AS name
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.reltablespace <> 0 AND ${isUserSchema}
    UNION ALL
    SELECT 'no inherit', format('%s.%I', k.conrelid::regclass, a.attname)
      FROM pg_constraint k
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
     WHERE k.contype = 'n' AND k.connoinherit
     ORDER BY 1, 2`)
  for (const { detail, name } of rows) findings.add(FINDINGS[detail](name))
}

const FINDINGS: Readonly<Record<DetailRow['detail'], (name: string) => Finding>> = {
  tablespace: (name) =>
    leftOut(name, `${name} lies in a tablespace, which the dump does not name`, {
      hint: 'Move it with ALTER … SET TABLESPACE after a restore.',
    }),
  'no inherit': (name) =>
    leftOut(name, `NOT NULL NO INHERIT of ${name} is dumped as NOT NULL`, {
      hint: 'Tables that inherit from it later will have NOT NULL too.',
    }),
}

/** Reports comments on what the dump writes without a name, such as not-null constraints. */
export function reportLeftOutComments(
  { findings }: CatalogSource,
  comments: Comments,
  isDumped: (address: Address) => boolean,
): void {
  for (const [address, list] of comments) {
    if (isDumped(address)) continue
    for (const { tag } of list) {
      findings.add(leftOut(tag, `The comment on ${tag} is not in the dump`, {}))
    }
  }
}

function leftOut(object: string, message: string, advice: { readonly hint?: string }): Finding {
  return {
    code: 'DUMP_DETAIL_LEFT_OUT',
    severity: 'info',
    message,
    place: { object },
    ...advice,
  }
}
