import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Findings } from '../../src/base/index.js'
import { type Cluster, raw, type Session } from '../../src/db/index.js'
import { parseRelease } from '../../src/odoo/release/index.js'
import { deferLoadData, helperOperations } from '../../src/scripts/helpers/index.js'
import { type ScriptHost, type ScriptLog, sqlOperations } from '../../src/scripts/hosts/index.js'
import { createPythonHost, type PythonInterpreter } from '../../src/scripts/hosts/python/index.js'
import { Orm, ormOperations, readDatabaseCatalog } from '../../src/scripts/orm/index.js'
import type { GuestOperations } from '../../src/scripts/values/index.js'
import { SHIM_DATABASE } from '../guest/fixtures/shim/shim-database.js'
import { testCache } from './engines.js'
import { temporaryFolder } from './temporary-folder.js'

/** A Python interpreter that runs scripts of a test, and what its operations were. */
export interface ShimBench {
  /** Runs `migrate(cr, version)` of a script; answers what it showed with `show(value)`, one per call. */
  run(source: string, options: ShimRun): Promise<ShimOutcome>
  /** Writes a file below the source folder, such as `addon/hooks.py`. */
  addSource(path: string, text: string): Promise<void>
  close(): Promise<void>
}

export interface ShimRun {
  readonly session: Session
  readonly version?: string
  /** Operations besides those of the database, or instead of them. */
  readonly operations?: GuestOperations
  readonly commits?: string[]
}

export interface ShimOutcome {
  readonly shown: readonly unknown[]
  readonly logs: readonly ScriptLog[]
  /** Names of the operations, in order, `log` not among them. */
  readonly operations: readonly string[]
  readonly failure?: unknown
}

const python = process.env.MOULT_TEST_PYTHON ?? '/usr/bin/python3'

/** Both interpreters; one that is not on this machine says so in its name. */
export const INTERPRETERS: readonly {
  readonly name: string
  readonly missing: boolean
  readonly interpreter: PythonInterpreter
}[] = [
  spawnSync(python, ['--version']).status === 0
    ? { name: 'CPython', missing: false, interpreter: { executable: python } }
    : {
        name: `CPython: ${python} is not on this machine`,
        missing: true,
        interpreter: { executable: python },
      },
  { name: 'embedded Python', missing: false, interpreter: 'embedded' },
]

const PROLOGUE = `import json as _json
def show(value):
    print("SHOWN " + _json.dumps(value, default=str))
`

/** Starts an interpreter for a release. */
export async function openShimBench(
  interpreter: PythonInterpreter,
  series: string,
): Promise<ShimBench> {
  const folder = await temporaryFolder()
  const [sources, scripts] = [join(folder.path, 'sources'), join(folder.path, 'scripts')]
  await mkdir(sources, { recursive: true })
  await mkdir(join(scripts, 'sale', '1.0'), { recursive: true })
  let host: ScriptHost | undefined
  let count = 0
  const addSource = async (path: string, text: string) => {
    const file = join(sources, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  return {
    addSource,
    async run(source, options) {
      host ??= await createPythonHost({
        interpreter,
        roots: { sources: [sources], scripts: [scripts] },
        release: series,
        cacheDirectory: testCache,
      })
      count += 1
      const file = join(scripts, 'sale', '1.0', `post-${count}.py`)
      await writeFile(file, PROLOGUE + source)
      return runScript(host, file, series, options)
    },
    async close() {
      await host?.close()
      await folder.remove()
    },
  }
}

/** Runs `body` in a transaction with a small database in the shape of Odoo's; nothing of it stays. */
export async function withShimDatabase(
  cluster: Cluster,
  body: (session: Session) => Promise<void>,
): Promise<void> {
  const undone = new Error('undone')
  await cluster.withSession(cluster.maintenanceDatabase, async (session) => {
    const run = session.transaction(async () => {
      await session.execute(SHIM_DATABASE)
      await session.execute(raw('SAVEPOINT guest'))
      await body(session)
      throw undone
    })
    await run.catch((error: unknown) => {
      if (error !== undone) throw error
    })
  })
}

async function runScript(
  host: ScriptHost,
  file: string,
  series: string,
  options: ShimRun,
): Promise<ShimOutcome> {
  const logs: ScriptLog[] = []
  const operations: string[] = []
  const known = counted(
    {
      ...databaseOperations(options.session, series, options.commits ?? []),
      ...options.operations,
    },
    operations,
  )
  const failure = await host
    .run(
      {
        file,
        module: 'sale',
        phase: 'post',
        directory: '1.0',
        installedVersion: options.version ?? '0.9',
      },
      {
        session: options.session,
        operations: known,
        log: (line) => logs.push(line),
        signal: new AbortController().signal,
        limits: {},
      },
    )
    .then(
      () => undefined,
      (error: unknown) => error,
    )
  const shown = logs
    .filter(({ text }) => text.startsWith('SHOWN '))
    .map(({ text }): unknown => JSON.parse(text.slice('SHOWN '.length)))
  return { shown, logs, operations, ...(failure !== undefined && { failure }) }
}

function databaseOperations(session: Session, series: string, commits: string[]): GuestOperations {
  const release = parseRelease(series)
  if (release === undefined) throw new Error(`no release ${series}`)
  const findings = new Findings()
  const catalog = readDatabaseCatalog(session, release)
  const orm = new Orm(session, catalog, { release, findings })
  return {
    ...sqlOperations({
      session,
      commit: async () => {
        commits.push('commit')
      },
      rollback: () => session.execute(raw('ROLLBACK TO SAVEPOINT guest')),
    }),
    ...ormOperations(orm),
    ...helperOperations({
      session,
      release,
      findings,
      loadData: deferLoadData,
      log: () => {},
      orm,
    }),
  }
}

function counted(operations: GuestOperations, names: string[]): GuestOperations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      (args, keywords) => {
        names.push(name)
        return operation(args, keywords)
      },
    ]),
  )
}
