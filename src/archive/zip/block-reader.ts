import { RandomAccessReader } from 'yauzl'
import type { InputFile } from '../input-file.js'

const BLOCK = 256 * 1024

/** yauzl passes a callback that also takes the number of bytes, which its types leave out. */
type ReadDone = (error: Error | null, bytesRead?: number) => void

/**
 * Gives yauzl the bytes of an archive. It asks twice for each entry of the directory; whole blocks
 * turn 130,000 reads into forty.
 */
export class BlockReader extends RandomAccessReader {
  readonly #file: InputFile
  #block: Buffer = Buffer.alloc(0)
  #start = 0

  constructor(file: InputFile) {
    super()
    this.#file = file
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    done: ReadDone,
  ): void {
    if (this.#copy(target, offset, length, position)) {
      done(null, length)
      return
    }
    // An address that a broken archive made up.
    if (position > this.#file.size) {
      done(null, 0)
      return
    }
    this.#load(position, length).then(
      () => {
        const available = Math.min(length, this.#block.length)
        this.#copy(target, offset, available, position)
        done(null, available)
      },
      (error: Error) => done(error),
    )
  }

  async #load(position: number, length: number): Promise<void> {
    this.#block = await this.#file.read(position, Math.max(length, BLOCK))
    this.#start = position
  }

  #copy(target: Buffer, offset: number, length: number, position: number): boolean {
    const from = position - this.#start
    if (from < 0 || from + length > this.#block.length) return false
    this.#block.copy(target, offset, from, from + length)
    return true
  }
}
