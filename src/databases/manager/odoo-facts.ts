import { firstRow, type Session, sql, withWaryReading } from '../../db/index.js'
import { parseRelease, type Release } from '../../odoo/release/index.js'

/** What a database says about itself, read from Odoo's own tables. */
export interface OdooFacts {
  readonly release: Release
  /** `latest_version` of modules in state `installed`, by name. */
  readonly modules: Readonly<Record<string, string>>
  readonly neutralized: boolean
  readonly uuid: string | undefined
  /** An upgrade by moult that has not come to its end. */
  readonly upgrade: 'running' | 'failed' | undefined
}

/** Reads the facts; undefined when the database is none of Odoo's. */
export function readOdooFacts(session: Session): Promise<OdooFacts | undefined> {
  return withWaryReading(session, readFacts)
}

async function readFacts(session: Session): Promise<OdooFacts | undefined> {
  const tables = await firstRow<{ modules: boolean; parameters: boolean; journal: boolean }>(
    session,
    sql`SELECT to_regclass('public.ir_module_module') IS NOT NULL AS modules,
               to_regclass('public.ir_config_parameter') IS NOT NULL AS parameters,
               EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = 'moult' AND c.relname = 'journal_run'
                          AND has_schema_privilege(n.oid, 'USAGE')
                          AND has_table_privilege(c.oid, 'SELECT')) AS journal`,
  )
  if (tables?.modules !== true || !tables.parameters) return undefined
  const { rows } = await session.query<{ name: string; version: string }>(
    sql`SELECT name, coalesce(latest_version, '') AS version
          FROM public.ir_module_module WHERE state = 'installed' ORDER BY name`,
  )
  const base = await firstRow<{ version: string | null }>(
    session,
    sql`SELECT latest_version AS version FROM public.ir_module_module WHERE name = 'base'`,
  )
  const release = parseRelease(base?.version ?? '')
  if (release === undefined) return undefined
  const parameters = await session.query<{ key: string; value: string }>(
    sql`SELECT key, value FROM public.ir_config_parameter
         WHERE key IN ('database.is_neutralized', 'database.uuid')`,
  )
  const value = new Map(parameters.rows.map((row) => [row.key, row.value]))
  return {
    release,
    modules: Object.fromEntries(rows.map((row) => [row.name, row.version])),
    neutralized: (value.get('database.is_neutralized') ?? '').toLowerCase() === 'true',
    uuid: value.get('database.uuid'),
    upgrade: tables.journal ? await upgradeState(session) : undefined,
  }
}

/** The state of the last upgrade, when it is not done. */
async function upgradeState(session: Session): Promise<OdooFacts['upgrade']> {
  const last = await firstRow<{ status: 'running' | 'failed' | 'done' }>(
    session,
    sql`SELECT status FROM moult.journal_run ORDER BY run DESC LIMIT 1`,
  )
  return last?.status === 'done' ? undefined : last?.status
}
