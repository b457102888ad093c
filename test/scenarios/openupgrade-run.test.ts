import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Emitter, Progress } from '../../src/base/index.js'
import { restoreDatabase, withBackupFile } from '../../src/databases/manager/index.js'
import {
  type RunEvents,
  type UpgradeReport,
  upgradeDatabase,
} from '../../src/upgrade/runner/index.js'
import { embeddedOnDisk, managedEngines, type OpenedEngine, testCache } from '../support/engines.js'
import { demoRequest, material, missingMaterial } from '../support/openupgrade-material.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'

/** Scripts that need what loading modules makes, and what they miss. */
const NEED_LOADED_MODULES: readonly (readonly [script: string, what: RegExp])[] = [
  ['base/16.0.1.3/post-migration.py', /"company_registry" of relation "res_partner"/],
  // The many2many field is a one2many only after hr was loaded.
  ['hr/16.0.1.1/post-migration.py', /SET NULL=source\.hr_plan_id/],
  ['account/16.0.1.2/pre-migration.py', /"account_analytic_distribution_model"/],
  ['account/16.0.1.2/post-migration.py', /account\.payment\.amount_company_currency_signed/],
  ['payment_custom/16.0.2.0/post-migration.py', /"custom_mode" of relation "payment_provider"/],
  ['sale/16.0.1.2/post-migration.py', /"is_downpayment" of relation "account_move_line"/],
  ['sale_purchase/16.0.1.0/post-migration.py', /ir\.model\.constraint\._module_data_uninstall/],
]

const engines = missingMaterial.length > 0 ? [] : [embeddedOnDisk, ...(await managedEngines())]

describe.skipIf(missingMaterial.length > 0)(
  'the 41 scripts of OpenUpgrade 15 to 16 (MOULT_TEST_ODOO16, MOULT_TEST_OPENUPGRADE16)',
  () => {
    describe.each(engines)('$name', (engine) => {
      let opened: OpenedEngine
      let folder: TemporaryFolder
      let report: UpgradeReport
      const ran: string[] = []

      beforeAll(async () => {
        opened = await engine.open()
        folder = await temporaryFolder()
        const host = { cluster: opened.cluster, filestoreRoot: folder.path }
        const progress = new Progress()
        await withBackupFile(material.archive, progress, (backup) =>
          restoreDatabase(host, backup, progress, { name: 'demo', whereabouts: 'moved' }),
        )
        const events = new Emitter<RunEvents>()
        events.on('scriptFinished', ({ logLine }) => ran.push(logLine))
        report = await upgradeDatabase(
          { host, progress, events, cache: testCache },
          'demo',
          demoRequest(),
        )
      }, 600_000)

      afterAll(async () => {
        await opened?.close()
        await folder?.remove()
      })

      test('all run to their end, but those that need loaded modules', () => {
        expect(ran).toHaveLength(41)
        const failures = report.findings
          .filter(({ severity, code }) => severity === 'error' && code.startsWith('SCRIPT_'))
          .map(({ place, message }) => ({
            file: place?.file?.slice(material.upgradePath.length + 1),
            message,
          }))
        expect(failures.map(({ file }) => file)).toEqual(NEED_LOADED_MODULES.map(([file]) => file))
        for (const [number, [, what]] of NEED_LOADED_MODULES.entries()) {
          expect(failures[number]?.message).toMatch(what)
        }
      })

      test('the module list is that of the release', async () => {
        const { rows } = await opened.cluster.withSession('demo', (session) =>
          session.query<{ state: string; n: number }>({
            kind: 'sql',
            text: "SELECT state, count(*)::int AS n FROM ir_module_module WHERE state LIKE 'to%' OR (state = 'installed' AND latest_version LIKE '16.0.%') GROUP BY state ORDER BY state",
            values: [],
          }),
        )
        expect(rows).toEqual([
          { state: 'installed', n: 72 },
          { state: 'to upgrade', n: 1 },
        ])
      })
    })
  },
)
