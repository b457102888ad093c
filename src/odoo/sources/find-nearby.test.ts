import { relative } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findNearby } from './find-nearby.js'
import { repositories, writeOdoo, writeOpenUpgrade } from './fixtures/repositories.js'

const at = await repositories()
afterAll(() => at.remove())

test('source trees, OpenUpgrade and folders of modules are found with their releases', async () => {
  await writeOdoo(at, 'src/odoo', 16)
  await writeOpenUpgrade(at, 'src/OpenUpgrade', 16)
  await at.write('custom/a/__manifest__.py', "{'version': '16.0.1.0.0'}")
  await at.write('custom/b/__manifest__.py', "{'version': '16.0.2.0.0'}")
  await at.write('custom/c/__manifest__.py', 'broken(')
  await at.write('plain/d/__manifest__.py', "{'version': '1.0'}")
  await at.write('node_modules/e/f/__manifest__.py', '{}')
  await at.write('deep/er/still/g/__manifest__.py', '{}')
  const found = await findNearby(at.path)
  expect(
    found.map(({ kind, folder, series }) => [kind, relative(at.path, folder), series]),
  ).toEqual([
    ['addons', 'custom', '16.0'],
    ['addons', 'plain', undefined],
    ['openupgrade', 'src/OpenUpgrade', '16.0'],
    ['odoo', 'src/odoo', '16.0'],
  ])
})
