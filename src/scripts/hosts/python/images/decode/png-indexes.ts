import { inflateSync } from 'node:zlib'
import { GuestError } from '../../../../values/index.js'

/** The parts of a PNG with a palette that its indexes are read from. */
interface PngParts {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly interlaced: boolean
  readonly data: readonly Buffer[]
}

/**
 * The palette's indexes of a PNG; libvips gives colours, and a palette may hold the same one twice. Undefined for
 * an interlaced one. Throws ValueError for a damaged one, unless what there is of it is wanted.
 */
export function readIndexes(bytes: Uint8Array, truncated: boolean): Uint8Array | undefined {
  const { width, height, depth, interlaced, data } = readParts(bytes)
  if (interlaced) return undefined
  const row = Math.ceil((width * depth) / 8)
  const rows = inflate(Buffer.concat(data), (row + 1) * height, truncated)
  const target = new Uint8Array(width * height)
  const mask = (1 << depth) - 1
  let previous: Uint8Array = new Uint8Array(row)
  for (let y = 0; y < height; y += 1) {
    const at = y * (row + 1)
    const line = rows.subarray(at + 1, at + 1 + row)
    unfilter(rows[at] as number, line, previous)
    for (let x = 0; x < width; x += 1) {
      const byte = line[(x * depth) >> 3] as number
      target[y * width + x] = (byte >> (8 - depth - ((x * depth) & 7))) & mask
    }
    previous = line
  }
  return target
}

function readParts(bytes: Uint8Array): PngParts {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const data: Buffer[] = []
  for (let at = 8; at + 8 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const name = file.toString('latin1', at + 4, at + 8)
    if (name === 'IDAT') data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)))
    if (name === 'IEND') break
  }
  return {
    width: file.readUInt32BE(16),
    height: file.readUInt32BE(20),
    depth: file.readUInt8(24),
    interlaced: file.readUInt8(28) === 1,
    data,
  }
}

/** The rows, filled up with zeros where the file ends early and that is allowed. */
function inflate(packed: Buffer, size: number, truncated: boolean): Uint8Array {
  const options = { maxOutputLength: size + 1, ...(truncated && { finishFlush: SYNC_FLUSH }) }
  try {
    const rows = inflateSync(packed, options)
    if (rows.length >= size) return rows
    if (truncated) return Buffer.concat([rows], size)
  } catch {
    // Said below.
  }
  throw new GuestError('value', 'The PNG image is damaged')
}

/** zlib's number for taking what there is. */
const SYNC_FLUSH = 2

/** Puts a row together again; a pixel of a palette is never wider than a byte. */
function unfilter(kind: number, line: Uint8Array, above: Uint8Array): void {
  for (let x = 0; x < line.length; x += 1) {
    const left = x === 0 ? 0 : (line[x - 1] as number)
    const up = above[x] as number
    const corner = x === 0 ? 0 : (above[x - 1] as number)
    line[x] = (line[x] as number) + predicted(kind, left, up, corner)
  }
}

function predicted(kind: number, left: number, up: number, corner: number): number {
  switch (kind) {
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4: {
      const [fromLeft, fromUp] = [Math.abs(up - corner), Math.abs(left - corner)]
      const fromCorner = Math.abs(left + up - 2 * corner)
      if (fromLeft <= fromUp && fromLeft <= fromCorner) return left
      return fromUp <= fromCorner ? up : corner
    }
    default:
      return 0
  }
}
