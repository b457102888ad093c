import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { locateModules } from './addons-path.js'

const folder = await mkdtemp(join(tmpdir(), 'moult-addons-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function file(path: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), '{}')
}

test('the first folder of the path that holds a module wins; a source tree stands for its addons', async () => {
  await file('tree/odoo/release.py')
  await file('tree/odoo/addons/base/__manifest__.py')
  await file('tree/addons/sale/__manifest__.py')
  await file('own/sale/__manifest__.py')
  await file('own/no_module/readme.md')
  const found = await locateModules([join(folder, 'own'), join(folder, 'tree')])
  expect(Object.fromEntries(found)).toEqual({
    sale: join(folder, 'own/sale'),
    base: join(folder, 'tree/odoo/addons/base'),
  })
})

test('a path that is no folder is refused', async () => {
  const missing = join(folder, 'nowhere')
  await expect(locateModules([missing])).rejects.toMatchObject({ code: 'ADDONS_PATH_UNKNOWN' })
})
