import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'pg-connection-string'
import { UsageError } from '../base/index.js'
import type { Environment } from './environment.js'
import { expandPath, splitPaths } from './expand-path.js'
import { confText, NO_CONF, type OdooConf, readOdooConf } from './odoo-conf.js'

/** Options by which databases are found, as given; names are odoo-bin's. */
export interface ConnectionOptions {
  /** odoo.conf */
  readonly config?: string
  readonly dbHost?: string
  readonly dbPort?: string
  readonly dbUser?: string
  readonly dbPassword?: string
  readonly dbSslmode?: string
  /** Odoo's data directory, which holds `filestore/`. */
  readonly dataDir?: string
  readonly addonsPath?: string
  /** `postgresql://…` */
  readonly url?: string
  readonly engine?: string
}

/** How to reach somebody's server. */
export interface ServerTarget {
  readonly host: string
  readonly port?: number
  readonly user?: string
  readonly password?: string
  readonly ssl?: boolean | Record<string, unknown>
}

/** Where databases are, resolved: a server, or the local engines. */
export interface ResolvedConnection {
  readonly server: ServerTarget | undefined
  /** Which local engine; `auto` chooses by size. */
  readonly engine: 'auto' | 'embedded' | 'managed'
  readonly home: string
  readonly cache: string
  readonly filestoreRoot: string
  readonly addonsPath: readonly string[]
  /** The database that a URL or `PGDATABASE` names. */
  readonly database: string | undefined
}

const ENGINES = ['auto', 'embedded', 'managed', 'server'] as const
type Engine = (typeof ENGINES)[number]
/** Where libpq looks for a server on this machine. */
const SOCKET_FOLDERS = ['/var/run/postgresql', '/tmp']
const HIGHEST_PORT = 65_535

/** Options before odoo.conf before libpq's variables; any of them makes it a server. */
export async function resolveConnection(
  given: ConnectionOptions,
  environment: Environment,
): Promise<ResolvedConnection> {
  const conf = given.config === undefined ? NO_CONF : await readOdooConf(given.config)
  const engine = readEngine(given.engine)
  const url = given.url === undefined ? undefined : readUrl(given.url)
  const named =
    url !== undefined ||
    given.config !== undefined ||
    [given.dbHost, given.dbPort, given.dbUser, given.dbPassword].some((v) => v !== undefined) ||
    environment.postgres.PGHOST !== undefined
  if (named && (engine === 'embedded' || engine === 'managed') && url !== undefined) {
    throw new UsageError(
      'CONFLICTING_OPTIONS',
      `A server's URL and --engine ${engine} contradict each other`,
      { hint: 'Leave one of them out.' },
    )
  }
  const onServer = engine === 'server' || (engine === 'auto' && named)
  const server = onServer ? (url ?? readTarget(given, conf, environment)) : undefined
  const expand = (path: string): string => expandPath(path, environment)
  const namedData = given.dataDir ?? confText(conf, 'data_dir')
  const dataDir =
    namedData === undefined
      ? onServer
        ? environment.odooDataDirectory
        : environment.home
      : expand(namedData)
  const addons = given.addonsPath ?? confText(conf, 'addons_path') ?? ''
  return {
    server,
    engine: engine === 'server' ? 'auto' : engine,
    home: environment.home,
    cache: environment.cache,
    filestoreRoot: join(dataDir, 'filestore'),
    addonsPath: splitPaths(addons).map(expand),
    database: url?.database,
  }
}

function readEngine(name: string | undefined): Engine {
  const engine = ENGINES.find((known) => known === (name ?? 'auto'))
  if (engine !== undefined) return engine
  throw new UsageError('UNKNOWN_ENGINE', `--engine ${name}: there is no such engine`, {
    hint: `Choose one of ${ENGINES.join(', ')}.`,
  })
}

function readTarget(
  given: ConnectionOptions,
  conf: OdooConf,
  { postgres }: Environment,
): ServerTarget {
  const host = given.dbHost ?? confText(conf, 'db_host') ?? postgres.PGHOST ?? localSocket()
  const port = given.dbPort ?? confText(conf, 'db_port') ?? postgres.PGPORT
  const user = given.dbUser ?? confText(conf, 'db_user') ?? postgres.PGUSER
  const password = given.dbPassword ?? confText(conf, 'db_password') ?? postgres.PGPASSWORD
  const ssl = sslOf(given.dbSslmode ?? confText(conf, 'db_sslmode') ?? postgres.PGSSLMODE)
  return {
    host,
    ...(port !== undefined && { port: readPort(port) }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(ssl !== undefined && { ssl }),
  }
}

function readUrl(url: string): ServerTarget & { readonly database: string | undefined } {
  const { host, port, user, password, ssl, database } = parse(url)
  return {
    host: host ?? localSocket(),
    ...(port && { port: readPort(port) }),
    ...(user && { user }),
    ...(password && { password }),
    ...(typeof ssl === 'boolean' && { ssl }),
    ...(typeof ssl === 'object' && ssl !== null && { ssl: { ...ssl } }),
    database: database ?? undefined,
  }
}

function localSocket(): string {
  return SOCKET_FOLDERS.find((folder) => existsSync(join(folder, '.s.PGSQL.5432'))) ?? 'localhost'
}

function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port <= HIGHEST_PORT) return port
  throw new UsageError('INVALID_PORT', `"${text}" is no port number`, {
    hint: `Ports are whole numbers from 1 to ${HIGHEST_PORT}; PostgreSQL's own is 5432.`,
  })
}

/** libpq's `prefer` is no choice here: it would silently send passwords in the clear. */
function sslOf(mode: string | undefined): ServerTarget['ssl'] | undefined {
  switch (mode) {
    case 'require':
      return { rejectUnauthorized: false }
    case 'verify-ca':
    case 'verify-full':
      return true
    default:
      return undefined
  }
}
