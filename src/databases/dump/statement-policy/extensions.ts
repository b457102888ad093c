import { quoteIdentifier } from '../../../text/index.js'
import {
  type RestoreTarget,
  refuse,
  type StatementDecision,
  skip,
  skipAndTell,
  unexpected,
} from './decision.js'
import type { StatementCursor } from './statement-cursor.js'

/** Types, indexes, functions on values: nothing outside of the database they are created in. */
const HARMLESS: ReadonlySet<string> = new Set([
  ...['bloom', 'btree_gin', 'btree_gist', 'citext', 'cube', 'dict_int', 'dict_xsyn'],
  ...['earthdistance', 'fuzzystrmatch', 'hstore', 'intarray', 'isn', 'lo', 'ltree', 'pg_trgm'],
  ...['pgcrypto', 'seg', 'tablefunc', 'tcn', 'tsm_system_rows', 'tsm_system_time', 'unaccent'],
  ...['uuid-ossp', 'vector', 'postgis', 'postgis_topology', 'postgis_raster', 'postgis_sfcgal'],
  ...['postgis_tiger_geocoder', 'address_standardizer', 'address_standardizer_data_us', 'rum'],
])

/** Reach files, programs, other servers or other databases; never created for a dump. */
const DANGEROUS =
  /^(?:adminpack|aws_.*|azure_.*|dblink|file_fdw|.*_fdw|http|multicorn|oracle_fdw|pg_background|pg_cron|pg_net|pgagent|pglogical.*|pljava|plperlu|plpython[23]?u|plr|plsh|pltclu|.*_plperlu|.*_plpython[23]?u)$/

/** Watch or maintain the server; a database works the same without them. */
const WATCHING =
  /^(?:aiven_extras|azure|amcheck|apg_plan_mgmt|auto_explain|google_.*|hypopg|pageinspect|pg_buffercache|pg_freespacemap|pg_hint_plan|pg_partman_bgw|pg_prewarm|pg_proctab|pg_qualstats|pg_repack|pg_show_plans|pg_squeeze|pg_stat_.*|pg_surgery|pg_track_settings|pg_visibility|pg_wait_sampling|pg_walinspect|pgaudit.*|pgrowlocks|pgstattuple|pldbgapi|pgaadauth|plpgsql_check|plprofiler|powa|rds.*|set_user|sslinfo|supautils|system_stats|timescaledb_toolkit)$/

/** CREATE EXTENSION, written anew so that nothing but name and schema of it is left. */
export function decideCreateExtension(
  cursor: StatementCursor,
  target: RestoreTarget,
): StatementDecision {
  cursor.accept('extension')
  cursor.accept('if', 'not', 'exists')
  const name = cursor.name()
  if (name === undefined || name.schema !== undefined) return unexpected('This CREATE EXTENSION')
  const extension = name.name
  const schema = extensionSchema(cursor)
  if (!cursor.done) return unexpected('This CREATE EXTENSION')
  if (extension === 'plpgsql') return skip('every database has it')
  if (DANGEROUS.test(extension)) return dangerousExtension(extension)
  if (!target.availableExtensions.has(extension)) return missingExtension(extension, target)
  const where = schema === undefined ? '' : ` WITH SCHEMA ${quoteIdentifier(schema)}`
  return {
    kind: 'run',
    class: 'extension',
    text: `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(extension)}${where}`,
    extension,
    harmless: HARMLESS.has(extension),
  }
}

/** Takes all options; the version of the source's server need not exist on the target's. */
function extensionSchema(cursor: StatementCursor): string | undefined {
  let schema: string | undefined
  cursor.accept('with')
  for (;;) {
    if (cursor.accept('schema')) {
      schema = cursor.name()?.name
    } else if (cursor.accept('version') || cursor.accept('from')) {
      cursor.at += 1
    } else if (!cursor.accept('cascade')) {
      return schema
    }
  }
}

function dangerousExtension(extension: string): StatementDecision {
  return skipAndTell(
    'warning',
    'EXTENSION_SKIPPED',
    `The extension "${extension}" was left out: it reaches outside of its database`,
    'Create it by hand as a superuser if something needs it.',
  )
}

function missingExtension(extension: string, target: RestoreTarget): StatementDecision {
  if (WATCHING.test(extension)) {
    return skipAndTell(
      'warning',
      'EXTENSION_SKIPPED',
      `The extension "${extension}" was left out: the target does not have it, and Odoo does not need it`,
    )
  }
  return refuse(
    'EXTENSION_MISSING',
    `The dump needs the extension "${extension}", which the target does not have`,
    howToInstall(extension, target),
  )
}

function howToInstall(extension: string, { engine, serverVersion }: RestoreTarget): string {
  if (engine !== 'server') {
    return `Restore into a PostgreSQL server that has "${extension}" (--db_host), or drop the extension in the source database and dump again.`
  }
  const major = Math.floor(serverVersion / 10_000)
  const family = extension.startsWith('postgis') ? 'postgis-3' : extension.replaceAll('_', '-')
  return (
    `Install it on the server (Debian and Ubuntu: "apt install postgresql-${major}-${extension === 'vector' ? 'pgvector' : family}", ` +
    'or "postgresql-contrib" for those that come with PostgreSQL; hosted databases: enable it in the provider’s console), or drop it in the source database and dump again.'
  )
}
