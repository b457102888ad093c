import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listCache, trimParsed } from '../../src/cache/index.js'
import { CancelledError, Progress, readRelease } from '../../src/index.js'
import { BASE } from '../support/load-registry.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'

const RELEASE = { series: '16.0', major: 16, minor: 0 }
let folder: TemporaryFolder

beforeEach(async () => {
  folder = await temporaryFolder()
  const files = {
    ...BASE,
    'base/__manifest__.py': "{'license': 'LGPL-3'}",
    'a/__manifest__.py': "{'license': 'LGPL-3', 'depends': ['base']}",
    'a/__init__.py': 'from odoo import fields, models\nclass A(models.Model):\n    _name = "a"\n',
    'b/__manifest__.py': "{'license': 'LGPL-3', 'depends': ['a'], 'installable': False}",
    'b/__init__.py': '',
    'c/__manifest__.py': "{'license': 'LGPL-3', 'depends': ['base']}",
    'c/__init__.py': '',
  }
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder.path, 'addons', name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
})

afterEach(() => folder.remove())

const options = () => ({ addonsPath: [join(folder.path, 'addons')], release: RELEASE })
const cacheDirectory = () => join(folder.path, 'cache')

test('all installable modules, or those asked for with what they need', async () => {
  expect((await readRelease(options())).order).toEqual(['base', 'a', 'c'])
  expect((await readRelease({ ...options(), modules: ['a'] })).order).toEqual(['base', 'a'])
  const { order, findings } = await readRelease({ ...options(), modules: ['b', 'nowhere'] })
  expect(order).toEqual(['base', 'a'])
  expect(findings.map(({ data }) => data)).toEqual([
    { module: 'b', reason: 'not-installable' },
    { module: 'nowhere', reason: 'missing' },
  ])
})

test('threads read the same as this one', async () => {
  const [here, there] = await Promise.all([
    readRelease({ ...options(), threads: 0 }),
    readRelease({ ...options(), threads: 2 }),
  ])
  expect(there.modules).toEqual(here.modules)
  expect(here.facts).toMatchObject({ modules: 3, files: 3, cached: 0 })
})

test('what was read once comes from the cache, whatever happened to it', async () => {
  const first = await readRelease({ ...options(), cacheDirectory: cacheDirectory() })
  const second = await readRelease({ ...options(), cacheDirectory: cacheDirectory() })
  expect(second.facts).toMatchObject({ files: 3, cached: 3 })
  expect(second.modules).toEqual(first.modules)
  for (const [at, entry] of (await entries()).entries()) {
    if (at === 0) await writeFile(entry, 'something else')
    else await truncate(entry, at === 1 ? 0 : 20)
  }
  const third = await readRelease({ ...options(), cacheDirectory: cacheDirectory() })
  expect(third.facts).toMatchObject({ files: 3, cached: 0 })
  expect(third.modules).toEqual(first.modules)
})

test('a file that changes is read again, the others are not', async () => {
  await readRelease({ ...options(), cacheDirectory: cacheDirectory() })
  const file = join(folder.path, 'addons/a/__init__.py')
  await writeFile(file, `${await readFile(file, 'utf8')}    x = fields.Char()\n`)
  const { facts, modules } = await readRelease({ ...options(), cacheDirectory: cacheDirectory() })
  expect(facts).toMatchObject({ files: 3, cached: 2 })
  expect(modules.get('a')?.classes[0]?.fields).toHaveLength(1)
})

test('readers side by side share a cache', async () => {
  const reads = Array.from({ length: 4 }, () =>
    readRelease({ ...options(), cacheDirectory: cacheDirectory(), threads: 1 }),
  )
  const [first, ...others] = await Promise.all(reads)
  for (const other of others) expect(other.modules).toEqual(first?.modules)
  expect(
    (await entries()).every((entry) => /^[0-9a-f]{38}$/.test(entry.split('/').at(-1) ?? '')),
  ).toBe(true)
})

test('the cache stays within its limit, oldest entries go first', async () => {
  await readRelease({ ...options(), cacheDirectory: cacheDirectory() })
  const [{ bytes = 0 } = {}] = await listCache(cacheDirectory())
  await trimParsed(cacheDirectory(), bytes)
  expect(await entries()).toHaveLength(3)
  await trimParsed(cacheDirectory(), bytes - 1)
  expect((await entries()).length).toBeLessThan(3)
})

test('it can be cancelled', async () => {
  const abort = new AbortController()
  abort.abort()
  const read = readRelease({ ...options(), progress: new Progress(abort.signal) })
  await expect(read).rejects.toBeInstanceOf(CancelledError)
})

async function entries(): Promise<readonly string[]> {
  const found = await readdir(join(cacheDirectory(), 'parsed'), {
    recursive: true,
    withFileTypes: true,
  })
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
