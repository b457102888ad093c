import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Emitter, UserError } from '../../src/base/index.js'
import { type DatabaseHost, filestoreOf } from '../../src/databases/manager/index.js'
import { raw, type Session } from '../../src/db/index.js'
import {
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

  interface Attempt {
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
    events.on('moduleStarted', ({ updates }) => {
      if (!updates) imported += 1
    })
    events.on('moduleFinished', ({ module }) => updated.push(module))
    const report = await host().cluster.withSession('odoo', (session) =>
      runOdooLoader({
        guest: guestOptions(test, filestoreOf(host(), 'odoo')),
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
    return { report, updated, imported }
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
    'tells of each module, and what to keep for a resumed run',
    async () => {
      const commits: LoaderCommit[] = []
      const { report, updated, imported } = await load(async (commit) => {
        commits.push(commit)
        if (commit.kind === 'module') finished.push(commit.state)
      })
      expect(updated).toEqual([MODULE])
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
