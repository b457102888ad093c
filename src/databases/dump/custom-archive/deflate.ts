import { pipeline, Readable } from 'node:stream'
import { createDeflate } from 'node:zlib'

const CHUNK = 65_536

/** Compresses as zlib does, chunk by chunk; at least one chunk comes out. */
export async function* deflate(
  chunks: AsyncIterable<Buffer>,
  level: number,
): AsyncGenerator<Buffer, void, undefined> {
  const deflater = createDeflate({ level, chunkSize: CHUNK })
  pipeline(Readable.from(chunks), deflater, () => {
    // Iterating over the deflater throws what went wrong.
  })
  for await (const chunk of deflater) yield chunk
}

/** The same bytes in chunks of at least 64 KiB, except the last: small ones are slow to compress. */
export async function* coalesce(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void, undefined> {
  let pending: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    pending.push(chunk)
    length += chunk.length
    if (length < CHUNK) continue
    yield Buffer.concat(pending, length)
    pending = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(pending, length)
}
