/** Cuts a stream into frames: four bytes of length, big-endian, then that many bytes of UTF-8. */
export class FrameReader {
  #chunks: Buffer[] = []
  #length = 0

  /** Takes what arrived; returns the texts of the frames that are complete now. */
  push(chunk: Buffer): readonly string[] {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    const frames: string[] = []
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) frames.push(frame)
    return frames
  }

  #take(): string | undefined {
    if (this.#length < HEAD_BYTES) return undefined
    const first = this.#chunks[0]
    if (first === undefined || first.length < HEAD_BYTES) this.#join()
    const size = this.#chunks[0]?.readUInt32BE(0) ?? 0
    if (this.#length < HEAD_BYTES + size) return undefined
    const whole = this.#join()
    const end = HEAD_BYTES + size
    this.#chunks = whole.length > end ? [whole.subarray(end)] : []
    this.#length -= end
    return whole.toString('utf8', HEAD_BYTES, end)
  }

  #join(): Buffer {
    const [only] = this.#chunks
    const whole =
      this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks)
    this.#chunks = [whole]
    return whole
  }
}

const HEAD_BYTES = 4

/** One frame. */
export function writeFrame(text: string): Buffer {
  const size = Buffer.byteLength(text)
  const frame = Buffer.allocUnsafe(HEAD_BYTES + size)
  frame.writeUInt32BE(size, 0)
  frame.write(text, HEAD_BYTES)
  return frame
}
