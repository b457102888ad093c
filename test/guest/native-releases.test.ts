import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOdooGuest } from '../../src/scripts/hosts/python/index.js'
import { embeddedInMemory, testCache, useEngine } from '../support/engines.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'
import { type Heard, odooInterpreters, packageFolders, scopeOn } from './native-support.js'

/** Trees of other releases: MOULT_TEST_ODOO14 and so on name folders with the package `odoo`. */
const RELEASES = ['14', '15', '17', '18'].map((major) => {
  const tree = process.env[`MOULT_TEST_ODOO${major}`] ?? ''
  const missing = !existsSync(join(tree, 'odoo', 'release.py'))
  const note = missing ? ` (skipped: MOULT_TEST_ODOO${major} names no source tree)` : ''
  return { release: `${major}.0`, tree, missing, note }
})

describe.each(odooInterpreters())('sources of other releases in $name', (test) => {
  const cluster = useEngine(embeddedInMemory)
  let folder: TemporaryFolder | undefined
  beforeAll(async () => {
    folder = await temporaryFolder()
  })
  afterAll(async () => {
    await folder?.remove()
  })

  for (const { release, tree, missing, note } of RELEASES)
    it.skipIf(missing || test.unavailable !== undefined)(
      `are imported with base and web: Odoo ${release}${note}`,
      async () => {
        const heard: Heard = { told: [], logs: [], asked: [] }
        await cluster().withSession(cluster().maintenanceDatabase, async (session) => {
          const guest = await createOdooGuest(
            {
              interpreter: test.interpreter,
              release,
              odoo: tree,
              addonsPaths: [join(tree, 'addons'), join(tree, 'odoo', 'addons')].filter(existsSync),
              packages: packageFolders(test),
              filestore: join(folder?.path ?? '', release),
              cacheDirectory: testCache,
            },
            scopeOn(session, heard),
          )
          await guest.close()
        })
        expect(heard.logs.filter(({ level }) => level === 'error' || level === 'critical')).toEqual(
          [],
        )
      },
      300_000,
    )
})
