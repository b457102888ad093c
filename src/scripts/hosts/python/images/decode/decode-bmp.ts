import { GuestError } from '../../../../values/index.js'
import { type Bitmap, blank, type Palette } from '../bitmap.js'

const FILE_HEADER = 14
const PNG = '89504e47'
const MOST_PIXELS = 200_000_000

/** A Windows bitmap's header; `rows` are the picture's own, without the mask of an icon. */
interface DibHeader {
  readonly width: number
  readonly rows: number
  readonly fromTop: boolean
  readonly bits: number
  readonly palette: Palette | undefined
  /** Where the pixels begin. */
  readonly pixels: number
}

/** Decodes a BMP without compression. Throws ValueError. */
export function decodeBmp(bytes: Uint8Array): Bitmap {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.toString('latin1', 0, 2) !== 'BM') throw damaged('BMP')
  const header = readHeader(file, FILE_HEADER, false)
  return inGray(readPixels(file, { ...header, pixels: file.readUInt32LE(10) }))
}

/** The largest picture of an icon: a PNG file in it, or a bitmap with its mask as alpha. */
export function decodeIcon(
  bytes: Uint8Array,
): { readonly png: Uint8Array } | { readonly image: Bitmap } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const { offset, size, bits } = largestEntry(file)
    if (file.toString('hex', offset, offset + 4) === PNG) {
      return { png: file.subarray(offset, offset + size) }
    }
    const header = readHeader(file, offset, true)
    const colors = readPixels(file, header)
    const alpha =
      bits === 32
        ? (x: number, y: number): number =>
            file[header.pixels + ((header.rows - 1 - y) * header.width + x) * 4 + 3] ?? 0
        : maskOf(file, header, offset + size)
    return { image: withAlpha(colors, alpha) }
  } catch (error) {
    throw error instanceof RangeError ? damaged('ICO') : error
  }
}

interface Entry {
  readonly area: number
  readonly depth: number
  readonly bits: number
  readonly size: number
  readonly offset: number
}

function largestEntry(file: Buffer): Entry {
  const entries = Array.from({ length: file.readUInt16LE(4) }, (_, index): Entry => {
    const at = 6 + index * 16
    const bits = file.readUInt16LE(at + 6)
    const colors = file.readUInt8(at + 2)
    return {
      area: (file.readUInt8(at) || 256) * (file.readUInt8(at + 1) || 256),
      bits,
      depth: bits || (colors === 0 ? 0 : Math.ceil(Math.log2(colors))) || 256,
      size: file.readUInt32LE(at + 8),
      offset: file.readUInt32LE(at + 12),
    }
  })
  // Of equals the last one, as Pillow turns an ascending order round.
  const [largest] = entries.reverse().sort((a, b) => b.area - a.area || b.depth - a.depth)
  if (largest === undefined) throw damaged('ICO')
  return largest
}

function readHeader(file: Buffer, at: number, isIcon: boolean): DibHeader {
  const size = file.readUInt32LE(at)
  if (size < 40) throw unsupported('header')
  const width = file.readInt32LE(at + 4)
  const height = file.readInt32LE(at + 8)
  const bits = file.readUInt16LE(at + 14)
  const compression = file.readUInt32LE(at + 16)
  if (compression !== 0 && !(compression === 3 && bits === 32)) throw unsupported('compression')
  const colors = bits > 8 ? 0 : file.readUInt32LE(at + 32) || 2 ** bits
  const masks = compression === 3 && size === 40 ? 12 : 0
  const table = at + size + masks
  const rows = Math.abs(isIcon ? Math.trunc(height / 2) : height)
  if (width < 0 || width * rows > MOST_PIXELS) throw damaged('BMP')
  return {
    width,
    rows,
    fromTop: height < 0,
    bits,
    palette: colors === 0 ? undefined : readPalette(file, table, colors),
    pixels: table + colors * 4,
  }
}

function readPalette(file: Buffer, at: number, count: number): Palette {
  const colors = new Uint8Array(count * 4)
  for (let index = 0; index < count; index += 1) {
    const [blue = 0, green = 0, red = 0] = file.subarray(at + index * 4)
    colors.set([red, green, blue, 255], index * 4)
  }
  return { colors, hasAlpha: false }
}

function readPixels(file: Buffer, header: DibHeader): Bitmap {
  const { width, rows, bits, palette, fromTop } = header
  if (![1, 4, 8, 24, 32].includes(bits)) throw unsupported(`${bits} bits`)
  const image = blank(palette === undefined ? 'RGB' : 'P', width, rows, palette)
  const row = Math.ceil((width * bits) / 32) * 4
  if (header.pixels + row * rows > file.length) throw damaged('BMP')
  for (let y = 0; y < rows; y += 1) {
    const line = header.pixels + (fromTop ? y : rows - 1 - y) * row
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x
      if (bits <= 8) {
        const byte = file[line + ((x * bits) >> 3)] as number
        image.data[pixel] = (byte >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1)
        continue
      }
      const at = line + x * (bits / 8)
      image.data[pixel * 3] = file[at + 2] as number
      image.data[pixel * 3 + 1] = file[at + 1] as number
      image.data[pixel * 3 + 2] = file[at] as number
    }
  }
  return image
}

/** A palette that only says that each number is its own shade is none, nor is one of black and white. */
function inGray(image: Bitmap): Bitmap {
  const colors = image.palette?.colors
  if (colors === undefined) return image
  const shades = colors.filter((_, at) => at % 4 === 0)
  const isGray = colors.every((value, at) => at % 4 === 3 || value === shades[at >> 2])
  const { width, height, data } = image
  if (isGray && shades.length === 2 && shades[0] === 0 && shades[1] === 255) {
    return { mode: '1', width, height, data: data.map((bit) => bit * 255) }
  }
  const isRamp = isGray && shades.length === 256 && shades.every((shade, index) => shade === index)
  return isRamp ? { mode: 'L', width, height, data } : image
}

/** The mask at the end of an icon's bitmap: a bit is set where nothing is shown. */
function maskOf(
  file: Buffer,
  { width, rows }: DibHeader,
  end: number,
): (x: number, y: number) => number {
  const row = Math.ceil(width / 32) * 4
  const start = end - row * rows
  return (x, y) => {
    const byte = file[start + (rows - 1 - y) * row + (x >> 3)] ?? 0
    return ((byte >> (7 - (x & 7))) & 1) === 1 ? 0 : 255
  }
}

function withAlpha(image: Bitmap, alpha: (x: number, y: number) => number): Bitmap {
  const target = blank('RGBA', image.width, image.height)
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      const pixel = y * image.width + x
      const color =
        image.palette === undefined
          ? image.data.subarray(pixel * 3, pixel * 3 + 3)
          : image.palette.colors.subarray(
              (image.data[pixel] as number) * 4,
              (image.data[pixel] as number) * 4 + 3,
            )
      target.data.set(color, pixel * 4)
      target.data[pixel * 4 + 3] = alpha(x, y)
    }
  }
  return target
}

function damaged(format: string): GuestError {
  return new GuestError('value', `The ${format} image is damaged`)
}

function unsupported(what: string): GuestError {
  return new GuestError('value', `Bitmaps with this ${what} are not supported`)
}
