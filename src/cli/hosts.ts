import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Progress } from '../base/index.js'
import { type ResolvedConnection, resolveConnection } from '../config/index.js'
import type { DatabaseHost } from '../databases/manager/index.js'
import { administer, databaseExists } from '../databases/manager/index.js'
import {
  type Cluster,
  databaseUnknown,
  EmbeddedCluster,
  findServerBinaries,
  ServerCluster,
  startManaged,
} from '../db/index.js'
import type { CommandContext, GivenOptions } from './command.js'
import { textOption } from './command.js'

/** What a command wants to do with the host it gets. */
export interface HostRequest {
  readonly progress: Progress
  /** A few words for `pg_stat_activity` and for whoever is refused meanwhile. */
  readonly operation: string
  /** A database that must be there: of the local engines, the one that has it is taken. */
  readonly database?: string
  /** Bytes of the database that is to be made: above the embedded engine's limit, `managed` is taken. */
  readonly size?: number
}

/** PGlite keeps a database in 32-bit memory; above this it is slow or fails (spec: about 400 MB). */
const EMBEDDED_LIMIT = 400_000_000

/** PostgreSQL cuts application names. */
const APPLICATION_NAME_LENGTH = 63

/** Resolves the options of a command that say where databases are. */
export function connectionOf(
  options: GivenOptions,
  context: CommandContext,
  url?: string,
): Promise<ResolvedConnection> {
  const given = {
    config: textOption(options, 'config'),
    dbHost: textOption(options, 'db_host'),
    dbPort: textOption(options, 'db_port'),
    dbUser: textOption(options, 'db_user'),
    dbPassword: textOption(options, 'db_password'),
    dbSslmode: textOption(options, 'db_sslmode'),
    dataDir: textOption(options, 'dataDir'),
    addonsPath: textOption(options, 'addonsPath'),
    engine: textOption(options, 'engine'),
    url,
  }
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return resolveConnection(known, context.environment)
}

/** Opens the host that the request is for, runs `body`, closes it. */
export async function withHost<T>(
  connection: ResolvedConnection,
  request: HostRequest,
  body: (host: DatabaseHost) => Promise<T>,
): Promise<T> {
  const { filestoreRoot } = connection
  const addresses: string[] = []
  for (const open of await candidates(connection, request)) {
    const cluster = await open()
    try {
      addresses.push(cluster.address)
      const wanted = await request.progress.step('Connecting', { unit: 'engines' }, () =>
        isWanted(cluster, request),
      )
      if (wanted) return await body({ cluster, filestoreRoot })
    } finally {
      await cluster.close()
    }
  }
  throw databaseUnknown(request.database ?? '', addresses.join(' or ') || 'this machine')
}

/** Runs `body` for every place that may hold databases, one after the other. */
export async function forEachHost<T>(
  connection: ResolvedConnection,
  operation: string,
  body: (host: DatabaseHost) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = []
  for (const open of await candidates(connection, { operation, database: '' })) {
    const cluster = await open()
    try {
      results.push(await body({ cluster, filestoreRoot: connection.filestoreRoot }))
    } finally {
      await cluster.close()
    }
  }
  return results
}

/** A local engine is wanted when it holds the database; a server is what the user named. */
async function isWanted(cluster: Cluster, { database }: HostRequest): Promise<boolean> {
  if (cluster.kind === 'server') return true
  return administer(
    cluster,
    async (session) => database === undefined || databaseExists(session, database),
  )
}

/** The clusters that come into question, in the order in which they are tried. */
async function candidates(
  { server, engine, home, cache }: ResolvedConnection,
  { operation, database, size = 0 }: Omit<HostRequest, 'progress'>,
): Promise<readonly (() => Promise<Cluster>)[]> {
  if (server !== undefined) {
    const applicationName = `moult ${operation}`.slice(0, APPLICATION_NAME_LENGTH)
    return [async () => new ServerCluster({ ...server, applicationName })]
  }
  const [embeddedFolder, managedFolder] = [join(home, 'embedded'), join(home, 'managed')]
  const embedded = async (): Promise<Cluster> =>
    new EmbeddedCluster({ directory: embeddedFolder, cacheDirectory: cache, operation })
  const managed = (): Promise<Cluster> => startManaged({ directory: managedFolder })
  if (engine === 'embedded') return [embedded]
  if (engine === 'managed') return [managed]
  if (database === undefined) {
    const large = size > EMBEDDED_LIMIT
    return [large && (await findServerBinaries()).length > 0 ? managed : embedded]
  }
  return [
    ...(existsSync(embeddedFolder) ? [embedded] : []),
    ...(existsSync(managedFolder) ? [managed] : []),
  ]
}
