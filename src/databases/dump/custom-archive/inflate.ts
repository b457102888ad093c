import { pipeline, Readable } from 'node:stream'
import { createInflate } from 'node:zlib'
import { codeOf } from '../../../base/index.js'

const CHUNK = 65_536

/**
 * Undoes zlib's compression chunk by chunk; nothing at all stays nothing. Errors of zlib have a code
 * that begins with `Z_`.
 */
export async function* inflate(
  compressed: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  const inflater = createInflate({ chunkSize: CHUNK })
  let fed = false
  const source = Readable.from(
    (async function* () {
      for await (const chunk of compressed) {
        fed = true
        yield chunk
      }
    })(),
  )
  pipeline(source, inflater, () => {
    // Iterating over the inflater throws what went wrong.
  })
  try {
    for await (const chunk of inflater) yield chunk
  } catch (error) {
    if (fed || !isZlibError(error)) throw error
  }
}

export function isZlibError(error: unknown): boolean {
  return codeOf(error)?.startsWith('Z_') ?? false
}
