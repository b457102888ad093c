import type { ArchiveSink } from './archive-sink.js'

const BUFFER = 262_144

/** Appends to a sink in large pieces and knows how far it is. */
export class ArchiveOutput {
  readonly #sink: ArchiveSink
  #pending: Buffer[] = []
  #pendingLength = 0
  #position = 0

  constructor(sink: ArchiveSink) {
    this.#sink = sink
  }

  /** Place of the next byte. */
  get position(): number {
    return this.#position
  }

  async append(bytes: Buffer): Promise<void> {
    this.#pending.push(bytes)
    this.#pendingLength += bytes.length
    this.#position += bytes.length
    if (this.#pendingLength >= BUFFER) await this.flush()
  }

  async flush(): Promise<void> {
    if (this.#pendingLength === 0) return
    const bytes = Buffer.concat(this.#pending, this.#pendingLength)
    this.#pending = []
    this.#pendingLength = 0
    await this.#sink.write(bytes)
  }
}
