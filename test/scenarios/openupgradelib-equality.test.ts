import { existsSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { Emitter, Progress } from '../../src/base/index.js'
import { restoreDatabase, withBackupFile } from '../../src/databases/manager/index.js'
import type { Cluster } from '../../src/db/index.js'
import type { PythonChoice } from '../../src/upgrade/planning/index.js'
import { type RunEvents, upgradeDatabase } from '../../src/upgrade/runner/index.js'
import { managedEngines, testCache } from '../support/engines.js'
import { type Fingerprint, fingerprint } from '../support/fingerprint.js'
import { demoRequest, material, missingMaterial } from '../support/openupgrade-material.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const python = process.env.MOULT_TEST_PYTHON ?? '/usr/bin/python3'
const missing = [...missingMaterial, material.openupgradelib, python].filter(
  (path) => path === '' || !existsSync(path),
)
const [engine] = missing.length > 0 ? [] : await managedEngines()

/** Tables whose rows hold when they were written. */
const WITH_TIMES = new Set(['ir_module_module', 'ir_module_module_dependency', 'ir_model_data'])

test.skipIf(missing.length > 0 || engine === undefined)(
  'conformance 1: pre scripts give the same database by moult in Pyodide and by openupgradelib in CPython (MOULT_TEST_OPENUPGRADELIB)',
  { timeout: 900_000 },
  async () => {
    const folder = await temporaryFolder()
    const opened = await engine?.open()
    if (opened === undefined) throw new Error('no engine')
    try {
      const scripts = join(folder.path, 'openupgrade_scripts')
      // What runs behind a load needs what loading makes.
      await cp(dirname(material.upgradePath), scripts, {
        recursive: true,
        filter: (path) => !/^(post|end)-.*\.py$/.test(basename(path)),
      })
      const upgradePath = join(scripts, 'scripts')
      const files = join(folder.path, 'filestore')
      const run = (name: string, choice: PythonChoice): Promise<Fingerprint> =>
        upgraded(opened.cluster, { name, files, upgradePath, choice })
      const own = await run('own', { interpreter: 'embedded' })
      const theirs = await run('theirs', {
        interpreter: python,
        openupgradelib: material.openupgradelib,
      })
      expect(withoutTimes(own)).toEqual(withoutTimes(theirs))
    } finally {
      await opened.close()
      await folder.remove()
    }
  },
)

async function upgraded(
  cluster: Cluster,
  run: { name: string; files: string; upgradePath: string; choice: PythonChoice },
): Promise<Fingerprint> {
  const { name, files, upgradePath, choice } = run
  const host = { cluster, filestoreRoot: files }
  const progress = new Progress()
  await withBackupFile(material.archive, progress, (backup) =>
    restoreDatabase(host, backup, progress, { name, whereabouts: 'moved' }),
  )
  const request = demoRequest({ python: choice })
  const hops = request.hops.map((hop) => ({ ...hop, upgradePath: [upgradePath] }))
  const setup = { host, progress, events: new Emitter<RunEvents>(), cache: testCache }
  await upgradeDatabase(setup, name, { ...request, hops })
  return cluster.withSession(name, fingerprint)
}

/** Row checksums of tables with times in them say nothing; their numbers of rows do. */
function withoutTimes({ rows, ...rest }: Fingerprint): unknown {
  const counts = Object.entries(rows).map(([table, sum]) => [
    table,
    WITH_TIMES.has(table) ? sum.split(' ')[0] : sum,
  ])
  return { ...rest, rows: Object.fromEntries(counts) }
}
