import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../../../../test/support/temporary-folder.js'
import { readEnvironment } from '../../../config/index.js'
import { packageNeeds } from '../../../odoo/packages/index.js'
import { checkPackages } from './check-packages.js'

let folder: TemporaryFolder

beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => folder.remove())

const environment = () => readEnvironment({ MOULT_CACHE: folder.path, HOME: folder.path })

async function place(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const file = join(folder.path, 'python-packages/18.0/site', name, '__init__.py')
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, '')
  }
}

it('all that is required is there: nothing is to be done', async () => {
  await place(packageNeeds(18).map(({ name }) => name))
  const [check] = await checkPackages(environment())
  expect(check).toMatchObject({ name: 'Python packages for 18.0', state: 'ok' })
})

it('packages of each release whose source is known are looked for', async () => {
  const found = await checkPackages(environment())
  expect(found.map(({ name }) => name)).toEqual(['Python packages for 18.0'])
  expect(found[0]?.found).toMatch(/^\d+ of \d+$/)
})
