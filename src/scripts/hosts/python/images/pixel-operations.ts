import { GuestError, PyBytes } from '../../../values/index.js'
import type { Arguments } from './arguments.js'
import { type Bitmap, BYTES, blank, type Palette, type PixelMode } from './bitmap.js'
import type { ImageOperation } from './image-operations.js'
import type { ImageStore } from './image-store.js'
import { convert, isConvertible } from './pixels/convert.js'
import { crop, transpose } from './pixels/geometry.js'
import { paste, putAlpha } from './pixels/paste.js'
import { quantize } from './pixels/quantize.js'
import { reduce } from './pixels/reduce.js'
import { resize } from './pixels/resize.js'
import { boundingBox, countColors, histogram } from './pixels/statistics.js'

const MOST_PIXELS = 200_000_000

/** Operations on pixels; arguments as in Pillow, images by their handles. */
export const pixelOperations: Readonly<Record<string, ImageOperation>> = {
  /** `create(mode, width, height, pixel)`: an image of one colour, the bytes of a pixel. */
  create: (given, store) => {
    const image = newImage(given, store)
    const pixel = given.bytes(3)
    if (pixel.some((byte) => byte !== 0)) {
      for (let at = 0; at < image.data.length; at += pixel.length) image.data.set(pixel, at)
    }
    return image
  },
  /** `load(mode, width, height, bytes, palette=None)`: an image of given pixels. */
  load: (given, store) => {
    const image = newImage(given, store)
    const bytes = given.bytes(3)
    if (bytes.length !== image.data.length) {
      throw new GuestError('value', 'The pixels are not as many as the size says')
    }
    image.data.set(bytes)
    const colors = given.bytes('palette')
    return colors.length === 0 ? image : { ...image, palette: { colors, hasAlpha: false } }
  },
  /** `pixels(image)`: all of them, as bytes. */
  pixels: (given, store) => new PyBytes(store.get(given.value(0)).data),
  copy: (given, store) => copyOf(store.get(given.value(0))),
  /** `resize(image, width, height, filter, box)` */
  resize: (given, store) => {
    const image = store.get(given.value(0))
    const [width, height] = sizeOf(given, 1)
    const box = given.box(4)
    requireInside(box, image)
    requireBytes(image, 'resized')
    store.reserve(width * height * BYTES[image.mode])
    return resize(image, { width, height, filter: given.whole(3), box })
  },
  /** `reduce(image, across, down, box)` */
  reduce: (given, store) => {
    const image = store.get(given.value(0))
    const box = given.box(3)
    requireInside(box, image)
    requireBytes(image, 'reduced')
    const [across, down] = sizeOf(given, 1)
    return reduce(image, { across, down, box })
  },
  /** `crop(image, box)` */
  crop: (given, store) => {
    const image = store.get(given.value(0))
    const box = given.box(1)
    const [left, top, right, bottom] = box
    if (!box.every(Number.isSafeInteger)) throw new GuestError('value', 'A box is of whole pixels')
    requireSize(right - left, bottom - top)
    store.reserve(Math.max(0, right - left) * Math.max(0, bottom - top) * BYTES[image.mode])
    return crop(image, box)
  },
  /** `transpose(image, method)` */
  transpose: (given, store) => {
    const turned = transpose(store.get(given.value(0)), given.whole(1))
    if (turned === undefined) throw new GuestError('value', 'No such way to transpose')
    return turned
  },
  /** `convert(image, mode, transparency=None)`: transparency of a palette, an index or a list of alphas. */
  convert: (given, store) => {
    const image = withTransparency(store.get(given.value(0)), given)
    const mode = given.mode(1)
    if (image.mode === 'RGBA' && mode === 'P') return quantize(image, 256)
    if (!isConvertible(image.mode, mode)) throw unsupported(image.mode, mode)
    store.reserve(image.width * image.height * BYTES[mode])
    return convert(image, mode)
  },
  /** `quantize(image, colors)` */
  quantize: (given, store) => {
    const image = store.get(given.value(0))
    const colors = given.whole(1)
    if (image.mode !== 'RGBA') throw unsupported(image.mode, 'P')
    if (colors < 1 || colors > 256) throw new GuestError('value', 'bad number of colors')
    return quantize(image, colors)
  },
  /** `paste(image, source, left, top, width, height, mask=None)`: source is a handle or a pixel's bytes. */
  paste: (given, store) => {
    const target = store.get(given.value(0))
    const source = given.value(1)
    const [width, height] = [given.whole(4), given.whole(5)]
    const mask = given.value('mask')
    const pasted = source instanceof PyBytes ? source.bytes : store.get(source)
    requirePasted(target, pasted, width, height)
    const cover = mask === null ? undefined : store.get(mask)
    if (cover !== undefined && (cover.width !== width || cover.height !== height)) {
      throw new GuestError('value', 'images do not match')
    }
    const place = { left: given.whole(2), top: given.whole(3), width, height }
    // An image may be pasted into itself.
    const from = pasted === target ? copyOf(target) : pasted
    paste(target, { ...place, source: from, ...(cover !== undefined && { mask: cover }) })
    return null
  },
  /** `putalpha(image, alpha)`: an `L` image or a number. */
  putalpha: (given, store) => {
    const target = store.get(given.value(0))
    const alpha = given.flag('constant') ? given.whole(1) : store.get(given.value(1))
    const isWrong =
      typeof alpha !== 'number' &&
      (alpha.mode !== 'L' || alpha.width !== target.width || alpha.height !== target.height)
    if (isWrong) throw new GuestError('value', 'images do not match')
    putAlpha(target, alpha)
    return null
  },
  /** `colors(image, most)`: `[count, band, …]` of each colour, or None when there are more. */
  colors: (given, store) => countColors(store.get(given.value(0)), given.whole(1)) ?? null,
  histogram: (given, store) => {
    const image = store.get(given.value(0))
    requireBytes(image, 'counted')
    return histogram(image)
  },
  /** `bbox(image)`: left, top, right, bottom, or None. */
  bbox: (given, store) => boundingBox(store.get(given.value(0))) ?? null,
}

function newImage(given: Arguments, store: ImageStore): Bitmap {
  const mode = given.mode(0)
  const [width, height] = [given.whole(1), given.whole(2)]
  requireSize(width, height)
  if (width < 0 || height < 0) throw new GuestError('value', 'Width and height must be >= 0')
  store.reserve(width * height * BYTES[mode])
  return blank(mode, width, height)
}

function copyOf(image: Bitmap): Bitmap {
  return { ...image, data: image.data.slice() }
}

function sizeOf(given: Arguments, at: number): readonly [number, number] {
  const [width, height] = [given.whole(at), given.whole(at + 1)]
  if (width < 1 || height < 1) throw new GuestError('value', 'height and width must be > 0')
  requireSize(width, height)
  return [width, height]
}

function requireSize(width: number, height: number): void {
  if (width * height <= MOST_PIXELS) return
  throw new GuestError('value', `An image of ${width} x ${height} pixels is too large`)
}

function requireInside(box: readonly number[], { width, height }: Bitmap): void {
  const [left = 0, top = 0, right = 0, bottom = 0] = box
  if (left < 0 || top < 0) throw new GuestError('value', "box offset can't be negative")
  if (right > width || bottom > height)
    throw new GuestError('value', "box can't exceed original image size")
  if (right <= left || bottom <= top) throw new GuestError('value', "box can't be empty")
}

function requireBytes({ mode }: Bitmap, what: string): void {
  if (mode === 'I' || (what === 'reduced' && (mode === 'P' || mode === '1')))
    throw new GuestError('value', `Images of mode ${mode} cannot be ${what}`)
}

function requirePasted(
  target: Bitmap,
  source: Bitmap | Uint8Array,
  width: number,
  height: number,
): void {
  const fits =
    source instanceof Uint8Array
      ? source.length === BYTES[target.mode]
      : source.mode === target.mode && source.width === width && source.height === height
  if (!fits) throw new GuestError('value', 'images do not match')
}

function withTransparency(image: Bitmap, given: Arguments): Bitmap {
  const { palette } = image
  const transparency = given.value('transparency')
  if (palette === undefined || transparency === null) return image
  const colors = palette.colors.slice()
  if (transparency instanceof PyBytes) {
    transparency.bytes.forEach((alpha, index) => {
      if (index * 4 + 3 < colors.length) colors[index * 4 + 3] = alpha
    })
  } else {
    for (let at = 3; at < colors.length; at += 4) colors[at] = 255
    const at = given.whole('transparency') * 4 + 3
    if (at < colors.length) colors[at] = 0
  }
  const transparent: Palette = { colors, hasAlpha: true }
  return { ...image, palette: transparent }
}

function unsupported(from: PixelMode, to: PixelMode): GuestError {
  return new GuestError('value', `conversion from ${from} to ${to} not supported`)
}
