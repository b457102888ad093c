import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Progress } from '../../../base/index.js'
import { readEnvironment } from '../../../config/index.js'
import type { CommandContext, GivenOptions } from '../../command.js'
import { upgradeSource } from './upgrade-source.js'

const context: CommandContext = {
  environment: readEnvironment({ HOME: '/nowhere' }),
  progress: new Progress(),
  confirm: async () => false,
  announce: () => {},
  writeLine: () => {},
  stream: undefined,
}
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moult-source-'))
  await writeFile(join(folder, 'acme_2026-11-20_10-00-00.zip'), '')
  await mkdir(join(folder, 'acme'))
  await mkdir(join(folder, 'dumped'))
  await writeFile(join(folder, 'dumped', 'toc.dat'), '')
  await mkdir(join(folder, 'project'))
})
afterAll(() => rm(folder, { recursive: true }))

async function sourceOf(args: readonly string[], options: GivenOptions = {}, at = '') {
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(join(folder, at))
  try {
    return await upgradeSource({ args, options }, context)
  } finally {
    cwd.mockRestore()
  }
}

test('a file is a backup, and its time is no part of its name', async () => {
  const file = join(folder, 'acme_2026-11-20_10-00-00.zip')
  expect(await sourceOf([file])).toEqual({ kind: 'file', file, name: 'acme' })
})

test('a folder is one when pg_dump wrote it; else its name may be that of a database', async () => {
  expect(await sourceOf([join(folder, 'dumped')])).toMatchObject({ kind: 'file' })
  expect(await sourceOf(['acme'])).toEqual({ kind: 'database', name: 'acme' })
})

test.each([
  [['nothing.zip'], {}, { kind: 'file', file: 'nothing.zip', name: 'nothing' }],
  [['acme'], { database: 'acme' }, { kind: 'database', name: 'acme' }],
  [[], { database: 'x.zip' }, { kind: 'database', name: 'x.zip' }],
  [
    ['postgresql://odoo@db.example.com:5433/my%20db'],
    {},
    { kind: 'database', name: 'my db', url: 'postgresql://odoo@db.example.com:5433/my%20db' },
  ],
])('%j with %j', async (args, options, expected) => {
  expect(await sourceOf(args, options)).toEqual(expected)
})

test.each([
  [[], {}, 'SOURCE_MISSING'],
  [['postgresql://odoo@db.example.com/'], {}, 'SOURCE_MISSING'],
  [['a.zip'], { database: 'b' }, 'SOURCE_AMBIGUOUS'],
])('%j with %j is refused', async (args, options, code) => {
  await expect(sourceOf(args, options)).rejects.toMatchObject({ code })
})

test('the project names the source where the command does not; its files are relative to it', async () => {
  const config = join(folder, 'project', 'moult.config.json')
  await writeFile(config, '{ "source": "../acme.zip" }')
  const file = join(folder, 'acme.zip')
  expect(await sourceOf([], {}, 'project')).toEqual({ kind: 'file', file, name: 'acme' })
  expect(await sourceOf(['other'], {}, 'project')).toEqual({ kind: 'database', name: 'other' })
  await writeFile(config, '{ "source": "acme" }')
  expect(await sourceOf([], {}, 'project')).toEqual({ kind: 'database', name: 'acme' })
})
