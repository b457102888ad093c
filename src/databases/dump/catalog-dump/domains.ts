import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import { collationName, isNoMember, isUserSchema } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import { stringLiteral } from './string-literal.js'

interface DomainRow {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly base: string
  readonly collation: string | null
  readonly notNull: boolean
  readonly expression: string | null
  readonly constant: string | null
  readonly [column: string]: unknown
}

interface CheckRow {
  readonly oid: number
  readonly domain: number
  readonly name: string
  readonly definition: string
  readonly validated: boolean
  readonly [column: string]: unknown
}

/** Domains; a check that a cycle or NOT VALID keeps out of CREATE DOMAIN is added later. */
export async function readDomains(source: CatalogSource): Promise<Draft[]> {
  const rows = await source.query<DomainRow>(sql`
    SELECT t.oid, n.nspname AS schema, t.typname AS name,
           format_type(t.typbasetype, t.typtypmod) AS base,
           CASE WHEN t.typcollation <> b.typcollation
                THEN ${collationName(sql`t.typcollation`)} END AS collation,
           t.typnotnull AS "notNull",
           pg_get_expr(t.typdefaultbin, 'pg_type'::regclass) AS expression,
           t.typdefault AS constant
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      JOIN pg_type b ON b.oid = t.typbasetype
     WHERE t.typtype = 'd' AND ${isUserSchema} AND ${isNoMember('type', sql`t.oid`)}`)
  const checks = await readChecks(source)
  return rows.flatMap((row) => {
    const own = checks.filter(({ domain }) => domain === row.oid)
    const later = own.filter(({ validated }) => !validated)
    return [
      domainDraft(
        source,
        row,
        own.filter(({ validated }) => validated),
      ),
      ...later.map((check) => checkDraft(source, row, check)),
    ]
  })
}

async function readChecks(source: CatalogSource): Promise<readonly CheckRow[]> {
  const rows = await source.query<CheckRow>(sql`
    SELECT k.oid, k.contypid AS domain, k.conname AS name, k.convalidated AS validated,
           pg_get_constraintdef(k.oid) AS definition
      FROM pg_constraint k
     WHERE k.contypid >= 16384 AND k.contype = 'c'
     ORDER BY k.conname`)
  return rows
}

function domainDraft(source: CatalogSource, row: DomainRow, checks: readonly CheckRow[]): Draft {
  const head = [
    `CREATE DOMAIN ${source.qualify(row.schema, row.name)} AS ${row.base}`,
    row.collation !== null && ` COLLATE ${row.collation}`,
    row.notNull && ' NOT NULL',
    defaultOf(row),
  ]
    .filter((part) => part !== false)
    .join('')
  return {
    address: addressOf('type', row.oid),
    section: 'pre-data',
    description: 'DOMAIN',
    namespace: row.schema,
    tag: row.name,
    parts: checks.map((check) => checkDraft(source, row, check)),
    definition: (isApart) => {
      const inline = checks
        .filter((check) => !isApart(addressOf('constraint', check.oid)))
        .map((check) => `\n\tCONSTRAINT ${source.quote(check.name)} ${check.definition}`)
      return `${head}${inline.join('')};`
    },
  }
}

function defaultOf({ expression, constant }: DomainRow): string {
  if (expression !== null) return ` DEFAULT ${expression}`
  return constant === null ? '' : ` DEFAULT ${stringLiteral(constant)}`
}

function checkDraft(source: CatalogSource, domain: DomainRow, check: CheckRow): Draft {
  return {
    address: addressOf('constraint', check.oid),
    // PostgreSQL cannot add a check when a table has an array of the domain; an unchecked one it can.
    section: check.validated ? 'pre-data' : 'post-data',
    description: 'CHECK CONSTRAINT',
    namespace: domain.schema,
    tag: `${domain.name} ${check.name}`,
    needs: [addressOf('type', domain.oid)],
    definition: `ALTER DOMAIN ${source.qualify(domain.schema, domain.name)}\n    ADD CONSTRAINT ${source.quote(check.name)} ${check.definition};`,
  }
}
