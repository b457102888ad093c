import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Progress } from '../../src/base/index.js'
import { createEmptyDatabase } from '../../src/databases/manager/index.js'
import { sql } from '../../src/db/index.js'
import {
  type InstallReport,
  installModules,
  planInstall,
} from '../../src/upgrade/installing/index.js'
import { FilestoreFiles } from '../../src/upgrade/runner/index.js'
import { readDumpedTables } from '../support/dump-tables.js'
import { managedEngines, type OpenedEngine, testCache } from '../support/engines.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'

const odoo = process.env.MOULT_TEST_ODOO16 ?? ''
/** Made by Odoo itself, with more modules than are installed here. */
const truth = resolve(import.meta.dirname, '../../../shared/data/odoo-16.0-fresh.zip')
const ready = existsSync(join(odoo, 'odoo', 'release.py')) && existsSync(truth)
const engine = ready
  ? (await managedEngines()).find(({ unavailable }) => unavailable === undefined)
  : undefined

/** Modules of Odoo that are not free are not in every source tree, and what is not there is not listed. */
const LISTED = /^base\.module_/
/** Which fields a module gives to models of others depends on what stands before it. */
const REFLECTED = / ir\.model(\.fields(\.selection)?|\.constraint|\.relation)? [tf]$/

const isCompared = (line: string): boolean => !LISTED.test(line) && !REFLECTED.test(line)

describe.skipIf(engine === undefined)('modules of Odoo 16 installed natively', () => {
  let opened: OpenedEngine
  let folder: TemporaryFolder
  let report: InstallReport
  const lines: string[] = []

  beforeAll(async () => {
    if (engine === undefined) return
    opened = await engine.open()
    folder = await temporaryFolder()
    const progress = new Progress()
    const plan = await planInstall(
      { addonsPath: [odoo], modules: ['contacts'], demo: true },
      progress,
    )
    const host = { cluster: opened.cluster, filestoreRoot: join(folder.path, 'filestore') }
    await createEmptyDatabase(host, 'fresh', {
      fill: async ({ database, filestore }) => {
        const store = new FilestoreFiles(filestore)
        report = await host.cluster.withSession(database, (session) =>
          installModules(plan, { session, store, progress, cache: testCache }),
        )
      },
    })
    const { rows } = await host.cluster.withSession('fresh', (session) =>
      session.query<{ line: string }>(sql`
        SELECT concat_ws(' ', module || '.' || name, model, noupdate) AS line FROM ir_model_data`),
    )
    lines.push(...rows.map(({ line }) => line))
  }, 120_000)

  afterAll(async () => {
    await opened?.close()
    await folder?.remove()
  })

  test('are those that Odoo installs, and nothing of their data is refused', () => {
    expect(report.modules.slice(0, 2)).toEqual(['base', 'web'])
    expect(report.modules).toContain('contacts')
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('write codes of countries in capitals, and no password as it is given', async () => {
    const { rows } = await opened.cluster.withSession('fresh', (session) =>
      session.query(sql`
        SELECT (SELECT count(*) FROM res_country WHERE code <> upper(code)) AS small,
               (SELECT count(*) FROM res_users WHERE password NOT LIKE '$pbkdf2-sha512$%') AS plain,
               (SELECT count(*) FROM res_users WHERE password IS NOT NULL AND login = 'admin') AS set`),
    )
    expect(rows.map(({ small, plain, set }) => [small, plain, set].map(Number))).toEqual([
      [0, 0, 1],
    ])
  })

  test('have the external identifiers of records that Odoo gives them', async () => {
    const modules = new Set(report.modules)
    const tables = await readDumpedTables(truth, ['ir_model_data'])
    const wanted = (tables.get('ir_model_data') ?? []).flatMap((row) => {
      const flag = row.noupdate === 't' ? 't' : 'f'
      const line = `${row.module}.${row.name} ${row.model} ${flag}`
      return modules.has(row.module ?? '') && isCompared(line) ? [line] : []
    })
    const made = lines.filter(isCompared)
    expect(made.sort()).toEqual(wanted.sort())
  })
})
