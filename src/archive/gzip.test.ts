import { readFile, stat, writeFile } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collect, failingStream, streamOf } from './fixtures/byte-streams.js'
import { useTempFolder } from './fixtures/temp-folder.js'
import { gunzipFile } from './gunzip-file.js'
import { gzipTo } from './gzip-to.js'

const folder = useTempFolder()
const DUMP = Buffer.from(
  Array.from({ length: 40_000 }, (_, index) => `${index}\tres.partner\t${index ** 3}\n`).join(''),
)

async function gunzip(bytes: Uint8Array): Promise<Buffer> {
  await writeFile(folder.path('dump.sql.gz'), bytes)
  return await collect(gunzipFile(folder.path('dump.sql.gz')))
}

test('what is written is what is read, whatever it is', async () => {
  const path = folder.path('any.gz')
  const anyChunks = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(anyChunks, async (chunks) => {
      const bytes = Buffer.concat(chunks)
      const statistics = await gzipTo(path, streamOf(...chunks), { overwrite: true })
      expect(statistics).toEqual({ bytes: bytes.length, fileSize: (await stat(path)).size })
      expect(gunzipSync(await readFile(path))).toEqual(bytes)
      expect(await collect(gunzipFile(path))).toEqual(bytes)
    }),
    { numRuns: 40 },
  )
})

test('all members of a file are read', async () => {
  const members = [gzipSync('one, '), gzipSync('two, '), gzipSync(DUMP)]
  const content = Buffer.concat([Buffer.from('one, two, '), DUMP])
  expect((await gunzip(Buffer.concat(members))).equals(content)).toBe(true)
})

test('a file cut anywhere is truncated, not corrupt', async () => {
  const whole = gzipSync('SELECT 1;')
  for (let length = 0; length < whole.length; length += 1) {
    const reading = gunzip(whole.subarray(0, length))
    await expect(reading, `${length} bytes`).rejects.toMatchObject({ code: 'GZIP_TRUNCATED' })
  }
})

const whole = gzipSync(DUMP)
const changed = (at: number): Buffer => {
  const copy = Buffer.from(whole)
  const index = at < 0 ? copy.length + at : at
  copy[index] = (copy[index] ?? 0) ^ 0x55
  return copy
}

test.each([
  { what: 'no gzip file', bytes: Buffer.from('SELECT 1;') },
  { what: 'a wrong header', bytes: changed(2) },
  { what: 'a wrong checksum', bytes: changed(-8) },
  { what: 'a wrong length', bytes: changed(-1) },
  { what: 'wrong content', bytes: changed(whole.length >> 1) },
])('$what is corrupt', async ({ bytes }) => {
  await expect(gunzip(bytes)).rejects.toMatchObject({
    code: 'GZIP_CORRUPT',
    place: { file: folder.path('dump.sql.gz') },
    hint: expect.any(String),
  })
})

test('reading can stop early', async () => {
  await writeFile(folder.path('dump.sql.gz'), whole)
  for await (const chunk of gunzipFile(folder.path('dump.sql.gz'))) {
    expect(chunk.length).toBeGreaterThan(0)
    break
  }
})

test('a missing file is reported as one', async () => {
  const reading = collect(gunzipFile(folder.path('missing')))
  await expect(reading).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
})

test('a source that fails leaves no file', async () => {
  const source = failingStream(DUMP, new Error('connection lost'))
  await expect(gzipTo(folder.path('a.gz'), source)).rejects.toThrow('connection lost')
  expect(await folder.list()).toEqual([])
})
