import { spawnSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { OutsideError } from '../../base/index.js'
import { collect, failingStream, streamOf, stuckStream } from '../fixtures/byte-streams.js'
import { isInstalled } from '../fixtures/outside-programs.js'
import { useTempFolder } from '../fixtures/temp-folder.js'
import { verifyZip } from './verify-zip.js'
import { withZip } from './with-zip.js'
import { writeZip } from './write-zip.js'

const folder = useTempFolder()
const MEGABYTE = Buffer.alloc(1_000_000, 'text, text, ')

test('a file that cannot be read leaves the archive as it was', async () => {
  const path = folder.path('backup.zip')
  await writeZip(path, async (zip) => {
    await zip.addBuffer('a', Buffer.from('a'))
    await expect(zip.addFile('b', folder.path('missing'))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      place: { file: folder.path('missing') },
    })
    await zip.addBuffer('b', Buffer.from('after all'))
  })
  expect(await verifyZip(path)).toEqual({ entries: 2, bytes: 10 })
})

test('calls that are not awaited are written in their order', async () => {
  const path = folder.path('backup.zip')
  await writeZip(path, async (zip) => {
    await Promise.all(
      ['a', 'b', 'c'].map((name) => zip.addStream(name, () => streamOf(MEGABYTE, name))),
    )
  })
  await withZip(path, async ({ entries }) => expect([...entries.keys()]).toEqual(['a', 'b', 'c']))
})

test.each([
  { what: 'a name twice', names: ['a', 'a'], code: 'ZIP_DUPLICATE_ENTRY' },
  { what: 'a name outside', names: ['../a'], code: 'ZIP_UNSAFE_NAME' },
  { what: 'a folder', names: ['a/'], code: 'ZIP_UNSAFE_NAME' },
  { what: 'a long name', names: ['a'.repeat(70_000)], code: 'ZIP_UNSAFE_NAME' },
])('$what is refused', async ({ names, code }) => {
  const writing = writeZip(folder.path('backup.zip'), async (zip) => {
    for (const name of names) await zip.addBuffer(name, Buffer.from(name))
  })
  await expect(writing).rejects.toMatchObject({ code })
  expect(await folder.list()).toEqual([])
})

describe('nothing is left behind', () => {
  test('when a content fails half-way, even if nobody looks', async () => {
    const writing = writeZip(folder.path('backup.zip'), async (zip) => {
      const failing = failingStream(MEGABYTE, new Error('connection lost'))
      await zip.addStream('dump.sql', failing).catch(() => {})
    })
    await expect(writing).rejects.toThrow('connection lost')
    expect(await folder.list()).toEqual([])
  })

  test('when the caller fails', async () => {
    const writing = writeZip(folder.path('backup.zip'), async (zip) => {
      await zip.addBuffer('a', MEGABYTE)
      throw new Error('changed my mind')
    })
    await expect(writing).rejects.toThrow('changed my mind')
    expect(await folder.list()).toEqual([])
  })

  test.each([
    { what: 'before its first byte', first: Buffer.from('few') },
    { what: 'in the middle', first: MEGABYTE },
  ])('when cancelled while a content is stuck $what', async ({ first }) => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    const path = folder.path('backup.zip')
    const writing = writeZip(path, (zip) => zip.addStream('a', stuckStream(first)).then(() => {}), {
      signal: stop.signal,
    })
    await expect(writing).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(await folder.list()).toEqual([])
  })

  test('when cancelled between two entries', async () => {
    const stop = new AbortController()
    const path = folder.path('backup.zip')
    const writing = writeZip(
      path,
      async (zip) => {
        await zip.addBuffer('a', MEGABYTE)
        stop.abort()
      },
      { signal: stop.signal },
    )
    await expect(writing).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(await folder.list()).toEqual([])
  })
})

test('a content is told when nobody reads on', async () => {
  let closed = false
  async function* source() {
    try {
      for (;;) yield MEGABYTE
    } finally {
      closed = true
    }
  }
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 50)
  const writing = writeZip(
    folder.path('backup.zip'),
    (zip) => zip.addStream('a', source()).then(() => {}),
    { signal: stop.signal },
  )
  await expect(writing).rejects.toMatchObject({ code: 'CANCELLED' })
  await expect.poll(() => closed).toBe(true)
})

const full = await stat('/dev/full').catch(() => undefined)

test.skipIf(full === undefined).each(['store', 1] as const)(
  'a full disk is reported as one, with the path (%s)',
  async (compress) => {
    async function* endless() {
      for (;;) yield MEGABYTE
    }
    const writing = writeZip('/dev/full', async (zip) => {
      await zip.addStream('dump.sql', endless(), { compress })
    })
    const error: unknown = await writing.catch((reason) => reason)
    expect(error).toBeInstanceOf(OutsideError)
    expect(error).toMatchObject({ code: 'DISK_FULL', place: { file: '/dev/full' } })
  },
)

test.skipIf(!isInstalled('mkfifo'))('a pipe gets an archive without looking back', async () => {
  const pipe = folder.path('pipe')
  spawnSync('mkfifo', [pipe])
  const received = collect(createReadStream(pipe))
  await writeZip(pipe, async (zip) => {
    await zip.addStream('dump.sql', streamOf(MEGABYTE, MEGABYTE))
    await zip.addBuffer('manifest.json', Buffer.from('{}'))
  })
  await writeFile(folder.path('received.zip'), await received)
  expect(await verifyZip(folder.path('received.zip'))).toEqual({ entries: 2, bytes: 2_000_002 })
})

test('a folder is no file to write to', async () => {
  await mkdir(folder.path('folder'))
  const writing = writeZip(folder.path('folder'), async () => {})
  await expect(writing).rejects.toMatchObject({ code: 'FILE_NOT_WRITABLE' })
})

test('an archive without entries is a valid one', async () => {
  const path = folder.path('empty.zip')
  expect(await writeZip(path, async () => {})).toEqual({ entries: 0, bytes: 0, fileSize: 22 })
  expect(await verifyZip(path)).toEqual({ entries: 0, bytes: 0 })
  expect((await readFile(path)).subarray(0, 4)).toEqual(Buffer.from('PK\x05\x06'))
})
