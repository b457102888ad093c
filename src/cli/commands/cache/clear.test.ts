import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Progress } from '../../../base/index.js'
import { readEnvironment } from '../../../config/index.js'
import type { CommandContext } from '../../command.js'
import { checkCache } from '../doctor/check-cache.js'
import { clearCacheCommand } from './clear.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moult-cache-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(part: string, name: string, bytes: number): Promise<void> {
  await mkdir(join(folder, part), { recursive: true })
  await writeFile(join(folder, part, name), Buffer.alloc(bytes))
}

function context(): CommandContext {
  return {
    environment: readEnvironment({ MOULT_CACHE: folder, MOULT_HOME: folder }),
    progress: new Progress(),
    confirm: async () => true,
    announce: () => undefined,
    writeLine: () => undefined,
    stream: undefined,
  }
}

test('what was made is removed, what was fetched stays', async () => {
  await write('parsed/python-1/ab', 'cd', 1000)
  await write('parsed/python-1/ab', 'ef', 500)
  await write('sources/16.0', 'x', 10)
  await write('python-packages/16.0', 'x', 10)
  const { data } = await clearCacheCommand({ args: [], options: {} }, context())
  expect(data).toMatchObject({ cleared: [{ name: 'parsed', files: 2, bytes: 1500 }] })
  expect((await readdir(folder)).sort()).toEqual(['python-packages', 'sources'])
})

test('there may be nothing to clear', async () => {
  await rm(folder, { recursive: true })
  const { data } = await clearCacheCommand({ args: [], options: {} }, context())
  expect(data).toMatchObject({ cleared: [] })
})

test('doctor shows every part', async () => {
  expect((await checkCache(folder)).found).toBe(`${folder}, empty`)
  await write('parsed', 'x', 1000)
  await write('sources', 'y', 2000)
  expect((await checkCache(folder)).found).toBe(
    `${folder}, parsed: 1 file, 1.00 kB; sources: 1 file, 2.00 kB`,
  )
})
