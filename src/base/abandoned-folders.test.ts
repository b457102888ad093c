import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { removeAbandoned } from './abandoned-folders.js'

test('only folders of processes that are gone are removed', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'moult-abandoned-'))
  const gone = spawnSync(process.execPath, ['--version']).pid
  const names = [`work-${gone}-a`, `work-${process.pid}-b`, 'work-c', `other-${gone}-d`]
  for (const name of names) {
    await mkdir(join(parent, name))
    await writeFile(join(parent, name, 'file'), 'x')
  }
  await removeAbandoned(parent, /^work-(\d+)-/)
  expect((await readdir(parent)).sort()).toEqual([...names.slice(1)].sort())
  await rm(parent, { recursive: true })
})
