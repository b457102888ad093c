import { GuestError } from '../../../../values/index.js'
import { type Bitmap, blank, integersOf, type Palette, type PixelMode } from '../bitmap.js'
import { loadSharp, type Sharp } from '../load-sharp.js'
import { decodeBmp, decodeIcon } from './decode-bmp.js'
import { paletteOf } from './palette.js'
import { readIndexes } from './png-indexes.js'

/** A picture file, and what the guest has read of its header. */
export interface DecodeRequest {
  readonly bytes: Uint8Array
  readonly format: string
  readonly mode: PixelMode
  /** Take what there is of a file that ends early. */
  readonly truncated: boolean
}

/** How the formats begin that libvips is given: it would guess at others, such as SVG, on its own. */
const MAGIC: Readonly<Record<string, readonly string[]>> = {
  PNG: ['89504e470d0a1a0a'],
  JPEG: ['ffd8ff'],
  GIF: ['474946383761', '474946383961'],
  WEBP: ['52494646'],
  TIFF: ['49492a00', '4d4d002a'],
}

/** Decodes a picture. Throws ValueError for one that is damaged or of another format. */
export async function decodeFile(request: DecodeRequest): Promise<Bitmap> {
  const { bytes, format } = request
  if (format === 'BMP') return decodeBmp(bytes)
  if (format === 'ICO') {
    const icon = decodeIcon(bytes)
    return 'png' in icon ? decodeFile({ ...request, bytes: icon.png, format: 'PNG' }) : icon.image
  }
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex')
  const isKnown =
    Object.hasOwn(MAGIC, format) && MAGIC[format]?.some((one) => start.startsWith(one))
  if (isKnown !== true) throw new GuestError('value', `This is no ${format} file`)
  const indexed = format === 'PNG' && request.mode === 'P' ? decodeIndexed(request) : undefined
  if (indexed !== undefined) return indexed
  const sharp = await loadSharp(`Decoding a ${format} image`)
  try {
    return await decodeBySharp(sharp, request)
  } catch (error) {
    if (error instanceof GuestError) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new GuestError('value', `The ${format} image cannot be decoded: ${message}`)
  }
}

function decodeIndexed({ bytes, truncated }: DecodeRequest): Bitmap | undefined {
  const data = readIndexes(bytes, truncated)
  if (data === undefined) return undefined
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const palette = paletteOf(bytes, 'PNG') ?? { colors: grayRamp(), hasAlpha: false }
  return { mode: 'P', width: file.readUInt32BE(16), height: file.readUInt32BE(20), data, palette }
}

async function decodeBySharp(sharp: Sharp, request: DecodeRequest): Promise<Bitmap> {
  const { bytes, format, mode, truncated } = request
  const input = { ignoreIcc: true, failOn: truncated ? 'none' : 'error' } as const
  let image = sharp(bytes, input)
  if (mode === 'I') {
    const { data, info } = await image
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer({ resolveWithObject: true })
    const words = new Uint16Array(Uint8Array.from(data).buffer)
    const target = blank('I', info.width, info.height)
    const integers = integersOf(target)
    for (let pixel = 0; pixel < integers.length; pixel += 1) {
      integers[pixel] = words[pixel * info.channels] as number
    }
    return target
  }
  if (mode === 'CMYK') image = sharp(bytes, input).pipelineColourspace('cmyk').toColourspace('cmyk')
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  const raw = { data, width: info.width, height: info.height, channels: info.channels }
  return mode === 'P' ? toIndexes(raw, paletteOf(bytes, format)) : toMode(raw, mode)
}

interface Raw {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: number
}

function toMode({ data, width, height, channels }: Raw, mode: PixelMode): Bitmap {
  const target = blank(mode, width, height)
  const bands = target.data.length / (width * height)
  const isGray = mode === 'L' || mode === '1' || mode === 'LA'
  if (bands === channels) return { mode, width, height, data }
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let band = 0; band < bands; band += 1) {
      const isAlpha = band === bands - 1 && (mode === 'LA' || mode === 'RGBA')
      const from = isAlpha ? channels - 1 : isGray || channels < 3 ? 0 : band
      const isOpaque = isAlpha && channels % 2 === 1
      target.data[pixel * bands + band] = isOpaque ? 255 : (data[pixel * channels + from] as number)
    }
  }
  return target
}

/** Finds the palette's entries again: libvips gives colours. */
function toIndexes({ data, width, height, channels }: Raw, palette: Palette | undefined): Bitmap {
  const colors = palette?.colors ?? grayRamp()
  const places = new Map<number, number>()
  let transparent = 0
  for (let index = 0; index * 4 < colors.length; index += 1) {
    const alpha = colors[index * 4 + 3] as number
    if (alpha === 0) transparent = index
    const key = keyOf(colors, index * 4, alpha)
    if (!places.has(key)) places.set(key, index)
  }
  const target = blank('P', width, height, { colors, hasAlpha: false })
  for (let pixel = 0; pixel < target.data.length; pixel += 1) {
    const at = pixel * channels
    const alpha = channels === 4 ? (data[at + 3] as number) : 255
    const key = channels < 3 ? keyOf(tripled(data, at), 0, alpha) : keyOf(data, at, alpha)
    target.data[pixel] = places.get(key) ?? (alpha === 0 ? transparent : 0)
  }
  return target
}

function keyOf(colors: Uint8Array, at: number, alpha: number): number {
  const rgb = ((colors[at] as number) * 256 + (colors[at + 1] as number)) * 256
  return (rgb + (colors[at + 2] as number)) * 256 + alpha
}

function tripled(data: Uint8Array, at: number): Uint8Array {
  return new Uint8Array(3).fill(data[at] as number)
}

function grayRamp(): Uint8Array {
  return Uint8Array.from({ length: 1024 }, (_, index) => (index % 4 === 3 ? 255 : index >> 2))
}
