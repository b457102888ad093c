import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testFolder } from './fixtures/test-folder.js'
import { validateUpgradePath } from './upgrade-path.js'

const folder = await testFolder()
afterAll(() => folder.remove())
const at = (path: string) => join(folder.path, path)

beforeAll(async () => {
  await folder.write('good/scripts/sale/16.0.1.0/end-x.py', '')
  await folder.write('other/sale/16.0.1.0/pre-x.sql', '')
  await folder.write('another/sale/16.0.1.0/post-x.ts', '')
  await folder.write('tests/sale/16.0.1.0/test_x.py', '')
  await folder.write('prefoo/sale/16.0.1.0/prefoo.py', '')
  await folder.write('addons/sale/migrations/16.0.1.0/pre-x.py', '')
  await folder.write('hidden/.sale/16.0.1.0/pre-x.py', '')
})

test('scenario 43: a folder above modules with scripts is valid; duplicates are dropped', async () => {
  const good = at('good/scripts')
  expect(await validateUpgradePath([good, good])).toEqual([good])
})

test('scripts in SQL and TypeScript make a folder valid, too', async () => {
  const folders = [at('other'), at('another')]
  expect(await validateUpgradePath(folders)).toEqual(folders)
})

test.each([
  ['one level too high', 'good', 'is not a valid upgrade directory'],
  ['one level too low', 'good/scripts/sale', 'is not a valid upgrade directory'],
  ['an addons folder', 'addons', 'is not a valid upgrade directory'],
  ['only tests', 'tests', 'is not a valid upgrade directory'],
  ['prefoo.py', 'prefoo', 'is not a valid upgrade directory'],
  ['only hidden folders', 'hidden', 'is not a valid upgrade directory'],
  ['a file', 'good/scripts/sale/16.0.1.0/end-x.py', 'no such directory'],
  ['nothing', 'absent', 'no such directory'],
])('scenario 43: %s is refused, also beside a good one', async (_, path, text) => {
  await expect(validateUpgradePath([at('good/scripts'), at(path)])).rejects.toMatchObject({
    code: 'UPGRADE_PATH_INVALID',
    name: 'UsageError',
    message: expect.stringContaining(text),
  })
})
