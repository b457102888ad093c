import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readReleaseOf } from './read-release-of.js'

const folder = await mkdtemp(join(tmpdir(), 'moult-release-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function tree(name: string, content: string): Promise<string> {
  await mkdir(join(folder, name, 'odoo'), { recursive: true })
  await writeFile(join(folder, name, 'odoo/release.py'), content)
  return join(folder, name)
}

test.each([
  ["RELEASE_LEVELS = []\nversion_info = (16, 0, 0, FINAL, 0, '')\n", '16.0', 16, 0],
  ["version_info = ('saas~17', 2, 0, FINAL, 0, '')\n", 'saas~17.2', 17, 2],
])('%j is of its release', async (content, series, major, minor) => {
  const root = await tree(series, content)
  expect(await readReleaseOf(root)).toEqual({ series, major, minor })
  expect(await readReleaseOf(join(root, 'odoo'))).toEqual({ series, major, minor })
})

test('a folder without the file, or with another one, is no source tree', async () => {
  const strange = await tree('strange', 'version_info = compute()\n')
  for (const path of [folder, strange]) {
    await expect(readReleaseOf(path)).rejects.toMatchObject({ code: 'NOT_A_SOURCE_TREE' })
  }
})
