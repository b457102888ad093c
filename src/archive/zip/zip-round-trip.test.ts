import { randomBytes } from 'node:crypto'
import { stat, writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Progress } from '../../base/index.js'
import type { Compression } from '../compression.js'
import { collect, streamOf } from '../fixtures/byte-streams.js'
import { isInstalled, outputOf } from '../fixtures/outside-programs.js'
import { useTempFolder } from '../fixtures/temp-folder.js'
import { nameProblem } from './entry-name.js'
import { verifyZip } from './verify-zip.js'
import { withZip } from './with-zip.js'
import { writeZip } from './write-zip.js'

const folder = useTempFolder()

const TEXT = Buffer.from(
  Array.from({ length: 40_000 }, (_, index) => `${index}\tres.partner\t${index * 7}\n`).join(''),
)
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(300_000)])

const anyName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((name) => nameProblem(name) === undefined && !name.endsWith('/'))
const anyCompression = fc.constantFrom<Compression>('auto', 'store', 1, 6, 9)
const anyFile = fc.record({
  name: anyName,
  chunks: fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 5 }),
  compress: anyCompression,
  way: fc.constantFrom('buffer', 'stream', 'file'),
})
const anyFiles = fc.uniqueArray(anyFile, { selector: ({ name }) => name, maxLength: 8 })

test('what is written is what is read, whatever the names and contents', async () => {
  const path = folder.path('any.zip')
  await fc.assert(
    fc.asyncProperty(anyFiles, async (files) => {
      const statistics = await writeZip(
        path,
        async (zip) => {
          for (const { name, chunks, compress, way } of files) {
            const bytes = Buffer.concat(chunks)
            if (way === 'buffer') await zip.addBuffer(name, bytes, { compress })
            if (way === 'stream') await zip.addStream(name, streamOf(...chunks), { compress })
            if (way === 'file') {
              await writeFile(folder.path('source'), bytes)
              await zip.addFile(name, folder.path('source'), { compress })
            }
          }
        },
        { overwrite: true },
      )
      expect(statistics.fileSize).toBe((await stat(path)).size)
      expect(statistics.entries).toBe(files.length)
      await withZip(path, async (zip) => {
        expect([...zip.entries.keys()]).toEqual(files.map(({ name }) => name))
        for (const { name, chunks } of files) {
          expect(await collect(zip.read(name))).toEqual(Buffer.concat(chunks))
        }
      })
    }),
    { numRuns: 60 },
  )
})

async function writeSample(path: string): Promise<void> {
  await writeFile(folder.path('image'), PNG)
  await writeZip(path, async (zip) => {
    await zip.addStream('dump.sql', streamOf(TEXT.subarray(0, 100_000), TEXT.subarray(100_000)))
    await zip.addBuffer('manifest.json', Buffer.from('{"odoo_dump": "1"}'), { compress: 9 })
    await zip.addFile('filestore/ab/image', folder.path('image'))
    await zip.addBuffer('empty', Buffer.alloc(0))
    await zip.addStream('stored', () => streamOf(TEXT), { compress: 'store' })
    await zip.addBuffer('größe/日本', TEXT, { mtime: new Date(2001, 1, 3, 4, 5, 6) })
  })
}

test('compressed images are stored, text is deflated', async () => {
  await writeSample(folder.path('sample.zip'))
  await withZip(folder.path('sample.zip'), async ({ entries }) => {
    const methods = [...entries.values()].map(({ name, method }) => `${name} ${method}`)
    expect(methods).toEqual([
      'dump.sql deflate',
      'manifest.json store',
      'filestore/ab/image store',
      'empty store',
      'stored store',
      'größe/日本 deflate',
    ])
  })
})

test('several entries can be read at the same time, and reading can stop early', async () => {
  await writeSample(folder.path('sample.zip'))
  await withZip(folder.path('sample.zip'), async (zip) => {
    for await (const chunk of zip.read('dump.sql')) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    const expected = { 'dump.sql': TEXT, 'filestore/ab/image': PNG, stored: TEXT }
    const same = Object.entries(expected).map(async ([name, content]) =>
      (await collect(zip.read(name))).equals(content),
    )
    expect(await Promise.all(same)).toEqual([true, true, true])
  })
})

test('an entry that is not there is refused by name', async () => {
  await writeSample(folder.path('sample.zip'))
  const reading = withZip(folder.path('sample.zip'), async (zip) => collect(zip.read('dump')))
  await expect(reading).rejects.toMatchObject({
    code: 'ZIP_ENTRY_MISSING',
    place: { object: 'dump' },
  })
})

test('verifying counts entries and bytes and reports its progress', async () => {
  await writeSample(folder.path('sample.zip'))
  const progress = new Progress()
  const items = new Set<string | undefined>()
  let done = 0
  progress.events.on('stepAdvanced', (state) => {
    items.add(state.item)
    done = state.done
  })
  const bytes = TEXT.length * 3 + PNG.length + 18
  expect(await verifyZip(folder.path('sample.zip'), progress)).toEqual({ entries: 6, bytes })
  expect(done).toBe(bytes)
  expect(items).toContain('größe/日本')
})

test('verifying can be cancelled', async () => {
  await writeSample(folder.path('sample.zip'))
  const stop = new AbortController()
  const progress = new Progress(stop.signal)
  progress.events.on('stepAdvanced', () => stop.abort())
  const verifying = verifyZip(folder.path('sample.zip'), progress)
  await expect(verifying).rejects.toMatchObject({ code: 'CANCELLED' })
})

test('66,000 entries make a ZIP64 archive that opens at once', { timeout: 15_000 }, async () => {
  const path = folder.path('many.zip')
  await writeZip(path, async (zip) => {
    for (let index = 0; index < 66_000; index += 1) {
      await zip.addBuffer(`f/${index}`, Buffer.from(`${index}`))
    }
  })
  await withZip(path, async (zip) => {
    expect(zip.entries.size).toBe(66_000)
    expect((await collect(zip.read('f/65999'))).toString()).toBe('65999')
  })
})

test.skipIf(!isInstalled('unzip'))('Info-ZIP finds no fault', async () => {
  await writeSample(folder.path('sample.zip'))
  expect(await outputOf('unzip', '-t', folder.path('sample.zip'))).toContain('No errors detected')
})

test.skipIf(!isInstalled('python3'))('Python, and so Odoo, reads the same', async () => {
  await writeSample(folder.path('sample.zip'))
  const program = `
import sys, zipfile
zip = zipfile.ZipFile(sys.argv[1])
assert zip.testzip() is None
for info in zip.infolist():
  print(info.filename, info.file_size, info.extract_version, info.flag_bits & 8)
print(zip.getinfo('größe/日本').date_time)
`
  const output = await outputOf('python3', '-X', 'utf8', '-c', program, folder.path('sample.zip'))
  expect(output.trim().split('\n')).toEqual([
    `dump.sql ${TEXT.length} 20 0`,
    'manifest.json 18 20 0',
    `filestore/ab/image ${PNG.length} 20 0`,
    'empty 0 20 0',
    `stored ${TEXT.length} 20 0`,
    `größe/日本 ${TEXT.length} 20 0`,
    '(2001, 2, 3, 4, 5, 6)',
  ])
})

test.skipIf(!isInstalled('python3'))(
  'archives that Python wrote, as Odoo does, are read',
  async () => {
    const program = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', compression=zipfile.ZIP_DEFLATED, allowZip64=True) as zip:
  zip.writestr('manifest.json', '{}')
  with zip.open('dump.sql', 'w', force_zip64=True) as entry: entry.write(b'SELECT 1;' * 100000)
`
    await outputOf('python3', '-c', program, folder.path('python.zip'))
    expect(await verifyZip(folder.path('python.zip'))).toEqual({ entries: 2, bytes: 900_002 })
  },
)
