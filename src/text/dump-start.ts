import { wrongEncoding } from './dump-refusals.js'

const ENOUGH = 4

/** The chunks of a dump without its byte order mark; refuses UTF-16 and UTF-32. */
export async function* dumpStart(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    if (head === undefined) {
      yield bytes
    } else {
      head = head.length === 0 ? bytes : Buffer.concat([head, bytes])
      if (head.length >= ENOUGH) {
        yield withoutMark(head)
        head = undefined
      }
    }
  }
  if (head !== undefined) yield withoutMark(head)
}

function withoutMark(head: Buffer): Buffer {
  const mark = head.length < 2 ? 0 : head.readUInt16BE(0)
  if (mark === 0xfffe || mark === 0xfeff || head.subarray(0, ENOUGH).includes(0)) {
    throw wrongEncoding(
      'The dump is in UTF-16, or not text at all',
      1,
      'PowerShell\'s ">" writes UTF-16: dump again with "pg_dump --file=dump.sql", or convert the file to UTF-8.',
    )
  }
  return head.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf)) ? head.subarray(3) : head
}
