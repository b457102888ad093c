import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Findings, Progress } from '../../base/index.js'
import { readAddonsTree } from './addons-tree.js'
import { release, releasePy, testFolder } from './fixtures/folders.js'
import { validateAddonsPath } from './validate-addons-path.js'

const folder = await testFolder()
afterAll(() => folder.remove())
const at = (path: string) => join(folder.path, path)
const manifest = (name: string) => `{'name': '${name}', 'license': 'LGPL-3'}`

beforeAll(async () => {
  for (const major of [14, 16]) {
    await folder.write(`odoo${major}/odoo/release.py`, releasePy(major))
    await folder.write(`odoo${major}/odoo/addons/base/__manifest__.py`, manifest('core base'))
    await folder.write(`odoo${major}/addons/sale/__manifest__.py`, manifest('sale'))
    await folder.write(`odoo${major}/addons/sale/__init__.py`, '')
  }
  await folder.write('custom/base/__manifest__.py', manifest('custom base'))
  await folder.write('custom/sale/__manifest__.py', manifest('custom sale'))
  await folder.write('other/sale/__manifest__.py', manifest('other sale'))
  await folder.write('other/sale/migrations/16.0.1.0/pre-x.py', '')
  await folder.write('other/broken/__manifest__.py', 'broken()')
  await folder.write('other/zipped.zip', 'PK')
  await folder.write('other/not_a_module/readme.md', '')
  await folder.write('data/addons/16.0/local/__manifest__.py', manifest('local'))
})

async function read(addonsPath: readonly string[], more: object = {}) {
  const findings = new Findings()
  const options = { addonsPath: addonsPath.map(at), ...more }
  const tree = await readAddonsTree(options, new Progress(), findings)
  const names = [...tree.modules].map(([name, { manifest }]) => [name, manifest?.name])
  return { tree, names: Object.fromEntries(names), findings: findings.list() }
}

const relativeTo = (paths: readonly string[]) => paths.map((path) => relative(folder.path, path))

describe('the modules of an addons path', () => {
  test('scenario 14: the first folder wins; migrations of another copy count from 15 on', async () => {
    const { tree, names } = await read(['custom', 'other', 'odoo16'])
    expect(names.sale).toBe('custom sale')
    expect(relativeTo(await tree.findAll('sale', 'migrations'))).toEqual(['other/sale/migrations'])
    const on14 = await read(['custom', 'other', 'odoo14'])
    expect(await on14.tree.findAll('sale', 'migrations')).toEqual([])
    expect(relativeTo(await on14.tree.findAll('sale', '__manifest__.py'))).toEqual([
      'custom/sale/__manifest__.py',
    ])
  })

  test.each(['odoo16', 'odoo16/addons', 'odoo16/odoo/addons'])(
    'scenario 15: no custom module replaces a core module (%s)',
    async (entry) => {
      const { tree, names } = await read(['custom', entry])
      expect(tree.release.series).toBe('16.0')
      expect(names.base).toBe('core base')
      expect(relativeTo(tree.folders)[0]).toBe('odoo16/odoo/addons')
    },
  )

  test("the data directory's modules come behind the core, before the addons path", async () => {
    const { tree } = await read(['custom', 'odoo16'], { dataDir: at('data') })
    expect(relativeTo(tree.folders)).toEqual([
      'odoo16/odoo/addons',
      'data/addons/16.0',
      'custom',
      'odoo16/addons',
    ])
    expect(tree.modules.has('local')).toBe(true)
  })

  test('problems are told: broken manifests, zips, folders that are missing', async () => {
    const { tree, findings } = await read(['other', 'odoo16', 'nowhere'])
    expect(tree.modules.get('broken')?.problem?.code).toBe('MODULE_MANIFEST_INVALID')
    expect(tree.modules.has('not_a_module')).toBe(false)
    expect(findings.map(({ code }) => code).toSorted()).toEqual([
      'ADDONS_FOLDER_MISSING',
      'ADDON_ZIPPED',
    ])
  })

  test('the release must be known, and be one only', async () => {
    await expect(read(['custom'])).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' })
    await expect(read(['odoo14', 'odoo16'])).rejects.toMatchObject({ code: 'RELEASE_MISMATCH' })
    const other = read(['odoo16'], { release: release('15.0') })
    await expect(other).rejects.toMatchObject({ code: 'RELEASE_MISMATCH' })
    expect((await read(['custom'], { release: release('15.0') })).names.base).toBe('custom base')
  })
})

describe('--addons-path on the command line', () => {
  test('folders with modules are accepted, and roots of source trees', async () => {
    const entries = ['odoo16/addons', 'odoo16', 'odoo16/addons'].map(at)
    expect(await validateAddonsPath(entries)).toEqual(['odoo16/addons', 'odoo16'].map(at))
  })

  test.each([
    ['nowhere', 'no such directory'],
    ['data', 'is not a valid addons directory'],
    ['custom', 'is not a valid addons directory'],
  ])('%s is refused: %s', async (entry, text) => {
    await expect(validateAddonsPath([at('odoo16/addons'), at(entry)])).rejects.toMatchObject({
      code: 'ADDONS_PATH_INVALID',
      message: expect.stringContaining(text),
    })
  })
})

const odoo16 = process.env.MOULT_TEST_ODOO16 ?? ''
test.skipIf(!existsSync(join(odoo16, 'odoo/release.py')))(
  'all modules of a real release are read in under a second (MOULT_TEST_ODOO16)',
  async () => {
    // Of the processor, not of the clock: that also counts what else the machine does.
    const start = process.cpuUsage()
    const tree = await readAddonsTree({ addonsPath: [odoo16] }, new Progress(), new Findings())
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(1000)
    expect(tree.modules.get('base')?.manifest).toMatchObject({ version: '16.0.1.3' })
    expect([...tree.modules.values()].filter(({ problem }) => problem !== undefined)).toEqual([])
  },
)
