import type { NumberSizes } from './archive-format.js'

/** The sizes that pg_dump uses on every platform of today. */
export const WRITTEN_SIZES: NumberSizes = { int: 4, offset: 8 }

/** Puts an archive's numbers and texts together. */
export class ByteWriter {
  readonly #parts: Buffer[] = []
  #length = 0

  /** Bytes so far. */
  get length(): number {
    return this.#length
  }

  raw(bytes: Buffer): this {
    this.#parts.push(bytes)
    this.#length += bytes.length
    return this
  }

  bytes(...values: readonly number[]): this {
    return this.raw(Buffer.from(values))
  }

  int(value: number): this {
    return this.raw(intBytes(value))
  }

  text(value: string | undefined): this {
    if (value === undefined) return this.int(-1)
    const bytes = Buffer.from(value, 'utf8')
    return this.int(bytes.length).raw(bytes)
  }

  offset(value: number): this {
    return this.raw(offsetBytes(value))
  }

  toBuffer(): Buffer {
    return Buffer.concat(this.#parts, this.#length)
  }
}

/** A byte for the sign, then the magnitude, its lowest byte first. */
export function intBytes(value: number): Buffer {
  const bytes = Buffer.alloc(1 + WRITTEN_SIZES.int)
  bytes[0] = value < 0 ? 1 : 0
  bytes.writeUInt32LE(Math.abs(value), 1)
  return bytes
}

export function offsetBytes(value: number): Buffer {
  const bytes = Buffer.alloc(WRITTEN_SIZES.offset)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
