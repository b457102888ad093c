import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** How much a compressor hands over at once; Node's 16 KiB cost a third of the speed. */
export const ZLIB_CHUNK = 128 * 1024

/**
 * Bytes sent through a transform, such as a compressor; the source is read as fast as they are
 * taken.
 */
export async function* through(
  source: AsyncIterable<Uint8Array>,
  transform: Transform,
): AsyncGenerator<Uint8Array> {
  const feeding = pipeline(source, transform)
  const fed = feeding.catch(() => {})
  try {
    yield* transform
    await feeding
  } finally {
    await fed
  }
}
