import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutEndMarker } from './copy-rows.js'

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function rowsOf(text: string, size: number): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of withoutEndMarker(inChunks(Buffer.from(text), size))) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test.each([
  { name: 'no rows', text: '\\.\n\n\n', rows: '' },
  { name: 'one row', text: '1\ta\n\\.\n\n\n', rows: '1\ta\n' },
  { name: 'a value that looks like the marker', text: '\\\\.\n\\.\n\n\n', rows: '\\\\.\n' },
  { name: 'a row that ends with the marker', text: '1\t\\\\.\n\\.\n', rows: '1\t\\\\.\n' },
  { name: 'empty rows before the marker', text: '\n\n\n\\.\n\n\n', rows: '\n\n\n' },
  { name: 'no marker', text: '1\n2\n', rows: '1\n2\n' },
  { name: 'nothing at all', text: '', rows: '' },
])('$name', async ({ text, rows, name: _ }) => {
  for (const size of [1, 3, 1000]) expect(await rowsOf(text, size)).toBe(rows)
})

test('rows come out unchanged, however they are cut into chunks', async () => {
  const rows = fc
    .array(
      fc.array(fc.string({ maxLength: 20 }).map((value) => value.replace(/[\\\n\r\t]/g, '\\\\'))),
    )
    .map((table) => table.map((row) => `${row.join('\t')}\n`).join(''))
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 100 }), async (text, size) => {
      expect(await rowsOf(`${text}\\.\n\n\n`, size)).toBe(text)
    }),
  )
})
