import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import { ofKind, type Relation, type Relations } from './relations.js'

interface PolicyRow {
  readonly oid: number
  readonly table: number
  readonly name: string
  readonly permissive: boolean
  readonly command: string
  /** Quoted role names; none for PUBLIC. */
  readonly roles: readonly string[]
  readonly condition: string | null
  readonly check: string | null
  readonly [column: string]: unknown
}

const COMMANDS: Readonly<Record<string, string>> = {
  r: 'SELECT',
  a: 'INSERT',
  w: 'UPDATE',
  d: 'DELETE',
}

/** Row level security: its switches and its policies. */
export async function readPolicies(source: CatalogSource, relations: Relations): Promise<Draft[]> {
  const rows = await source.query<PolicyRow>(sql`
    SELECT p.oid, p.polrelid AS table, p.polname AS name, p.polpermissive AS permissive,
           p.polcmd AS command,
           ARRAY(SELECT quote_ident(r.rolname) FROM pg_roles r
                  WHERE r.oid = ANY (p.polroles) ORDER BY 1) AS roles,
           pg_get_expr(p.polqual, p.polrelid) AS condition,
           pg_get_expr(p.polwithcheck, p.polrelid) AS "check"
      FROM pg_policy p`)
  const policies = rows.flatMap((row) => {
    const table = relations.get(row.table)
    return table === undefined ? [] : draftPolicy(source, table, row)
  })
  const switches = ofKind(relations, 'r', 'p')
    .filter(({ rowSecurity }) => rowSecurity)
    .map(draftSwitch)
  return [...switches, ...policies]
}

function draftSwitch({ oid, schema, name, qualified }: Relation): Draft {
  return {
    address: addressOf('relation', oid, 'security'),
    section: 'post-data',
    description: 'ROW SECURITY',
    namespace: schema,
    tag: name,
    needs: [addressOf('relation', oid)],
    definition: `ALTER TABLE ${qualified} ENABLE ROW LEVEL SECURITY;`,
  }
}

function draftPolicy(source: CatalogSource, table: Relation, row: PolicyRow): Draft {
  const clauses = [
    !row.permissive && 'AS RESTRICTIVE',
    row.command in COMMANDS && `FOR ${COMMANDS[row.command]}`,
    row.roles.length > 0 && `TO ${row.roles.join(', ')}`,
    row.condition !== null && `USING (${row.condition})`,
    row.check !== null && `WITH CHECK (${row.check})`,
  ].filter((clause) => clause !== false)
  return {
    address: addressOf('policy', row.oid),
    section: 'post-data',
    description: 'POLICY',
    namespace: table.schema,
    tag: `${table.name} ${row.name}`,
    needs: [addressOf('relation', table.oid)],
    definition: `CREATE POLICY ${source.quote(row.name)} ON ${table.qualified}${clauses
      .map((clause) => ` ${clause}`)
      .join('')};`,
  }
}
