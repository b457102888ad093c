import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { createEmptyDatabase, type DatabaseHost } from '../../src/databases/manager/index.js'
import {
  type Cluster,
  EmbeddedCluster,
  id,
  raw,
  type Session,
  sql,
  startManaged,
} from '../../src/db/index.js'
import { readRun, withJournalSession } from '../../src/upgrade/runner/index.js'
import { testBinaries, testCache } from './engines.js'
import { type CommandOutcome, type CommandPlace, runMoult } from './moult-command.js'
import { type ProjectModules, writeAddons, writeSourceTree } from './odoo-project.js'
import { type InstalledModules, moduleRowsSql, PROJECT_SCHEMA } from './odoo-project-schema.js'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.js'

const TEMPLATE = 'project_template'

export type CommandEngine = 'embedded' | 'managed'

/** The engines of the command that this machine can run. */
export async function commandEngines(): Promise<readonly CommandEngine[]> {
  return (await testBinaries()).length > 0 ? ['embedded', 'managed'] : ['embedded']
}

/** A home folder with databases, source trees beside it, and the command that works on them. */
export class CommandBench {
  readonly engine: CommandEngine
  #folder: TemporaryFolder | undefined
  /** A managed server stays up between commands; the embedded engine serves one process at a time. */
  #server: Cluster | undefined

  constructor(engine: CommandEngine) {
    this.engine = engine
    beforeAll(async () => {
      this.#folder = await temporaryFolder()
      if (engine === 'managed')
        this.#server = await startManaged({ directory: this.path('home/managed') })
      await this.withHost(async (host) => {
        await createEmptyDatabase(host, TEMPLATE)
        await host.cluster.withSession(TEMPLATE, (session) => session.execute(raw(PROJECT_SCHEMA)))
      })
    })
    afterAll(async () => {
      await this.#server?.close()
      await this.#folder?.remove()
    })
  }

  get place(): CommandPlace {
    return { home: this.path('home'), cache: testCache, folder: this.path('.') }
  }

  path(name: string): string {
    if (this.#folder === undefined) throw new Error('The bench is not open')
    return join(this.#folder.path, name)
  }

  tree(name: string, series: string, modules: ProjectModules): Promise<string> {
    return writeSourceTree(this.path(name), series, modules)
  }

  addons(name: string, modules: ProjectModules): Promise<string> {
    return writeAddons(this.path(name), modules)
  }

  async database(
    name: string,
    series: string,
    modules: InstalledModules,
    more = '',
  ): Promise<string> {
    await this.withHost(async ({ cluster }) => {
      await cluster.withSession(cluster.maintenanceDatabase, (session) =>
        session.execute(sql`CREATE DATABASE ${id(name)} TEMPLATE ${id(TEMPLATE)}`),
      )
      await cluster.withSession(name, (session) =>
        session.execute(raw(`${moduleRowsSql(series, modules)}\n${more}`)),
      )
    })
    return name
  }

  /** Runs the command on the bench's engine. */
  run(...args: readonly string[]): Promise<CommandOutcome> {
    return runMoult(this.place, [...args, '--engine', this.engine])
  }

  async withHost<T>(body: (host: DatabaseHost) => Promise<T>): Promise<T> {
    const home = this.path('home')
    await mkdir(home, { recursive: true })
    const cluster =
      this.#server ??
      new EmbeddedCluster({
        directory: join(home, 'embedded'),
        cacheDirectory: testCache,
        operation: 'test',
      })
    try {
      return await body({ cluster, filestoreRoot: join(home, 'filestore') })
    } finally {
      if (cluster !== this.#server) await cluster.close()
    }
  }

  inside<T>(database: string, body: (session: Session) => Promise<T>): Promise<T> {
    return this.withHost(({ cluster }) => cluster.withSession(database, body))
  }

  async column(database: string, query: string): Promise<readonly unknown[]> {
    const { rows } = await this.inside(database, (session) => session.query(raw(query)))
    return rows.map((row) => Object.values(row)[0])
  }

  /** What scripts have told in a database, with the ids of the rows, and its last run. */
  look(database: string) {
    return this.withHost(async (host) => {
      const { rows } = await host.cluster.withSession(database, (session) =>
        session.query<{ id: number; entry: string }>(raw('SELECT id, entry FROM log ORDER BY id')),
      )
      const run = await withJournalSession(host, database, (session) => readRun(session))
      return { log: rows.map(({ entry }) => entry), ids: rows.map(({ id }) => id), run }
    })
  }

  async names(): Promise<readonly string[]> {
    const { json } = await this.run('db', 'list', '--json')
    const rows = json.result as unknown as readonly { readonly name: string }[]
    return rows.map(({ name }) => name).filter((name) => name !== TEMPLATE)
  }
}
