import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { Emitter, type Finding, MoultError, Progress } from '../../src/base/index.js'
import { createEmptyDatabase, type DatabaseHost } from '../../src/databases/manager/index.js'
import { id, raw, type Session, sql } from '../../src/db/index.js'
import {
  completeRequest,
  type HopRequest,
  planPath,
  readModuleSnapshot,
  type UpgradePlan,
  type UpgradeRequest,
} from '../../src/upgrade/planning/index.js'
import {
  type RecordedRun,
  type RunEvents,
  readRun,
  resumeUpgrade,
  type UpgradeReport,
  upgradeDatabase,
  withJournalSession,
} from '../../src/upgrade/runner/index.js'
import { embeddedOnDisk, managedEngines, type TestEngine, testCache, useEngine } from './engines.js'
import { type ProjectModules, writeScripts, writeSourceTree } from './odoo-project.js'
import { type InstalledModules, moduleRowsSql, PROJECT_SCHEMA } from './odoo-project-schema.js'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.js'

const TEMPLATE = 'project_template'

/** What a run came to: its report or its error, and what was heard of it. */
export interface RunOutcome {
  readonly report?: UpgradeReport
  readonly error?: MoultError
  readonly events: readonly (readonly [name: string, event: object])[]
  readonly findings: readonly Finding[]
}

/** A state of a module table: `installed 17.0.2.0`, by name. */
export type ModuleStates = Readonly<Record<string, string>>

/** Runs upgrades of small databases on an engine; each database begins as a copy of one template. */
export class UpgradeBench {
  readonly #cluster: ReturnType<typeof useEngine>
  #folder: TemporaryFolder | undefined
  #count = 0

  constructor(engine: TestEngine) {
    this.#cluster = useEngine(engine)
    beforeAll(async () => {
      if (engine.unavailable !== undefined) return
      this.#folder = await temporaryFolder()
      await createEmptyDatabase(this.host, TEMPLATE)
      await this.inside(TEMPLATE, (session) => session.execute(raw(PROJECT_SCHEMA)))
    })
    afterAll(() => this.#folder?.remove())
  }

  get host(): DatabaseHost {
    return { cluster: this.#cluster(), filestoreRoot: join(this.#path, 'filestore') }
  }

  get #path(): string {
    if (this.#folder === undefined) throw new Error('The bench is not open')
    return this.#folder.path
  }

  /** Makes a database with these modules, and runs `more` in it. */
  async database(series: string, modules: InstalledModules, more = ''): Promise<string> {
    this.#count += 1
    const name = `project_${this.#count}`
    const { cluster } = this.host
    await cluster.withSession(cluster.maintenanceDatabase, (session) =>
      session.execute(sql`CREATE DATABASE ${id(name)} TEMPLATE ${id(TEMPLATE)}`),
    )
    await this.inside(name, (session) =>
      session.execute(raw(`${moduleRowsSql(series, modules)}\n${more}`)),
    )
    return name
  }

  /** Makes a copy of a database. */
  async copyOf(database: string): Promise<string> {
    this.#count += 1
    const name = `project_${this.#count}`
    const { cluster } = this.host
    await cluster.withSession(cluster.maintenanceDatabase, (session) =>
      session.execute(sql`CREATE DATABASE ${id(name)} TEMPLATE ${id(database)}`),
    )
    return name
  }

  /** Makes a source tree of a release. */
  tree(series: string, modules: ProjectModules): Promise<string> {
    this.#count += 1
    return writeSourceTree(join(this.#path, `tree_${this.#count}`), series, modules)
  }

  /** Makes a folder of scripts. */
  scripts(files: Readonly<Record<string, string>>): Promise<string> {
    this.#count += 1
    return writeScripts(join(this.#path, `scripts_${this.#count}`), files)
  }

  async plan(database: string, request: UpgradeRequest): Promise<UpgradePlan> {
    const snapshot = await this.inside(database, readModuleSnapshot)
    return planPath(snapshot, request, new Progress())
  }

  upgrade(database: string, request: UpgradeRequest, signal?: AbortSignal): Promise<RunOutcome> {
    return this.#heard(signal, (setup) => upgradeDatabase(setup, database, request))
  }

  resume(
    database: string,
    change?: (request: UpgradeRequest) => UpgradeRequest,
  ): Promise<RunOutcome> {
    return this.#heard(undefined, (setup) => resumeUpgrade(setup, database, change))
  }

  inside<T>(database: string, body: (session: Session) => Promise<T>): Promise<T> {
    return this.host.cluster.withSession(database, body)
  }

  /** The first column of a query. */
  async column(database: string, query: string): Promise<readonly unknown[]> {
    const { rows } = await this.inside(database, (session) => session.query(raw(query)))
    return rows.map((row) => Object.values(row)[0])
  }

  /** What the scripts have told. */
  async log(database: string): Promise<readonly string[]> {
    return (await this.column(database, 'SELECT entry FROM log ORDER BY id')).map(String)
  }

  /** The modules that are not uninstalled. */
  async states(database: string): Promise<ModuleStates> {
    const { rows } = await this.inside(database, (session) =>
      session.query<{ name: string; state: string }>(
        raw(`
        SELECT name, concat_ws(' ', state, latest_version) AS state FROM ir_module_module
         WHERE state <> 'uninstalled' ORDER BY id`),
      ),
    )
    return Object.fromEntries(rows.map(({ name, state }) => [name, state]))
  }

  async run(database: string): Promise<RecordedRun> {
    const run = await withJournalSession(this.host, database, (session) => readRun(session))
    if (run === undefined) throw new Error(`${database} has no run`)
    return run
  }

  async #heard(
    signal: AbortSignal | undefined,
    work: (setup: Parameters<typeof upgradeDatabase>[0]) => Promise<UpgradeReport>,
  ): Promise<RunOutcome> {
    const events = new Emitter<RunEvents>()
    const heard: [string, object][] = []
    const findings: Finding[] = []
    for (const name of ['stepStarted', 'stepFinished', 'scriptStarted', 'scriptLog'] as const) {
      events.on(name, (event) => heard.push([name, event]))
    }
    events.on('finding', (finding) => findings.push(finding))
    const progress = signal === undefined ? new Progress() : new Progress(signal)
    try {
      const report = await work({ host: this.host, progress, events, cache: testCache })
      return { report, events: heard, findings: report.findings }
    } catch (error) {
      if (!(error instanceof MoultError)) throw error
      return { error, events: heard, findings }
    }
  }
}

/** A request for one hop to a source tree, of plain Odoo and embedded Python unless told otherwise. */
export function requestOf(
  hop: Pick<HopRequest, 'to'> & { readonly tree: string } & Partial<HopRequest>,
  more: Partial<UpgradeRequest> = {},
): UpgradeRequest {
  const { tree, ...given } = hop
  return completeRequest({
    source: 'project',
    hops: [
      { profile: 'odoo', addonsPath: [tree], upgradePath: [], update: ['all'], init: [], ...given },
    ],
    ...more,
  })
}

/** A script in SQL that tells something in the table `log`. */
export function say(entry: string): string {
  return `INSERT INTO log (entry) VALUES ('${entry}');\n`
}

/** A module's scripts of all phases, which tell their module and phase. */
export function sayAll(module: string, folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ['pre', 'post', 'end'].map((phase) => [
      `${folder}/${phase}-say.sql`,
      say(`${module}:${phase}`),
    ]),
  )
}

/** The engines that runs are tested on: embedded on disk, and one managed server. */
export async function benchEngines(): Promise<readonly TestEngine[]> {
  const managed = await managedEngines()
  const [first] = managed.filter(({ unavailable }) => unavailable === undefined)
  return [embeddedOnDisk, ...(first === undefined ? managed.slice(0, 1) : [first])]
}

/** A managed server where there is one; for what is the same on all engines. */
export async function quickEngine(): Promise<TestEngine> {
  const managed = await managedEngines()
  return managed.find(({ unavailable }) => unavailable === undefined) ?? embeddedOnDisk
}
