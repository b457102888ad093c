import { readFile, symlink, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { withAtomicFile } from './atomic-file.js'
import { stuckStream } from './fixtures/byte-streams.js'
import { useTempFolder } from './fixtures/temp-folder.js'

const folder = useTempFolder()

test('a file appears only when it is complete', async () => {
  const size = await withAtomicFile(folder.path('dump.sql'), async (output) => {
    await output.write(Buffer.from('SELECT 1;\n'))
    expect(await folder.list()).toEqual([
      expect.stringMatching(/^dump\.sql\.[0-9a-f]{8}\.partial$/),
    ])
    await output.write(Buffer.alloc(1_000_000, '-'))
    return output.size
  })
  expect(size).toBe(1_000_010)
  expect(await folder.list()).toEqual(['dump.sql'])
  expect((await readFile(folder.path('dump.sql'))).length).toBe(size)
})

test('chunks may be reused by whoever wrote them', async () => {
  const chunk = Buffer.alloc(1)
  await withAtomicFile(folder.path('a'), async (output) => {
    for (const letter of 'moult') {
      chunk.write(letter)
      await output.write(chunk)
    }
  })
  expect(await readFile(folder.path('a'), 'utf8')).toBe('moult')
})

test('a file that exists is left alone unless it is to be overwritten', async () => {
  const path = folder.path('dump.sql')
  await writeFile(path, 'old')
  const write = (overwrite: boolean) =>
    withAtomicFile(path, (output) => output.write(Buffer.from('new')), { overwrite })
  await expect(write(false)).rejects.toMatchObject({ code: 'FILE_EXISTS', place: { file: path } })
  expect(await readFile(path, 'utf8')).toBe('old')
  await write(true)
  expect(await readFile(path, 'utf8')).toBe('new')
  expect(await folder.list()).toEqual(['dump.sql'])
})

test('a file that somebody else makes in the meantime is left alone, too', async () => {
  const path = folder.path('dump.sql')
  const writing = withAtomicFile(path, async () => await writeFile(path, 'theirs'))
  await expect(writing).rejects.toMatchObject({ code: 'FILE_EXISTS' })
  expect(await readFile(path, 'utf8')).toBe('theirs')
  expect(await folder.list()).toEqual(['dump.sql'])
})

test('a failed replacement leaves the old file', async () => {
  const path = folder.path('dump.sql')
  await writeFile(path, 'old')
  const writing = withAtomicFile(path, () => Promise.reject(new Error('no')), { overwrite: true })
  await expect(writing).rejects.toThrow('no')
  expect(await readFile(path, 'utf8')).toBe('old')
  expect(await folder.list()).toEqual(['dump.sql'])
})

test('a link stays a link to the file that is replaced', async () => {
  await writeFile(folder.path('real'), 'old')
  await symlink('real', folder.path('link'))
  const write = withAtomicFile(folder.path('link'), (output) => output.write(Buffer.from('new')), {
    overwrite: true,
  })
  await write
  expect(await readFile(folder.path('real'), 'utf8')).toBe('new')
  expect(await folder.list()).toEqual(['link', 'real'])
})

test('cancelling interrupts a source that delivers nothing', async () => {
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 20)
  const writing = withAtomicFile(
    folder.path('dump.sql'),
    (output) => output.writeAll(stuckStream(Buffer.from('a'))),
    { signal: stop.signal },
  )
  await expect(writing).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(await folder.list()).toEqual([])
})

test('a signal that has fired already writes nothing', async () => {
  const writing = withAtomicFile(
    folder.path('dump.sql'),
    (output) => output.write(Buffer.from('a')),
    { signal: AbortSignal.abort() },
  )
  await expect(writing).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(await folder.list()).toEqual([])
})

test('a folder that does not exist is reported', async () => {
  const path = folder.path('missing/dump.sql')
  const writing = withAtomicFile(path, async () => {})
  await expect(writing).rejects.toMatchObject({ code: 'FILE_NOT_FOUND', place: { file: path } })
})
