import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Emitter, UserError } from '../../src/base/index.js'
import { type DatabaseHost, filestoreOf } from '../../src/databases/manager/index.js'
import { raw, type Session } from '../../src/db/index.js'
import {
  type ForeignScriptFile,
  type LoaderCommit,
  type OdooLoaderEvents,
  type OdooLoaderReport,
  runOdooLoader,
} from '../../src/upgrade/odoo-loader/index.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'
import { guestOptions, odooInterpreters, restoreOdoo, withoutOdoo } from './native-support.js'

const needsOdoo = withoutOdoo === undefined ? '' : ` (skipped: ${withoutOdoo})`
/** Nothing depends on it. */
const MODULE = 'privacy_lookup'
/** Leaves nothing behind. */
const FAILING = `def migrate(cr, version):
    cr.execute("DROP TABLE ir_module_module CASCADE")
    1 / 0
`

describe.each(odooInterpreters())(`Odoo 16's own loader in $name${needsOdoo}`, (test) => {
  const skip = withoutOdoo !== undefined || test.unavailable !== undefined
  let folder: TemporaryFolder | undefined
  let opened: { readonly host: DatabaseHost; close(): Promise<void> } | undefined
  const finished: string[] = []

  beforeAll(async () => {
    if (skip) return
    folder = await temporaryFolder()
    opened = await restoreOdoo(folder.path)
  }, 120_000)
  afterAll(async () => {
    await opened?.close()
    await folder?.remove()
  })

  function host(): DatabaseHost {
    if (opened === undefined) throw new Error('The database is not open')
    return opened.host
  }

  const UPGRADE = [
    '16.0.0.5/pre-10.py',
    '16.0.0.5/pre-20.sql',
    '16.0.0.5/pre-30.py',
    '16.0.0.5/end-5.ts',
  ]

  /** Scripts of the module, in an upgrade path. */
  async function scripts(): Promise<readonly ForeignScriptFile[]> {
    const root = join(folder?.path ?? '', 'upgrade', MODULE)
    for (const path of UPGRADE) {
      await mkdir(join(root, '16.0.0.5'), { recursive: true })
      const text = path.endsWith('30.py') ? FAILING : 'def migrate(cr, version):\n    pass\n'
      await writeFile(join(root, path), text)
    }
    return UPGRADE.filter((path) => !path.endsWith('.py')).map((path) => ({
      module: MODULE,
      source: 'upgrade',
      directory: '16.0.0.5',
      file: join(root, path),
    }))
  }

  interface Attempt {
    readonly scripts: readonly string[]
    readonly failures: readonly string[]
    readonly report: OdooLoaderReport
    readonly updated: readonly string[]
    readonly imported: number
  }

  async function load(
    onCommit: (commit: LoaderCommit, session: Session) => Promise<void>,
    signal = new AbortController().signal,
    pauseBefore: (module: string) => boolean = () => false,
  ): Promise<Attempt> {
    const events = new Emitter<OdooLoaderEvents>()
    const updated: string[] = []
    let imported = 0
    const foreignScripts = await scripts()
    const ran: string[] = []
    const failures: string[] = []
    events.on('scriptStarted', ({ logLine }) => ran.push(logLine))
    events.on('scriptFailed', ({ type, file, line }) =>
      failures.push(`${type} ${basename(file)}:${line}`),
    )
    events.on('moduleStarted', ({ updates }) => {
      if (!updates) imported += 1
    })
    events.on('moduleFinished', ({ module }) => updated.push(module))
    const report = await host().cluster.withSession('odoo', (session) =>
      runOdooLoader({
        guest: {
          ...guestOptions(test, filestoreOf(host(), 'odoo')),
          upgradePaths: [join(folder?.path ?? '', 'upgrade')],
        },
        foreignScripts,
        keepGoing: true,
        operations: () => ({
          'loader.run_script': async ([file, , phase, , version]) => {
            ran.push(`${String(phase)} ${basename(String(file))} ${String(version)}`)
            return { kind: 'value', value: null }
          },
        }),
        profile: 'odoo',
        session,
        update: [MODULE],
        init: [],
        finished,
        onCommit: (commit) => onCommit(commit, session),
        pauseBefore,
        allowScriptCommit: false,
        events,
        limits: {},
        signal,
      }),
    )
    return { report, updated, imported, scripts: ran, failures }
  }

  async function rowOf(session: Session): Promise<unknown> {
    const { rows } = await session.query(
      raw(`SELECT state, latest_version FROM ir_module_module WHERE name = '${MODULE}'`),
    )
    return rows[0]
  }

  it.skipIf(skip)(
    'commits nothing of a module that the host refuses to record',
    async () => {
      const refusal = new UserError('ON_PURPOSE', 'no', { hint: 'none' })
      await host().cluster.withSession('odoo', (session) =>
        session.execute(
          raw(`UPDATE ir_module_module SET latest_version = '16.0.0.1' WHERE name = '${MODULE}'`),
        ),
      )
      const seen: unknown[] = []
      const attempt = load(async ({ kind }, session) => {
        if (kind !== 'module') return
        seen.push(await rowOf(session))
        throw refusal
      })
      await expect(attempt).rejects.toBe(refusal)
      // Odoo itself writes both after its commit.
      expect(seen).toEqual([{ state: 'installed', latest_version: '16.0.1.0' }])
      const after = await host().cluster.withSession('odoo', rowOf)
      expect(after).toEqual({ state: 'installed', latest_version: '16.0.0.1' })
    },
    300_000,
  )

  it.skipIf(skip)(
    'stops before a module that a checkpoint is wanted of, and leaves nothing open',
    async () => {
      const commits: LoaderCommit[] = []
      const { report, updated } = await load(
        async (commit) => void commits.push(commit),
        undefined,
        (module) => module === MODULE,
      )
      expect(report.pausedBefore).toBe(MODULE)
      expect(updated).toEqual([])
      expect(commits).toEqual([])
      const after = await host().cluster.withSession('odoo', rowOf)
      expect(after).toEqual({ state: 'installed', latest_version: '16.0.0.1' })
    },
    300_000,
  )

  it.skipIf(skip)(
    'tells of each module and script, and what to keep for a resumed run',
    async () => {
      const commits: LoaderCommit[] = []
      const { report, updated, imported, ...heard } = await load(async (commit) => {
        commits.push(commit)
        if (commit.kind === 'module') finished.push(commit.state)
      })
      expect(updated).toEqual([MODULE])
      const line = `module ${MODULE}: Running migration`
      expect(heard.scripts).toEqual([
        `${line} [>16.0.0.5] pre-10`,
        `${line} [>16.0.0.5] pre-20`,
        'pre pre-20.sql 16.0.0.1',
        `${line} [>16.0.0.5] pre-30`,
        `${line} [$16.0.0.5] end-5`,
        'end end-5.ts 16.0.0.1',
      ])
      expect(heard.failures).toEqual(['ZeroDivisionError pre-30.py:3'])
      expect(imported).toBeGreaterThan(60)
      expect(report.modules).toEqual([MODULE])
      expect(report.models).toBeGreaterThan(450)
      expect(report.statements).toBeGreaterThan(100)
      expect(commits.map(({ kind }) => kind)).toEqual(['module', 'end'])
      expect(commits[0]).toMatchObject({
        module: MODULE,
        previousVersion: '16.0.0.1',
        previousState: 'to upgrade',
        loadedXmlIds: expect.arrayContaining([`${MODULE}.privacy_log_action`]),
      })
    },
    300_000,
  )

  it.skipIf(skip)(
    'does not process again what an earlier attempt has finished',
    async () => {
      const { report, updated } = await load(async () => {})
      expect(updated).toEqual([])
      expect(report.modules).toEqual([MODULE])
    },
    300_000,
  )

  it.skipIf(skip)(
    'stops when it is cancelled, and leaves the database as it was',
    async () => {
      finished.length = 0
      const controller = new AbortController()
      const attempt = load(async () => controller.abort(), controller.signal)
      await expect(attempt).rejects.toMatchObject({ code: 'CANCELLED' })
      const after = await host().cluster.withSession('odoo', rowOf)
      expect(after).toEqual({ state: 'installed', latest_version: '16.0.1.0' })
    },
    300_000,
  )
})
