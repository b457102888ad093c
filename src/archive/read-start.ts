/** The beginning of a stream that is still to be read as a whole. */
export interface StreamStart {
  readonly bytes: Uint8Array
  /** Whether `bytes` is all there is. */
  readonly complete: boolean
  /** The whole stream, the beginning included; to be read once. */
  readonly all: AsyncIterable<Uint8Array>
}

/** Reads the first chunks of a stream until they are `enough` bytes, or all there are. */
export async function readStart(
  source: AsyncIterator<Uint8Array>,
  enough: number,
): Promise<StreamStart> {
  const chunks: Uint8Array[] = []
  let size = 0
  let next = await source.next()
  while (!next.done) {
    chunks.push(next.value)
    size += next.value.length
    if (size >= enough) break
    next = await source.next()
  }
  const [only] = chunks
  return {
    bytes: only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks),
    complete: next.done === true,
    all: resume(chunks, source),
  }
}

async function* resume(
  chunks: readonly Uint8Array[],
  source: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* chunks
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
}
