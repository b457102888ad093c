import { mkdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { readError, UserError, writeError } from '../base/index.js'
import { useTempFolder } from './fixtures/temp-folder.js'
import { withInputFile } from './input-file.js'

const folder = useTempFolder()
const systemError = (code: string): Error => Object.assign(new Error(`${code}: no`), { code })

test.each([
  ['ENOENT', 'FILE_NOT_FOUND', 'FILE_NOT_FOUND', 'user', 'user'],
  ['ENOTDIR', 'FILE_NOT_FOUND', 'FILE_NOT_FOUND', 'user', 'user'],
  ['EISDIR', 'FILE_UNREADABLE', 'FILE_NOT_WRITABLE', 'user', 'user'],
  ['EACCES', 'FILE_UNREADABLE', 'FILE_NOT_WRITABLE', 'user', 'user'],
  ['EROFS', 'READ_FAILED', 'FILE_NOT_WRITABLE', 'outside', 'user'],
  ['ENOSPC', 'READ_FAILED', 'DISK_FULL', 'outside', 'outside'],
  ['EDQUOT', 'READ_FAILED', 'DISK_FULL', 'outside', 'outside'],
  ['EIO', 'READ_FAILED', 'WRITE_FAILED', 'outside', 'outside'],
])('%s is %s when reading and %s when writing', (code, reading, writing, readTier, writeTier) => {
  const cause = systemError(code)
  const details = { place: { file: '/srv/a' }, hint: expect.any(String), cause }
  expect(readError(cause, '/srv/a')).toMatchObject({ code: reading, tier: readTier, ...details })
  expect(writeError(cause, '/srv/a')).toMatchObject({ code: writing, tier: writeTier, ...details })
})

test('an error that already explains itself stays what it is', () => {
  const error = new UserError('ZIP_CORRUPT', 'damaged')
  expect(readError(error, 'a')).toBe(error)
  expect(writeError(error, 'a')).toBe(error)
})

test('a missing file and a folder are told apart', async () => {
  await mkdir(folder.path('folder'))
  const read = (name: string) => withInputFile(folder.path(name), (file) => file.read(0, 1))
  await expect(read('missing')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  await expect(read('folder')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  await expect(read('folder')).rejects.toThrow('is a folder')
})
