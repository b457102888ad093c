const HEADER = 5
const READY = 0x5a
const READY_BYTES = 6

/**
 * Takes ReadyForQuery out of PGlite's answers, to be given once at their end: after an error inside the
 * extended protocol PGlite sends it twice, and a client would take the second for the answer to its
 * next query.
 */
export class SingleReady {
  /** The start of a message that has not arrived far enough to be told. */
  #begun: Buffer = Buffer.alloc(0)
  /** Bytes of the message under way that have not arrived yet. */
  #missing = 0
  #last: Buffer | undefined

  /** The parts of a chunk that are to be passed on. */
  pass(chunk: Buffer): readonly Buffer[] {
    const data = this.#begun.length > 0 ? Buffer.concat([this.#begun, chunk]) : chunk
    this.#begun = Buffer.alloc(0)
    const parts: Buffer[] = []
    let start = 0
    let at = Math.min(this.#missing, data.length)
    this.#missing -= at
    while (at < data.length) {
      const isReady = data[at] === READY
      if (data.length - at < (isReady ? READY_BYTES : HEADER)) {
        this.#begun = data.subarray(at)
        break
      }
      const next = at + 1 + data.readInt32BE(at + 1)
      if (isReady) {
        parts.push(data.subarray(start, at))
        this.#last = data.subarray(at, next)
        start = next
      }
      at = next
    }
    this.#missing += Math.max(0, at - data.length)
    parts.push(data.subarray(start, Math.min(at, data.length)))
    return parts.filter((part) => part.length > 0)
  }

  /** The ReadyForQuery that was kept back, if there was one. */
  take(): Buffer | undefined {
    const last = this.#last
    this.#last = undefined
    return last
  }
}
