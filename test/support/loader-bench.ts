import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Progress } from '../../src/base/index.js'
import {
  type DatabaseHost,
  dropWithFilestore,
  filestoreOf,
  restoreDatabase,
  withBackupFile,
} from '../../src/databases/manager/index.js'
import { type Cluster, EmbeddedCluster, raw, startManaged } from '../../src/db/index.js'
import { testCache } from './engines.js'
import { type FollowedRun, followMoult } from './event-stream.js'
import { type LoaderFacts, readLoaderFacts } from './loader-facts.js'
import { temporaryFolder } from './temporary-folder.js'

const environment = {
  /** A backup of an Odoo 15 database, better a small one. */
  backup: process.env.MOULT_TEST_BACKUP15 ?? '',
  odoo: process.env.MOULT_TEST_ODOO16 ?? '',
  openUpgrade: process.env.MOULT_TEST_OPENUPGRADE16 ?? '',
  library: process.env.MOULT_TEST_OPENUPGRADELIB ?? '',
  python: process.env.MOULT_TEST_PYTHON ?? '/usr/bin/python3',
} as const

const NEEDED = {
  MOULT_TEST_BACKUP15: environment.backup,
  MOULT_TEST_ODOO16: join(environment.odoo, 'odoo', 'release.py'),
  MOULT_TEST_OPENUPGRADE16: join(environment.openUpgrade, 'openupgrade_framework'),
  MOULT_TEST_OPENUPGRADELIB: environment.library,
} as const

/** What is not there that an upgrade by Odoo 16's own loader needs. */
export const missingForLoader: readonly string[] = Object.entries(NEEDED)
  .filter(([, path]) => path === '' || !existsSync(path))
  .map(([name]) => name)

/** When a command ends itself: see kill-hook.mjs. */
export type KillMoment = `${'before' | 'after' | 'at'}:${number}`

/** Where upgrades by the release's own loader run, and in which Python. */
export type LoaderSetting =
  | { readonly engine: 'managed'; readonly python: 'CPython' }
  | { readonly engine: 'embedded'; readonly python: 'embedded' }

/** How many commits and statements a command made. */
export interface Counts {
  readonly commits: number
  readonly statements: number
}

/** An Odoo 15 database, and the commands to upgrade copies of it by Odoo 16's own loader. */
export interface LoaderBench {
  upgrade(into: string, kill?: KillMoment, more?: readonly string[]): Promise<FollowedRun>
  resume(database: string, kill?: KillMoment, more?: readonly string[]): Promise<FollowedRun>
  /** What the last command that came to its end made. */
  counts(): Promise<Counts>
  /** Reads the facts of an upgraded database, which is of no further use, and drops it. */
  takeFacts(database: string): Promise<LoaderFacts>
  /** The first column of a query. */
  column(database: string, query: string): Promise<readonly unknown[]>
  close(): Promise<void>
}

const HOOK = pathToFileURL(join(import.meta.dirname, 'kill-hook.mjs')).href

/** Restores the backup on an engine of the bench's own. */
export async function openLoaderBench({ engine, python }: LoaderSetting): Promise<LoaderBench> {
  const folder = await temporaryFolder()
  const home = folder.path
  const countFile = join(home, 'counts.json')
  const server =
    engine === 'managed' ? await startManaged({ directory: join(home, 'managed') }) : undefined
  const withHost = async <T>(body: (host: DatabaseHost) => Promise<T>): Promise<T> => {
    const cluster = server ?? embeddedCluster(home)
    try {
      return await body({ cluster, filestoreRoot: join(home, 'filestore') })
    } finally {
      if (server === undefined) await cluster.close()
    }
  }
  const progress = new Progress()
  await withHost((host) =>
    withBackupFile(environment.backup, progress, (file) =>
      restoreDatabase(host, file, progress, { name: 'source', whereabouts: 'moved' }),
    ),
  )
  const place = { home, cache: testCache }
  const run = (args: readonly string[], kill: KillMoment | undefined) =>
    followMoult(
      {
        ...place,
        variables: {
          NODE_OPTIONS: `--import=${HOOK}`,
          MOULT_TEST_COUNT: countFile,
          ...(kill !== undefined && { MOULT_TEST_KILL: kill }),
        },
      },
      [...args, '--engine', engine],
    )
  const interpreter = python === 'embedded' ? 'embedded' : environment.python
  return {
    upgrade: (into, kill, more = []) =>
      run(
        [
          ...['upgrade', 'source', '--into', into, '--to', '16.0', '--loader', 'odoo'],
          ...['--addons-path', `${addonsOf(environment.odoo)},${environment.openUpgrade}`],
          ...['--openupgradelib', environment.library, '--python', interpreter, ...more],
        ],
        kill,
      ),
    resume: (database, kill, more = []) => run(['resume', database, ...more], kill),
    counts: async () => JSON.parse(await readFile(countFile, 'utf8')) as Counts,
    takeFacts: (database) =>
      withHost(async (host) => {
        const facts = await host.cluster.withSession(database, readLoaderFacts)
        const files = await readdir(filestoreOf(host, database), { recursive: true })
        await dropWithFilestore(host, database, { force: true })
        const missing = facts.files.filter((file) => !files.includes(file))
        return { ...facts, files: missing }
      }),
    column: (database, query) =>
      withHost((host) =>
        host.cluster.withSession(database, async (session) => {
          const { rows } = await session.query(raw(query))
          return rows.map((row) => Object.values(row)[0])
        }),
      ),
    close: async () => {
      await server?.close()
      await folder.remove()
    },
  }
}

/** The folder of the tree that holds the most modules. */
function addonsOf(tree: string): string {
  return [join(tree, 'addons'), join(tree, 'odoo', 'addons')].find(existsSync) ?? tree
}

function embeddedCluster(home: string): Cluster {
  return new EmbeddedCluster({
    directory: join(home, 'embedded'),
    cacheDirectory: testCache,
    operation: 'test',
  })
}
