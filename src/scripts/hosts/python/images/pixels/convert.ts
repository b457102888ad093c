import { type Bitmap, BYTES, blank, integersOf, type PixelMode } from '../bitmap.js'
import { multiply255 } from './blend.js'

/** Red, green, blue and alpha of a pixel, written to `out` at `to`. */
type Read = (out: Uint8Array, to: number, pixel: number) => void
/** Writes a pixel from red, green, blue and alpha at `from`. */
type Write = (pixel: number, from: Uint8Array, at: number) => void

/** ITU-R 601-2 in whole numbers, as Pillow has it. */
export function luma(red: number, green: number, blue: number): number {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16
}

/** Whether {@link convert} can. */
export function isConvertible(from: PixelMode, to: PixelMode): boolean {
  if (to === 'P' || to === 'CMYK' || (to === 'I' && from !== 'L' && from !== '1')) return false
  if (to === 'RGBa') return from === 'RGBA'
  if (to === 'La') return from === 'LA'
  return true
}

/** An image in another mode. What has no meaning in it (alpha, colours) is dropped, not blended. */
export function convert(source: Bitmap, mode: PixelMode): Bitmap {
  const target = blank(mode, source.width, source.height)
  if (mode === '1') return dithered(source.mode === 'L' ? source : convert(source, 'L'), target)
  const read = reader(source)
  const write = writer(target)
  const pixel = new Uint8Array(4)
  const count = source.width * source.height
  for (let index = 0; index < count; index += 1) {
    read(pixel, 0, index)
    write(index, pixel, 0)
  }
  return target
}

function reader(source: Bitmap): Read {
  const { data, palette, mode } = source
  const at = (index: number): number => data[index] as number
  const set = (out: Uint8Array, to: number, color: readonly [number, number, number, number]) => {
    out.set(color, to)
  }
  switch (mode) {
    case '1':
    case 'L':
      return (out, to, pixel) => {
        const value = at(pixel)
        out[to] = value
        out[to + 1] = value
        out[to + 2] = value
        out[to + 3] = 255
      }
    case 'LA':
    case 'La':
      return (out, to, pixel) => {
        const alpha = at(pixel * 2 + 1)
        const value = mode === 'La' ? unmultiplied(at(pixel * 2), alpha) : at(pixel * 2)
        set(out, to, [value, value, value, alpha])
      }
    case 'I': {
      const integers = integersOf(source)
      return (out, to, pixel) => {
        const value = Math.min(Math.max(integers[pixel] as number, 0), 255)
        set(out, to, [value, value, value, 255])
      }
    }
    case 'P': {
      const colors = new Uint8Array(1024).fill(0)
      colors.set((palette?.colors ?? new Uint8Array()).subarray(0, 1024))
      const hasAlpha = palette?.hasAlpha === true
      return (out, to, pixel) => {
        const color = at(pixel) * 4
        out[to] = colors[color] as number
        out[to + 1] = colors[color + 1] as number
        out[to + 2] = colors[color + 2] as number
        out[to + 3] = hasAlpha ? (colors[color + 3] as number) : 255
      }
    }
    case 'RGB':
      return (out, to, pixel) => {
        out[to] = at(pixel * 3)
        out[to + 1] = at(pixel * 3 + 1)
        out[to + 2] = at(pixel * 3 + 2)
        out[to + 3] = 255
      }
    case 'CMYK':
      return (out, to, pixel) => {
        const white = 255 - at(pixel * 4 + 3)
        const ink = (band: number): number =>
          Math.max(0, white - multiply255(at(pixel * 4 + band), white))
        set(out, to, [ink(0), ink(1), ink(2), 255])
      }
    case 'RGBa':
      return (out, to, pixel) => {
        const alpha = at(pixel * 4 + 3)
        out[to] = unmultiplied(at(pixel * 4), alpha)
        out[to + 1] = unmultiplied(at(pixel * 4 + 1), alpha)
        out[to + 2] = unmultiplied(at(pixel * 4 + 2), alpha)
        out[to + 3] = alpha
      }
    case 'RGBA':
      return (out, to, pixel) => {
        out[to] = at(pixel * 4)
        out[to + 1] = at(pixel * 4 + 1)
        out[to + 2] = at(pixel * 4 + 2)
        out[to + 3] = at(pixel * 4 + 3)
      }
  }
}

function writer(target: Bitmap): Write {
  const { data, mode } = target
  const gray = (from: Uint8Array, at: number): number => {
    const red = from[at] as number
    const green = from[at + 1] as number
    const blue = from[at + 2] as number
    return red === green && green === blue ? red : luma(red, green, blue)
  }
  switch (mode) {
    case 'I': {
      const integers = integersOf(target)
      return (pixel, from, at) => {
        integers[pixel] = gray(from, at)
      }
    }
    case 'LA':
    case 'La':
      return (pixel, from, at) => {
        const alpha = from[at + 3] as number
        const value = gray(from, at)
        data[pixel * 2] = mode === 'La' ? multiply255(value, alpha) : value
        data[pixel * 2 + 1] = alpha
      }
    case 'RGB':
    case 'RGBA': {
      const bytes = BYTES[mode]
      return (pixel, from, at) => {
        for (let band = 0; band < bytes; band += 1) {
          data[pixel * bytes + band] = from[at + band] as number
        }
      }
    }
    case 'RGBa':
      return (pixel, from, at) => {
        const alpha = from[at + 3] as number
        data[pixel * 4] = multiply255(from[at] as number, alpha)
        data[pixel * 4 + 1] = multiply255(from[at + 1] as number, alpha)
        data[pixel * 4 + 2] = multiply255(from[at + 2] as number, alpha)
        data[pixel * 4 + 3] = alpha
      }
    default:
      return (pixel, from, at) => {
        data[pixel] = gray(from, at)
      }
  }
}

function unmultiplied(value: number, alpha: number): number {
  if (alpha === 255 || alpha === 0) return value
  return Math.min(255, Math.floor((255 * value) / alpha))
}

/** Black and white by error diffusion (Floyd and Steinberg), in Pillow's whole numbers. */
function dithered(source: Bitmap, target: Bitmap): Bitmap {
  const { width, height } = source
  const errors = new Int32Array(width + 1)
  for (let y = 0; y < height; y += 1) {
    let left = 0
    let below = 0
    let belowLeft = 0
    for (let x = 0; x < width; x += 1) {
      const carried = Math.trunc((left + (errors[x + 1] as number)) / 16)
      const value = Math.min(255, Math.max(0, (source.data[y * width + x] as number) + carried))
      const isWhite = value > 128
      target.data[y * width + x] = isWhite ? 255 : 0
      const error = value - (isWhite ? 255 : 0)
      errors[x] = error * 3 + belowLeft
      belowLeft = error * 5 + below
      below = error
      left = error * 7
    }
    errors[width] = belowLeft
  }
  return target
}
