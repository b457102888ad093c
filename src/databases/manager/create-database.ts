import type { Finding } from '../../base/index.js'
import { hasSqlState, raw, type Session, sql } from '../../db/index.js'
import type { DatabaseHost } from './database-host.js'
import { checkDatabaseName } from './database-name.js'
import { defaultOwner } from './owner.js'
import { administer, createDatabase } from './server-statements.js'
import { type Staging, withStaging } from './staging.js'

export interface CreateOptions {
  readonly owner?: string
  /** A database to start from instead of PostgreSQL's empty one (Odoo's `db_template`). */
  readonly template?: string
  /** Also the extension `unaccent`, made usable in indexes (Odoo's option of the same name). */
  readonly unaccent?: boolean
  /** Fills the database before anybody sees it; when it fails, there is none. */
  readonly fill?: (staging: Staging) => Promise<void>
}

export interface CreateReport {
  readonly database: string
  readonly extensions: readonly string[]
  readonly findings: readonly Finding[]
}

/**
 * Makes an empty database as Odoo's manager does: UTF-8, C collation, `pg_trgm`, on request
 * `unaccent`. Odoo fills it, or `fill`.
 *
 * Errors: DATABASE_NAME_INVALID, DATABASE_EXISTS, FILESTORE_EXISTS, NOT_ALLOWED_TO_CREATE.
 */
export async function createEmptyDatabase(
  host: DatabaseHost,
  name: string,
  options: CreateOptions = {},
): Promise<CreateReport> {
  checkDatabaseName(name)
  return withStaging(host, { name, operation: `create ${name}` }, async (staging) => {
    const { template } = options
    await administer(host.cluster, async (session) =>
      createDatabase(session, {
        name: staging.database,
        owner: options.owner ?? (await defaultOwner(session, host.cluster.kind)),
        ...(template !== undefined && { template }),
      }),
    )
    const extensions = ['pg_trgm', ...(options.unaccent ? ['unaccent'] : [])]
    const findings = await host.cluster.withSession(staging.database, (session) =>
      addExtensions(session, extensions),
    )
    await options.fill?.(staging)
    return { database: name, extensions, findings }
  })
}

async function addExtensions(
  session: Session,
  extensions: readonly string[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const extension of extensions) {
    try {
      await session.transaction(async () => {
        await session.execute(sql`CREATE EXTENSION IF NOT EXISTS ${raw(extension)}`)
        if (extension === 'unaccent') await session.execute(UNACCENT_IMMUTABLE)
      })
    } catch (error) {
      if (!hasSqlState(error, '42501', '58P01', '0A000')) throw error
      findings.push({
        code: 'EXTENSION_NOT_CREATED',
        severity: 'warning',
        message: `The extension ${extension} could not be set up: ${error instanceof Error ? error.message : ''}`,
        hint: `Odoo works without it, slower in searches. A superuser can add it: CREATE EXTENSION ${extension}`,
      })
    }
  }
  return findings
}

/**
 * Odoo's indexes on `unaccent(column)` need an immutable function; only its owner, a superuser, may
 * declare it so.
 */
export const UNACCENT_IMMUTABLE = raw('ALTER FUNCTION public.unaccent(text) IMMUTABLE')
