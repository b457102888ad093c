import { open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { collect } from '../fixtures/byte-streams.js'
import { isInstalled, outputOf } from '../fixtures/outside-programs.js'
import { useTempFolder } from '../fixtures/temp-folder.js'
import { withZip } from './with-zip.js'
import {
  dataDescriptor,
  directoryEnd,
  directoryRecord,
  localHeader,
  type WrittenEntry,
} from './zip-records.js'

const folder = useTempFolder()

const FOUR_GIB = 2 ** 32
const CONTENT = Buffer.from('behind the fourth gibibyte')
const SMALL: WrittenEntry = {
  name: 'small',
  isDirectory: false,
  method: 'store',
  form: 'room',
  offset: 0,
  modified: new Date(2024, 0, 1),
  crc32: crc32(CONTENT),
  compressedSize: CONTENT.length,
  uncompressedSize: CONTENT.length,
}
const LARGE: WrittenEntry = { ...SMALL, compressedSize: FOUR_GIB, uncompressedSize: FOUR_GIB + 1 }
const VERSION_IN_HEADER = 4

test('a header has the same length before and after its content is known', () => {
  const before = { ...SMALL, crc32: 0, compressedSize: 0, uncompressedSize: 0 }
  expect(localHeader(before)).toHaveLength(localHeader(SMALL).length)
  expect(localHeader(LARGE)).toHaveLength(localHeader(SMALL).length)
})

test('a header says ZIP64 only where a size needs it', () => {
  expect(localHeader(SMALL).readUInt16LE(VERSION_IN_HEADER)).toBe(20)
  expect(localHeader(LARGE).readUInt16LE(VERSION_IN_HEADER)).toBe(45)
})

test('a descriptor is as wide as its own sizes need, wherever the entry lies', () => {
  expect(dataDescriptor({ ...SMALL, offset: 2 * FOUR_GIB })).toHaveLength(16)
  expect(dataDescriptor(LARGE)).toHaveLength(24)
})

test.each([
  { what: 'few entries', extent: { count: 0xfffe, offset: 1, size: 1 }, bytes: 22 },
  { what: 'many entries', extent: { count: 0xffff, offset: 1, size: 1 }, bytes: 98 },
  { what: 'a distant directory', extent: { count: 1, offset: FOUR_GIB - 1, size: 1 }, bytes: 98 },
  { what: 'a large directory', extent: { count: 1, offset: 1, size: FOUR_GIB }, bytes: 98 },
])('the end of an archive with $what takes $bytes bytes', ({ extent, bytes }) => {
  expect(directoryEnd(extent)).toHaveLength(bytes)
})

/** An archive of 5 GiB, nearly all of it a hole in the file: one huge entry and one behind it. */
async function writeSparseZip(path: string): Promise<void> {
  const size = 5 * 2 ** 30
  const huge = { ...LARGE, name: 'huge', compressedSize: size, uncompressedSize: size }
  const header = localHeader(huge)
  const behind = { ...SMALL, offset: header.length + size }
  const tail = Buffer.concat([localHeader(behind), CONTENT])
  const directory = Buffer.concat([directoryRecord(huge), directoryRecord(behind)])
  const start = behind.offset + tail.length
  const end = directoryEnd({ count: 2, offset: start, size: directory.length })
  const file = await open(path, 'w')
  try {
    await file.write(header, 0, header.length, 0)
    await file.write(Buffer.concat([tail, directory, end]), 0, undefined, behind.offset)
  } finally {
    await file.close()
  }
}

test('entries larger than 4 GiB, and entries behind them, are found', async () => {
  await writeSparseZip(folder.path('sparse.zip'))
  await withZip(folder.path('sparse.zip'), async (zip) => {
    expect(zip.entries.get('huge')).toMatchObject({ uncompressedSize: 5 * 2 ** 30 })
    expect(await collect(zip.read('small'))).toEqual(CONTENT)
  })
})

test.skipIf(!isInstalled('unzip'))('Info-ZIP finds them, too', async () => {
  await writeSparseZip(folder.path('sparse.zip'))
  const output = await outputOf('unzip', '-p', folder.path('sparse.zip'), 'small')
  expect(output).toBe(CONTENT.toString())
})
