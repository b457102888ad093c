import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { Progress } from '../../src/base/index.js'
import {
  type DatabaseHost,
  filestoreOf,
  restoreDatabase,
  withBackupFile,
} from '../../src/databases/manager/index.js'
import { raw, type Session } from '../../src/db/index.js'
import {
  type NativeOrm,
  openNativeOrm,
  type ScriptLog,
  type ScriptScope,
  sqlOperations,
} from '../../src/scripts/hosts/index.js'
import type { OdooGuestOptions } from '../../src/scripts/hosts/python/index.js'
import type { GuestValue } from '../../src/scripts/values/index.js'
import { managedEngines, testCache } from '../support/engines.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import type { TestInterpreter } from './host-support.js'

/** A source tree of Odoo 16: MOULT_TEST_ODOO16 names the folder with the package `odoo`. */
const TREE = process.env.MOULT_TEST_ODOO16 ?? ''
/** Folders with Odoo's packages for the embedded Python, separated by colons. */
const PACKAGES = process.env.MOULT_TEST_PACKAGES ?? '/usr/lib/python3/dist-packages'
const PYTHON = process.env.MOULT_TEST_PYTHON ?? '/usr/bin/python3'
const BACKUP = resolve(import.meta.dirname, '../../../shared/data/odoo-16.0-fresh.zip')

/** Why Odoo cannot run here; undefined where it can. */
export const withoutOdoo: string | undefined = !existsSync(join(TREE, 'odoo', 'release.py'))
  ? 'MOULT_TEST_ODOO16 names no source tree of Odoo 16'
  : existsSync(BACKUP)
    ? undefined
    : 'the backup of an Odoo 16 database is not there'

/** The embedded Python with the system's packages, and a CPython that has them. */
export function odooInterpreters(): readonly TestInterpreter[] {
  const embedded: TestInterpreter = { name: 'the embedded Python', interpreter: 'embedded' }
  const needed = 'import babel, dateutil, pytz, werkzeug, passlib, lxml.etree, PIL.Image'
  try {
    execFileSync(PYTHON, ['-c', needed], { stdio: 'ignore' })
  } catch {
    const unavailable = `${PYTHON} has not what Odoo imports`
    return [embedded, { name: `CPython: ${unavailable}`, interpreter: 'embedded', unavailable }]
  }
  return [embedded, { name: 'CPython', interpreter: { executable: PYTHON } }]
}

/** An Odoo 16 database in an open transaction, and its own ORM on it. */
export interface OdooBench {
  readonly session: () => Session
  readonly orm: () => NativeOrm
  /** What scripts gave to `tell`. */
  readonly told: GuestValue[]
  readonly logs: ScriptLog[]
  readonly asked: string[]
  /** Installed modules in the order in which they are loaded. */
  readonly modules: () => readonly string[]
  readonly scope: () => ScriptScope
  readonly openAnother: () => Promise<NativeOrm>
  /** Runs `body` and undoes what it did to the database. */
  readonly undone: <T>(body: () => Promise<T>) => Promise<T>
}

/** Restores the database once for the surrounding `describe`. */
export function useOdooBench(test: TestInterpreter): OdooBench {
  let session: Session | undefined
  let orm: NativeOrm | undefined
  let options: OdooGuestOptions | undefined
  let modules: readonly string[] = []
  let end: () => Promise<void> = async () => {}
  const told: GuestValue[] = []
  const logs: ScriptLog[] = []
  const asked: string[] = []
  const opened = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The bench is not open')
    return value
  }
  const scope = (): ScriptScope => scopeOn(opened(session), { told, logs, asked })
  beforeAll(async () => {
    if (withoutOdoo !== undefined || test.unavailable !== undefined) return
    const place = await openDatabase()
    session = place.session
    end = place.close
    options = guestOptions(test, place.filestore)
    modules = await loadOrder(place.session)
    orm = await openNativeOrm(options, scope())
  }, 300_000)
  afterAll(async () => {
    await orm?.close()
    await end()
  })
  return {
    session: () => opened(session),
    orm: () => opened(orm),
    told,
    logs,
    asked,
    modules: () => modules,
    scope,
    openAnother: () => openNativeOrm(opened(options), scope()),
    undone: async (body) => {
      const current = opened(session)
      await current.execute(raw('SAVEPOINT bench'))
      try {
        return await body()
      } finally {
        await current.execute(raw('ROLLBACK TO SAVEPOINT bench; RELEASE SAVEPOINT bench'))
      }
    },
  }
}

/** Folders with Odoo's packages, where the interpreter does not bring its own. */
export function packageFolders(test: TestInterpreter): readonly string[] {
  return test.interpreter === 'embedded' ? PACKAGES.split(':').filter(existsSync) : []
}

/** What the guest of a database with this filestore is started with. */
export function guestOptions(test: TestInterpreter, filestore: string): OdooGuestOptions {
  return {
    interpreter: test.interpreter,
    release: '16.0',
    odoo: TREE,
    addonsPaths: [join(TREE, 'odoo', 'addons'), join(TREE, 'addons')].filter(existsSync),
    packages: packageFolders(test),
    filestore,
    cacheDirectory: testCache,
  }
}

interface OpenDatabase {
  readonly session: Session
  readonly filestore: string
  close(): Promise<void>
}

/** A restored database in a transaction that is never committed. */
async function openDatabase(): Promise<OpenDatabase> {
  const folder = await temporaryFolder()
  const { host, close } = await restoreOdoo(folder.path)
  let finish = (): void => {}
  const over = new Promise<void>((resolveOver) => {
    finish = resolveOver
  })
  let ended: Promise<void> = Promise.resolve()
  const session = await new Promise<Session>((resolveSession, reject) => {
    ended = host.cluster.withSession('odoo', async (opened) => {
      await opened.execute(raw('BEGIN ISOLATION LEVEL REPEATABLE READ'))
      resolveSession(opened)
      await over
      await opened.send('ROLLBACK')
    })
    ended.catch(reject)
  })
  return {
    session,
    filestore: filestoreOf(host, 'odoo'),
    close: async () => {
      finish()
      await ended
      await close()
      await folder.remove()
    },
  }
}

/** A server of its own with the database `odoo` on it. */
export async function restoreOdoo(
  folder: string,
): Promise<{ readonly host: DatabaseHost; close(): Promise<void> }> {
  const engine = (await managedEngines()).find(({ unavailable }) => unavailable === undefined)
  if (engine === undefined) throw new Error('There is no PostgreSQL on this machine')
  const { cluster, close } = await engine.open()
  const host: DatabaseHost = { cluster, filestoreRoot: join(folder, 'filestore') }
  const progress = new Progress()
  await withBackupFile(BACKUP, progress, (file) =>
    restoreDatabase(host, file, progress, { name: 'odoo', whereabouts: 'moved' }),
  )
  return { host, close }
}

export interface Heard {
  readonly told: GuestValue[]
  readonly logs: ScriptLog[]
  readonly asked: string[]
}

/** What a guest may ask on a session; what it tells and logs is kept. */
export function scopeOn(session: Session, { told, logs, asked }: Heard): ScriptScope {
  const operations = sqlOperations({
    session,
    commit: async () => {
      asked.push('commit')
    },
    rollback: async () => {
      asked.push('rollback')
    },
  })
  return {
    session,
    operations: {
      ...operations,
      tell: async (args) => {
        told.push(...args)
        return { kind: 'value', value: null }
      },
    },
    log: (line) => logs.push(line),
    signal: new AbortController().signal,
    limits: {},
  }
}

/** Installed modules, each after those that it depends on. */
async function loadOrder(session: Session): Promise<readonly string[]> {
  const { rows } = await session.query<{ name: string; parents: readonly string[] }>(
    raw(`SELECT m.name, array_remove(array_agg(d.name), NULL) AS parents
           FROM ir_module_module m LEFT JOIN ir_module_module_dependency d ON d.module_id = m.id
          WHERE m.state = 'installed' GROUP BY m.name ORDER BY m.name`),
  )
  const ordered: string[] = []
  while (ordered.length < rows.length) {
    const next = rows.filter(
      ({ name, parents }) =>
        !ordered.includes(name) && parents.every((parent) => ordered.includes(parent)),
    )
    if (next.length === 0) throw new Error('The modules have no order')
    ordered.push(...next.map(({ name }) => name))
  }
  return ordered
}
