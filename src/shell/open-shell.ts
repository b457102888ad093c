import { z } from 'zod'
import { type Finding, Findings, type Progress } from '../base/index.js'
import { type DatabaseHost, filestoreOf } from '../databases/manager/index.js'
import type { Session } from '../db/index.js'
import type { AddonsTree } from '../odoo/addons/index.js'
import type { Release } from '../odoo/release/index.js'
import * as helpers from '../scripts/helpers/index.js'
import {
  createFacadeGuest,
  createOdooGuest,
  type HelperLibrary,
  type OdooGuest,
  type PythonInterpreter,
  type ScriptLog,
  type ScriptScope,
  sqlOperations,
  WatchedSession,
} from '../scripts/hosts/index.js'
import { Orm, ormOperations, readDatabaseCatalog } from '../scripts/orm/index.js'
import type { GuestOperations } from '../scripts/values/index.js'
import { FilestoreFiles } from '../upgrade/runner/index.js'
import { Shell } from './shell.js'
import { readShellModules } from './shell-modules.js'
import { ShellTransaction } from './shell-transaction.js'

export interface ShellOptions {
  readonly host: DatabaseHost
  readonly database: string
  readonly release: Release
  /** The release's modules; its own code runs where the source tree's root is among them. */
  readonly tree: AddonsTree | undefined
  readonly interpreter: PythonInterpreter
  /** Folders with the Python packages that Odoo imports, for the embedded interpreter. */
  readonly packages: readonly string[]
  readonly library?: HelperLibrary
  /** Folder of what can be made again. */
  readonly cache: string
  /** Whether anything is committed: at the end, and when the code says so. */
  readonly commits: boolean
  /** What is printed and logged; `stdout` and `stderr` are loggers. */
  readonly log: (line: ScriptLog) => void
  readonly progress: Progress
}

/** What a prompt works with. */
export interface ShellFacts {
  /** The release's own code, or moult's records. */
  readonly orm: 'odoo' | 'moult'
  readonly modules: number
  readonly models: number
  /** Modules that had to be left out. */
  readonly findings: readonly Finding[]
}

/**
 * Opens a Python prompt on a database, which is locked meanwhile, and runs `body` with it. Where `commits` is
 * not set, nothing that happens in it stays; else what is not committed when `body` ends is undone.
 *
 * Errors: DATABASE_BUSY, and those of {@link createOdooGuest}.
 */
export async function withShell<T>(
  options: ShellOptions,
  body: (shell: Shell, facts: ShellFacts) => Promise<T>,
): Promise<T> {
  const { host, database, progress } = options
  const { cluster } = host
  const lock = await cluster.lock(database, `shell ${database}`)
  try {
    return await cluster.withSession(database, (session) => inSession(session, options, body), {
      signal: progress.signal,
    })
  } finally {
    await lock.release()
  }
}

async function inSession<T>(
  session: Session,
  options: ShellOptions,
  body: (shell: Shell, facts: ShellFacts) => Promise<T>,
): Promise<T> {
  const { commits, log, progress, host } = options
  let told = false
  const transaction = new ShellTransaction(session, commits, () => {
    if (told) return
    told = true
    log({ level: 'warning', logger: 'moult', text: 'commit() keeps nothing without --commit' })
  })
  const busy = { statements: 0 }
  const scope = scopeOf(session, transaction, options, busy)
  await transaction.begin()
  let guest: OdooGuest | undefined
  try {
    const opened = await progress.step('Loading the models', { unit: 'models' }, () =>
      openGuest(session, scope, options, (started) => {
        guest = started
      }),
    )
    const shell = new Shell({
      guest: opened.guest,
      scope,
      stopStatement: async () => {
        // The embedded engine cannot stop a statement without ending.
        if (busy.statements > 0 && host.cluster.kind !== 'embedded') await session.stop()
      },
    })
    return await body(shell, opened.facts)
  } finally {
    await guest?.close()
    // The engine may be gone, and its transaction with it.
    await transaction.end().catch(() => {})
  }
}

function scopeOf(
  session: Session,
  transaction: ShellTransaction,
  options: ShellOptions,
  busy: { statements: number },
): ScriptScope {
  const watched = new WatchedSession(session, { onStatement: () => {}, onRows: () => {} })
  const operations = {
    ...facadeOperations(watched, options),
    ...sqlOperations({ session: watched, commit: async () => {}, rollback: async () => {} }),
    ...transaction.operations(),
  }
  return {
    session: watched,
    operations: counted(operations, busy),
    log: options.log,
    signal: options.progress.signal,
    limits: {},
  }
}

/** Records and helpers of moult's own, for a prompt without Odoo and for `openupgradelib`. */
function facadeOperations(session: Session, options: ShellOptions): GuestOperations {
  const { release, host, database, log } = options
  const files = new FilestoreFiles(filestoreOf(host, database))
  const findings = new Findings()
  const orm = new Orm(session, readDatabaseCatalog(session, release), { release, files, findings })
  return {
    ...ormOperations(orm),
    ...helpers.helperOperations({
      session,
      release,
      orm,
      log: (level, text) => log({ level, logger: 'OpenUpgrade', text }),
      findings,
      loadData: helpers.deferLoadData,
      attachments: files,
      schemaChanged: () => orm.invalidate(),
    }),
  }
}

function counted(operations: GuestOperations, busy: { statements: number }): GuestOperations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      async (args, keywords) => {
        busy.statements += 1
        try {
          return await operation(args, keywords)
        } finally {
          busy.statements -= 1
        }
      },
    ]),
  )
}

interface OpenedGuest {
  readonly guest: OdooGuest
  readonly facts: ShellFacts
}

async function openGuest(
  session: Session,
  scope: ScriptScope,
  options: ShellOptions,
  started: (guest: OdooGuest) => void,
): Promise<OpenedGuest> {
  const { tree, release, host, database, interpreter, packages, cache, library } = options
  const root = tree?.root
  if (tree === undefined || root === undefined) {
    const guest = await createFacadeGuest({
      interpreter,
      roots: { sources: tree?.folders ?? [], scripts: [] },
      release: release.series,
      ...(library !== undefined && { library }),
      cacheDirectory: cache,
    })
    started(guest)
    const models = await open(guest, scope, 'open_facade', {})
    return { guest, facts: { orm: 'moult', modules: 0, models, findings: [] } }
  }
  const { names, findings } = await readShellModules(session, tree)
  const guest = await createOdooGuest(
    {
      interpreter,
      release: release.series,
      odoo: root,
      addonsPaths: tree.folders,
      packages,
      ...(library !== undefined && { library }),
      filestore: filestoreOf(host, database),
      cacheDirectory: cache,
    },
    scope,
  )
  started(guest)
  const models = await open(guest, scope, 'open_native', { modules: names })
  return { guest, facts: { orm: 'odoo', modules: names.length, models, findings } }
}

async function open(
  guest: OdooGuest,
  scope: ScriptScope,
  action: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<number> {
  const what = 'Opening the prompt'
  const value = await guest.run({ family: 'shell', action, parameters, what }, scope)
  return z.object({ models: z.number() }).parse(value).models
}
