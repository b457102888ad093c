import { promisify } from 'node:util'
import { crc32, createDeflateRaw, deflateRaw, deflateRawSync } from 'node:zlib'
import type { OutputFile } from '../output-file.js'
import { through, ZLIB_CHUNK } from '../through.js'
import { dataDescriptor, localHeader, type WrittenEntry } from './zip-records.js'

/** What is known of an entry before its content is read; level 0 means stored. */
export interface EntryPlan {
  readonly name: string
  readonly level: number
  readonly modified: Date
}

/** Up to this size, a millisecond of work, it is not worth asking another thread. */
const AT_ONCE = 64 * 1024

const deflate = promisify(deflateRaw)

/** A content that is ready to be written. */
export interface PackedContent {
  readonly plan: EntryPlan
  readonly bytes: Uint8Array
  readonly size: number
  readonly method: 'store' | 'deflate'
  readonly crc32: number
}

/** Compresses a content that is in memory, where that makes it smaller. */
export async function packBytes(plan: EntryPlan, bytes: Uint8Array): Promise<PackedContent> {
  const deflated = plan.level === 0 ? bytes : await deflateBytes(bytes, plan.level)
  const smaller = deflated.length < bytes.length
  return {
    plan,
    bytes: smaller ? deflated : bytes,
    size: bytes.length,
    method: smaller ? 'deflate' : 'store',
    crc32: crc32(bytes),
  }
}

/** Appends a packed entry; its header is complete from the start. */
export async function writePacked(
  output: OutputFile,
  { plan, bytes, size, method, crc32 }: PackedContent,
): Promise<WrittenEntry> {
  const entry: WrittenEntry = {
    ...emptyEntry(output, plan),
    form: 'complete',
    method,
    crc32,
    compressedSize: bytes.length,
    uncompressedSize: size,
  }
  await output.write(localHeader(entry))
  await output.write(bytes)
  return entry
}

/** Appends an entry of unknown size; in a file its header is completed afterwards. */
export async function writeChunks(
  output: OutputFile,
  plan: EntryPlan,
  chunks: AsyncIterable<Uint8Array>,
): Promise<WrittenEntry> {
  const planned = emptyEntry(output, plan)
  await output.write(localHeader(planned))
  const start = output.size
  const meter = new ContentMeter()
  const { level } = plan
  const content = meter.measure(chunks)
  await output.writeAll(
    level === 0 ? content : through(content, createDeflateRaw({ level, chunkSize: ZLIB_CHUNK })),
  )
  const { size: uncompressedSize, checksum } = meter
  const compressedSize = output.size - start
  const entry: WrittenEntry = { ...planned, crc32: checksum, compressedSize, uncompressedSize }
  if (output.seekable) await output.rewrite(entry.offset, localHeader(entry))
  else await output.write(dataDescriptor(entry))
  return entry
}

/** Counts and sums what passes. */
class ContentMeter {
  size = 0
  checksum = 0

  async *measure(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.size += chunk.length
      this.checksum = crc32(chunk, this.checksum)
      yield chunk
    }
  }
}

async function deflateBytes(bytes: Uint8Array, level: number): Promise<Uint8Array> {
  return bytes.length <= AT_ONCE
    ? deflateRawSync(bytes, { level })
    : await deflate(bytes, { level })
}

function emptyEntry(output: OutputFile, { name, level, modified }: EntryPlan): WrittenEntry {
  return {
    name,
    isDirectory: false,
    method: level === 0 ? 'store' : 'deflate',
    form: output.seekable ? 'room' : 'descriptor',
    offset: output.size,
    modified,
    crc32: 0,
    compressedSize: 0,
    uncompressedSize: 0,
  }
}
