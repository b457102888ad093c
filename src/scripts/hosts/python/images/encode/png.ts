import { constants, crc32 } from 'node:zlib'
import { type Bitmap, integersOf, type PixelMode } from '../bitmap.js'
import { filterRows } from './png-filter.js'

/**
 * A picture as PNG has it, before it is deflated: that is left to Python's zlib, which is Pillow's. Node's looks
 * for matches in another way, and the same picture would have another checksum.
 */
export interface PngParts {
  /** The chunk IHDR. */
  readonly header: Uint8Array
  /** The chunks of a palette and its alpha; empty without. */
  readonly palette: Uint8Array
  /** The rows, each with its filter before it. */
  readonly rows: Uint8Array
  /** zlib's strategy: filtered pictures are deflated in another way than palettes' indexes. */
  readonly strategy: number
}

/** PNG's depth and colour type. */
const TYPES: Partial<Record<PixelMode, readonly [depth: number, type: number]>> = {
  '1': [1, 0],
  L: [8, 0],
  I: [16, 0],
  LA: [8, 4],
  RGB: [8, 2],
  RGBA: [8, 6],
}

/** Filters and packs a picture as Pillow does; undefined for a mode that PNG does not have. */
export function preparePng(image: Bitmap, optimize: boolean): PngParts | undefined {
  const isPalette = image.mode === 'P'
  const colors = Math.max(1, Math.min(256, (image.palette?.colors.length ?? 1024) / 4))
  const [depth, type] = isPalette ? [paletteDepth(colors), 3] : (TYPES[image.mode] ?? [0, 0])
  if (depth === 0) return undefined
  const packed = packRows(image, depth)
  const row = image.height === 0 ? 0 : packed.length / image.height
  const pixel = Math.max(1, Math.floor(row / Math.max(1, image.width)))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(image.width, 0)
  header.writeUInt32BE(image.height, 4)
  header[8] = depth
  header[9] = type
  return {
    header: chunk('IHDR', header),
    palette: isPalette ? Buffer.concat(paletteChunks(image, colors)) : new Uint8Array(),
    rows: isPalette ? unfiltered(packed, row) : filterRows(packed, { row, pixel }, optimize),
    strategy: isPalette ? constants.Z_DEFAULT_STRATEGY : constants.Z_FILTERED,
  }
}

function paletteDepth(colors: number): number {
  if (colors > 16) return 8
  return colors <= 2 ? 1 : colors <= 4 ? 2 : 4
}

function paletteChunks({ palette }: Bitmap, count: number): readonly Uint8Array[] {
  const colors = new Uint8Array(count * 4)
  colors.set((palette?.colors ?? new Uint8Array()).subarray(0, count * 4))
  const rgb = new Uint8Array(count * 3)
  const alpha = new Uint8Array(count)
  for (let index = 0; index < count; index += 1) {
    rgb.set(colors.subarray(index * 4, index * 4 + 3), index * 3)
    alpha[index] = colors[index * 4 + 3] as number
  }
  const table = chunk('PLTE', rgb)
  return palette?.hasAlpha === true ? [table, chunk('tRNS', alpha)] : [table]
}

/** Rows of whole bytes: several pixels in one below eight bits, big-endian above. */
function packRows(image: Bitmap, depth: number): Uint8Array {
  if (depth === 8) return image.data
  if (depth === 16) {
    const integers = integersOf(image)
    const target = new Uint8Array(integers.length * 2)
    integers.forEach((value, index) => {
      const clipped = Math.min(65_535, Math.max(0, value))
      target[index * 2] = clipped >> 8
      target[index * 2 + 1] = clipped & 255
    })
    return target
  }
  const row = Math.ceil((image.width * depth) / 8)
  const target = new Uint8Array(row * image.height)
  const shift = image.mode === '1' ? 7 : 0
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      const value = ((image.data[y * image.width + x] as number) >> shift) & ((1 << depth) - 1)
      const at = y * row + ((x * depth) >> 3)
      target[at] = (target[at] as number) | (value << (8 - depth - ((x * depth) & 7)))
    }
  }
  return target
}

function unfiltered(rows: Uint8Array, row: number): Uint8Array {
  if (row === 0) return rows
  const count = rows.length / row
  const target = new Uint8Array(count * (row + 1))
  for (let y = 0; y < count; y += 1) {
    target.set(rows.subarray(y * row, (y + 1) * row), y * (row + 1) + 1)
  }
  return target
}

/** A chunk with its length before and its checksum after it. */
export function chunk(name: string, data: Uint8Array): Uint8Array {
  const target = Buffer.alloc(12 + data.length)
  target.writeUInt32BE(data.length, 0)
  target.write(name, 4, 'latin1')
  target.set(data, 8)
  target.writeUInt32BE(crc32(target.subarray(4, 8 + data.length)), 8 + data.length)
  return target
}
