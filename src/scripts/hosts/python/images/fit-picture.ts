import { type Bitmap, BYTES } from './bitmap.js'
import { decodeFile } from './decode/decode-file.js'
import { encodeJpeg } from './encode/jpeg.js'
import { encodePng } from './encode/png-file.js'
import { loadSharp } from './load-sharp.js'
import { convert } from './pixels/convert.js'
import { reduce } from './pixels/reduce.js'
import { type Box, resize } from './pixels/resize.js'

/** Quality of JPEG files that Odoo writes (odoo/tools/image.py). */
const QUALITY = 95
/** Pillow averages first where a picture is shrunk to less than half: no filter sees more pixels than needed. */
const GAP = 2
/** Pillow's number of the filter. */
const LANCZOS = 1

type Format = 'PNG' | 'JPEG'

/**
 * A picture within a size in pixels, 0 for no limit, as Odoo's `image_process` makes it: PNG and JPEG in their own
 * format, with Pillow's pixels. What is small enough, and every other format, stays as it is. Throws GuestError
 * for a damaged picture, or without the package that decodes pictures.
 */
export async function fitPicture(
  content: Uint8Array,
  width: number,
  height: number,
): Promise<Uint8Array> {
  const format = formatOf(content)
  if (format === undefined || (width <= 0 && height <= 0)) return content
  const sharp = await loadSharp('Making pictures smaller')
  const facts = await sharp(content)
    .metadata()
    .catch(() => undefined)
  const turned = (facts?.orientation ?? 1) > 4
  const size = facts && { width: facts.width ?? 0, height: facts.height ?? 0 }
  const shown = turned && size ? { width: size.height, height: size.width } : size
  const target = shown && targetOf(shown, { width, height })
  // Unreadable here means unreadable to the decoder too, which says so.
  if (facts !== undefined && target === undefined) return content
  const image = await decode(content, format, facts)
  if (target === undefined) return content
  return encode(shrink(image, target), format)
}

/** Whether two files show the same pixels; false for what cannot be decoded. */
export async function isSamePicture(left: Uint8Array, right: Uint8Array): Promise<boolean> {
  if (Buffer.compare(left, right) === 0) return true
  const sharp = await loadSharp('Comparing pictures')
  const pixels = (bytes: Uint8Array) =>
    sharp(bytes).ensureAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  try {
    const [one, other] = [await pixels(left), await pixels(right)]
    return one.info.width === other.info.width && one.data.equals(other.data)
  } catch {
    return false
  }
}

interface Size {
  readonly width: number
  readonly height: number
}

function formatOf(content: Uint8Array): Format | undefined {
  const start = Buffer.from(content.subarray(0, 8)).toString('hex')
  if (start === '89504e470d0a1a0a') return 'PNG'
  return start.startsWith('ffd8ff') ? 'JPEG' : undefined
}

interface Facts {
  readonly orientation?: number | undefined
  readonly channels?: number | undefined
  readonly space?: string | undefined
  readonly paletteBitDepth?: number | undefined
  readonly hasAlpha?: boolean | undefined
}

async function decode(
  bytes: Uint8Array,
  format: Format,
  facts: Facts | undefined,
): Promise<Bitmap> {
  if ((facts?.orientation ?? 1) > 1) {
    const sharp = await loadSharp('Turning pictures')
    const { data, info } = await sharp(bytes, { ignoreIcc: true })
      .rotate()
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    return { mode: 'RGB', width: info.width, height: info.height, data }
  }
  const mode = modeOf(format, facts)
  const image = await decodeFile({ bytes, format, mode, truncated: false })
  return image.mode === 'CMYK' ? convert(image, 'RGB') : image
}

function modeOf(format: Format, facts: Facts | undefined): Bitmap['mode'] {
  if (facts?.paletteBitDepth !== undefined && format === 'PNG') return 'P'
  if (facts?.space === 'cmyk') return 'CMYK'
  const isGray = (facts?.channels ?? 3) < 3
  if (facts?.hasAlpha === true) return isGray ? 'LA' : 'RGBA'
  return isGray ? 'L' : 'RGB'
}

/** The largest size of the same shape within limits; undefined where the picture is small enough. */
function targetOf(size: Size, limit: Size): Size | undefined {
  const x = limit.width > 0 ? limit.width : Math.floor((size.width * limit.height) / size.height)
  const y = limit.height > 0 ? limit.height : Math.floor((size.height * limit.width) / size.width)
  if (x >= size.width && y >= size.height) return undefined
  const shape = size.width / size.height
  if (x / y >= shape) {
    return { width: nearest(y * shape, (side) => Math.abs(shape - side / y)), height: y }
  }
  const distance = (side: number) => (side === 0 ? 0 : Math.abs(shape - x / side))
  return { width: x, height: nearest(x / shape, distance) }
}

function nearest(side: number, distance: (side: number) => number): number {
  const [low, high] = [Math.floor(side), Math.ceil(side)]
  return Math.max(distance(low) <= distance(high) ? low : high, 1)
}

function shrink(image: Bitmap, { width, height }: Size): Bitmap {
  const whole: Box = [0, 0, image.width, image.height]
  if (image.mode === 'P') return resize(image, { width, height, filter: 0, box: whole })
  if (image.mode === 'LA' || image.mode === 'RGBA') {
    const through = convert(image, image.mode === 'LA' ? 'La' : 'RGBa')
    return convert(resize(through, { width, height, filter: LANCZOS, box: whole }), image.mode)
  }
  const across = Math.trunc(image.width / width / GAP) || 1
  const down = Math.trunc(image.height / height / GAP) || 1
  if (across === 1 && down === 1) {
    return resize(image, { width, height, filter: LANCZOS, box: whole })
  }
  const reduced = reduce(image, { across, down, box: whole })
  const box: Box = [0, 0, image.width / across, image.height / down]
  return resize(reduced, { width, height, filter: LANCZOS, box })
}

async function encode(image: Bitmap, format: Format): Promise<Uint8Array> {
  if (format === 'PNG') return encodePng(image)
  const plain = BYTES[image.mode] === 1 || image.mode === 'RGB' ? image : convert(image, 'RGB')
  const encoded = await encodeJpeg(plain, {
    ...{ quality: QUALITY, optimize: true, progressive: false, fullColor: false },
    ...{ density: [0, 0], segments: new Uint8Array() },
  })
  return encoded ?? encodePng(image)
}
