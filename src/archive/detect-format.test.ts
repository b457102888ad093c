import { mkdir, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { alreadyCompressed } from './already-compressed.js'
import { detectFormat, type FileFormat, formatOf } from './detect-format.js'
import { craftZip } from './fixtures/craft-zip.js'
import { useTempFolder } from './fixtures/temp-folder.js'

const folder = useTempFolder()
const hex = (digits: string): Buffer => Buffer.from(digits, 'hex')

const bytesOf = (head: Buffer | string): Buffer =>
  typeof head === 'string' ? Buffer.from(head, 'latin1') : head

interface Head {
  readonly what: string
  readonly head: Buffer | string
}

const FORMATS: readonly (Head & { readonly format: FileFormat })[] = [
  { what: 'a ZIP archive', head: craftZip([{ name: 'dump.sql' }]), format: 'zip' },
  { what: 'a ZIP archive without entries', head: craftZip([]), format: 'zip' },
  { what: 'pg_dump custom format', head: hex('5047444d50010e00'), format: 'pgcustom' },
  { what: 'gzip', head: gzipSync('SELECT 1'), format: 'gzip' },
  { what: 'Zstandard', head: hex('28b52ffd0458'), format: 'zstd' },
  { what: 'XZ', head: hex('fd377a585a000004'), format: 'xz' },
  { what: 'bzip2', head: hex('425a68393141592653590000'), format: 'bzip2' },
  { what: 'tar', head: `${'toc.dat'.padEnd(257, '\0')}ustar\x0000`, format: 'tar' },
  { what: 'a plain dump', head: '--\n-- PostgreSQL database dump\n--\n', format: 'sql' },
  { what: 'a dump that psql guards', head: '\\restrict abc\n', format: 'sql' },
  { what: 'a statement behind white space', head: '\n\n  SET x = 1;', format: 'sql' },
  { what: 'a byte order mark', head: '\ufeff-- dump', format: 'sql' },
  { what: 'Latin-1 text', head: hex('2d2d20e9e8'), format: 'sql' },
  { what: 'a block comment', head: '/* dump */', format: 'sql' },
  { what: 'nothing', head: '', format: 'empty' },
  { what: 'a web page', head: '<!DOCTYPE html><html>', format: 'unknown' },
  { what: 'JSON', head: '{"odoo_dump": "1"}', format: 'unknown' },
  { what: 'a PDF', head: '%PDF-1.7 text', format: 'unknown' },
  { what: 'an image', head: hex('89504e470d0a1a0a0000000d'), format: 'unknown' },
  { what: 'text with a NUL', head: 'SELECT 1\0', format: 'unknown' },
  { what: 'UTF-16', head: Buffer.from('-- dump', 'utf16le'), format: 'unknown' },
]

test.each(FORMATS)('$what is $format', async ({ head, format }) => {
  expect(formatOf(Buffer.from(head))).toBe(format)
  await writeFile(folder.path('misleading.zip'), head)
  expect(await detectFormat(folder.path('misleading.zip'))).toBe(format)
})

test('a folder is a dump when pg_dump made it', async () => {
  await mkdir(folder.path('folder'))
  expect(await detectFormat(folder.path('folder'))).toBe('unknown')
  await writeFile(folder.path('folder/toc.dat'), '')
  expect(await detectFormat(folder.path('folder'))).toBe('directory')
})

test('a path that does not exist is reported', async () => {
  const detecting = detectFormat(folder.path('missing'))
  await expect(detecting).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
})

const COMPRESSED: readonly Head[] = [
  { what: 'PNG', head: hex('89504e470d0a1a0a0000000d49484452') },
  { what: 'JPEG', head: hex('ffd8ffe000104a46494600010100') },
  { what: 'GIF', head: 'GIF89a' },
  { what: 'WebP', head: 'RIFF\x10\x20\x30\x40WEBPVP8 ' },
  { what: 'an office document', head: craftZip([{ name: '[Content_Types].xml' }]) },
  { what: 'gzip', head: gzipSync('a') },
  { what: 'PDF', head: '%PDF-1.4\n' },
  { what: 'MP4', head: '\0\0\0\x20ftypisom' },
  { what: 'WOFF2', head: 'wOF2\0\x01' },
  { what: 'Zstandard', head: hex('28b52ffd') },
  { what: 'XZ', head: hex('fd377a585a00') },
  { what: 'bzip2', head: hex('425a6839314159265359') },
  { what: '7-Zip', head: hex('377abcaf271c0004') },
]

test.each(COMPRESSED)('$what is compressed in itself', ({ head }) => {
  expect(alreadyCompressed(bytesOf(head))).toBe(true)
})

test.each([
  { what: 'nothing', head: '' },
  { what: 'text', head: 'BZh is how the text begins' },
  { what: 'SVG', head: '<svg xmlns="http://www.w3.org/2000/svg">' },
  { what: 'a WAV sound', head: 'RIFF\x10\x20\x30\x40WAVEfmt ' },
  { what: 'a bitmap', head: 'BM\x36\x84\x03\0' },
  { what: 'the first byte of a PNG', head: hex('89') },
])('$what is not', ({ head }) => {
  expect(alreadyCompressed(bytesOf(head))).toBe(false)
})
