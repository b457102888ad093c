const EMPTY = Buffer.alloc(0)

/**
 * The part of a byte stream that is still needed. Chunks are used in place where nothing of the one
 * before is kept; a long run of kept bytes grows by doubling, so that each byte is copied a few times
 * at most.
 */
export class ByteWindow {
  bytes: Buffer = EMPTY
  /** How many of `bytes` are filled. */
  end = 0
  #own = false

  /**
   * Adds a chunk and may forget what lies before `keepFrom`. Returns by how much all positions in the
   * window have become smaller.
   */
  append(chunk: Uint8Array, keepFrom: number): number {
    if (keepFrom === this.end) {
      this.bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      this.end = chunk.byteLength
      this.#own = false
      return keepFrom
    }
    if (this.#own && this.bytes.length - this.end >= chunk.byteLength) {
      this.bytes.set(chunk, this.end)
      this.end += chunk.byteLength
      return 0
    }
    const kept = this.end - keepFrom
    const needed = kept + chunk.byteLength
    const grown = Buffer.allocUnsafe(kept > chunk.byteLength ? 2 * needed : needed)
    this.bytes.copy(grown, 0, keepFrom, this.end)
    grown.set(chunk, kept)
    this.bytes = grown
    this.end = needed
    this.#own = true
    return keepFrom
  }
}

/** The number of line feeds in `bytes` from `from` up to `to`. */
export function countLines(bytes: Uint8Array, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += 1) if (bytes[at] === 0x0a) count += 1
  return count
}
