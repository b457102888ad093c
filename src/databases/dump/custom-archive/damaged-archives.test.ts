import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MoultError } from '../../../base/index.js'
import { archiveFiles } from './fixtures/archive-files.js'
import { readArchiveInfo } from './read-archive-info.js'
import { readCustomArchive } from './read-custom-archive.js'

const store = archiveFiles()
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name))
const MEMORY_LIMIT = 200_000_000

/** Reads everything; returns the number of items or what was thrown. */
async function readAll(bytes: Uint8Array): Promise<unknown> {
  let items = 0
  const path = store(bytes)
  try {
    for await (const item of readCustomArchive(path)) {
      items++
      if (item.kind !== 'copy') continue
      for await (const chunk of item.data) expect(chunk.length).toBeGreaterThan(0)
    }
    return items
  } catch (error) {
    return error
  } finally {
    rmSync(path)
  }
}

test.each([
  // Large objects come last and are not read: a cut within their very end is not noticed.
  { name: 'pg15.dump', unread: 10 },
  { name: 'pg15-piped.dump', unread: 10 },
  { name: 'pg15-uncompressed.dump', unread: 10 },
  { name: 'pg18.dump', unread: 10 },
])('$name cut off anywhere is refused', { timeout: 120_000 }, async ({ name, unread }) => {
  const whole = fixture(name)
  for (let length = 0; length < whole.length - unread; length += 7) {
    expect(await readAll(whole.subarray(0, length))).toMatchObject({
      code: 'ARCHIVE_TRUNCATED',
      tier: 'user',
    })
  }
})

test.each(['pg15.dump', 'pg15-piped.dump', 'pg18.dump'])(
  '%s cut off within its last data is refused before anything is restored',
  async (name) => {
    const path = store(fixture(name).subarray(0, -15))
    await expect(readCustomArchive(path).next()).rejects.toMatchObject({
      code: 'ARCHIVE_TRUNCATED',
      place: { file: path },
    })
  },
)

test('bytes after the end do no harm, as with pg_restore', async () => {
  for (const name of ['pg15.dump', 'pg15-piped.dump']) {
    const whole = fixture(name)
    expect(await readAll(Buffer.concat([whole, Buffer.from('rest')]))).toBe(await readAll(whole))
  }
})

test.each([
  { name: 'a text file', bytes: Buffer.from('-- PostgreSQL database dump') },
  { name: 'a zip', bytes: Buffer.from('PK\x03\x04') },
])('$name is no archive', async ({ bytes }) => {
  expect(await readAll(bytes)).toMatchObject({ code: 'ARCHIVE_UNKNOWN', hint: expect.any(String) })
})

test('neither a missing file nor a folder is an archive', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'moult-archive-'))
  const missing = readCustomArchive(join(folder, 'missing.dump')).next()
  await expect(missing).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE', tier: 'user' })
  const directory = readCustomArchive(folder).next()
  await expect(directory).rejects.toMatchObject({ code: 'ARCHIVE_UNKNOWN' })
  rmSync(folder, { recursive: true })
})

test('a length beyond all measure is damage', async () => {
  const bytes = fixture('pg15.dump')
  const at = bytes.indexOf('CREATE TABLE') - 4
  bytes.writeUInt32LE(0xff_ff_ff_ff, at)
  expect(await readAll(bytes)).toMatchObject({ code: 'ARCHIVE_CORRUPT', tier: 'user' })
})

test('data of another entry are not taken', async () => {
  const bytes = fixture('pg15.dump')
  const { entries } = await readArchiveInfo(store(bytes))
  const [offset = 0] = entries.flatMap(({ data }) => (data.kind === 'placed' ? [data.offset] : []))
  // A block begins with its kind and the number of its entry.
  bytes[offset + 2] = (bytes[offset + 2] ?? 0) ^ 1
  expect(await readAll(bytes)).toMatchObject({
    code: 'ARCHIVE_CORRUPT',
    data: { position: offset },
  })
})

test('rows that do not decompress are damage, with their place', async () => {
  const bytes = fixture('pg15.dump')
  bytes[bytes.indexOf(Buffer.from([0x78, 0x9c])) + 2] = 0xff
  const error = await readAll(bytes)
  expect(error).toMatchObject({ code: 'ARCHIVE_CORRUPT', cause: { code: 'Z_DATA_ERROR' } })
})

test('whatever bytes change, the result is an error of moult or a reading', {
  timeout: 240_000,
}, async () => {
  const originals = ['pg15.dump', 'pg15-piped.dump', 'pg15-inserts.dump', 'pg18.dump'].map(fixture)
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    byte: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.integer({ min: 0, max: 255 })),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...originals),
      fc.array(change, { minLength: 1, maxLength: 5 }),
      fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 4 }),
      async (original, changes, cut) => {
        const bytes = Buffer.from(original)
        for (const { at, byte } of changes) bytes[Math.floor(at * bytes.length)] = byte
        const kept = cut === null ? bytes : bytes.subarray(0, Math.floor(cut * bytes.length))
        const result = await readAll(kept)
        if (typeof result !== 'number') expect(result).toBeInstanceOf(MoultError)
        const { heapUsed, arrayBuffers } = process.memoryUsage()
        expect(heapUsed + arrayBuffers).toBeLessThan(MEMORY_LIMIT)
      },
    ),
    { numRuns: 2000 },
  )
})
