import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Findings } from '../../base/index.js'
import { findApriori, readApriori, readAprioriOf } from './read-apriori.js'

const folder = await mkdtemp(join(tmpdir(), 'moult-apriori-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function scripts(name: string, apriori?: string): Promise<string> {
  const path = join(folder, name, 'scripts')
  await mkdir(path, { recursive: true })
  if (apriori !== undefined) await writeFile(join(folder, name, 'apriori.py'), apriori)
  return path
}

test('names are read in order, as they are written', async () => {
  const path = await scripts(
    'good',
    `""" Known changes """
renamed_modules = {
    # odoo
    "b": "c",
    "a": (
        "long_name"
    ),
}
merged_modules = {'gift_card ': 'loyalty'}
renamed_models = {"sale.coupon": "loyalty.card"}
`,
  )
  const findings = new Findings()
  const apriori = await readAprioriOf([await scripts('none'), path], findings)
  expect([...apriori.renamedModules]).toEqual([
    ['b', 'c'],
    ['a', 'long_name'],
  ])
  expect([...apriori.mergedModules]).toEqual([['gift_card ', 'loyalty']])
  expect([...apriori.renamedModels]).toEqual([['sale.coupon', 'loyalty.card']])
  expect([...apriori.mergedModels]).toEqual([])
  expect(findings.list()).toEqual([])
})

test('what is no dict of texts is told and left out', async () => {
  const path = await scripts(
    'odd',
    'renamed_modules = {"a": "b", "c": 1}\nmerged_modules = ["x"]\n',
  )
  const findings = new Findings()
  const apriori = await readAprioriOf([path], findings)
  expect([...apriori.renamedModules]).toEqual([['a', 'b']])
  expect(findings.list().map(({ code, place }) => [code, place?.object])).toEqual([
    ['APRIORI_NOT_READ', 'renamed_modules'],
    ['APRIORI_NOT_READ', 'merged_modules'],
  ])
})

test('without the file nothing is renamed; a file that is named must be there', async () => {
  const findings = new Findings()
  const path = await scripts('empty')
  expect(await findApriori([path])).toBeUndefined()
  expect((await readAprioriOf([path], findings)).renamedModules.size).toBe(0)
  await expect(readApriori(join(path, 'apriori.py'), findings)).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
  })
})
