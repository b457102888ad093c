import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { completeRequest, type UpgradeRequest } from '../../../upgrade/planning/index.js'
import { checkCheckpoints, checkRequest } from './check-request.js'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moult-check-'))
  await writeFile(join(folder, 'there.zip'), '')
  await mkdir(join(folder, 'library', 'openupgradelib'), { recursive: true })
  await writeFile(join(folder, 'library', 'openupgradelib', '__init__.py'), '')
})
afterAll(() => rm(folder, { recursive: true }))

const check = (given: Partial<UpgradeRequest>, overwrite = false): Promise<void> =>
  checkRequest(completeRequest({ source: 'acme', hops: [], ...given }), overwrite)

test.each([
  ['there.zip', 'FILE_EXISTS'],
  ['new.rar', 'BACKUP_FORMAT_UNKNOWN'],
  ['absent/new.zip', 'FILE_NOT_FOUND'],
])('-o %s is refused before anything is copied', async (file, code) => {
  await expect(check({ output: join(folder, file) })).rejects.toMatchObject({ code })
})

test('a new file, or one that is to be replaced, is fine', async () => {
  await check({ output: join(folder, 'new.zip') })
  await check({ output: join(folder, 'there.zip') }, true)
})

test('an interpreter and a library must be there', async () => {
  const python = (interpreter: string, openupgradelib?: string) =>
    check({ python: { interpreter, ...(openupgradelib && { openupgradelib }) } })
  await expect(python(join(folder, 'python'))).rejects.toMatchObject({ code: 'PYTHON_NOT_FOUND' })
  await expect(python('embedded', folder)).rejects.toMatchObject({ code: 'LIBRARY_UNKNOWN' })
  await python('python3', join(folder, 'library'))
  await python('embedded', join(folder, 'library', 'openupgradelib'))
})

test('a checkpoint before a module that the plan does not touch is refused', () => {
  const sale = {
    name: 'sale',
    fate: 'upgrade',
    installedVersion: null,
    targetVersion: null,
  } as const
  const loader = { choice: 'none', reason: '' } as const
  const hop = {
    from: '16.0',
    to: '17.0',
    profile: 'odoo',
    loader,
    steps: [],
    decisions: [],
  } as const
  const plan = { source: 'acme', hops: [{ ...hop, modules: [sale], findings: [] }] }
  for (const named of [undefined, 'all', 'sale']) {
    expect(() => checkCheckpoints(plan, named)).not.toThrow()
  }
  expect(() => checkCheckpoints(plan, 'sale,crm')).toThrow('the plan has no crm')
})
