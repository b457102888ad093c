import { type Bitmap, BYTES, blank } from '../bitmap.js'
import { FILTERS, type Filter, NEAREST } from './filters.js'

/** Left, top, right, bottom, in pixels; may be fractions. */
export type Box = readonly [number, number, number, number]

export interface ResizeRequest {
  readonly width: number
  readonly height: number
  /** Pillow's number of the filter. */
  readonly filter: number
  /** The part of the image that is wanted. */
  readonly box: Box
}

/** Weights are integers with so many binary places, as Pillow has them: results are equal to the bit. */
const PRECISION_BITS = 22
const ONE = 1 << PRECISION_BITS
const HALF = 1 << (PRECISION_BITS - 1)

/** The weights of one direction: for each wanted pixel the first source pixel, how many, and their weights. */
interface Weights {
  readonly first: Int32Array
  readonly counts: Int32Array
  readonly values: Int32Array
  /** Places of each pixel in `values`. */
  readonly stride: number
}

/** Resizes as Pillow does: horizontally, then vertically, eight bits in between. */
export function resize(source: Bitmap, { width, height, filter, box }: ResizeRequest): Bitmap {
  const kernel = FILTERS[filter]
  if (filter === NEAREST || kernel === undefined) return nearest(source, width, height, box)
  const [left, top, right, bottom] = box
  const across = left !== 0 || right !== source.width || width !== source.width
  const down = top !== 0 || bottom !== source.height || height !== source.height
  let image = source
  if (across) image = horizontal(image, width, weights(source.width, left, right, width, kernel))
  if (down) image = vertical(image, height, weights(source.height, top, bottom, height, kernel))
  return image
}

function weights(size: number, from: number, to: number, wanted: number, filter: Filter): Weights {
  const scale = (to - from) / wanted
  const stretch = Math.max(scale, 1)
  const support = filter.support * stretch
  const stride = Math.ceil(support) * 2 + 1
  const first = new Int32Array(wanted)
  const counts = new Int32Array(wanted)
  const values = new Int32Array(wanted * stride)
  const exact = new Float64Array(stride)
  for (let pixel = 0; pixel < wanted; pixel += 1) {
    const center = from + (pixel + 0.5) * scale
    const start = Math.max(Math.trunc(center - support + 0.5), 0)
    const count = Math.min(Math.trunc(center + support + 0.5), size) - start
    let total = 0
    for (let x = 0; x < count; x += 1) {
      const weight = filter.weight((x + start - center + 0.5) / stretch)
      exact[x] = weight
      total += weight
    }
    for (let x = 0; x < count; x += 1) {
      const weight = total === 0 ? (exact[x] ?? 0) : (exact[x] ?? 0) / total
      values[pixel * stride + x] = Math.trunc(weight * ONE + (weight < 0 ? -0.5 : 0.5))
    }
    first[pixel] = start
    counts[pixel] = count
  }
  return { first, counts, values, stride }
}

function horizontal(source: Bitmap, width: number, weights: Weights): Bitmap {
  const bands = BYTES[source.mode]
  const target = blank(source.mode, width, source.height, source.palette)
  const { first, counts, values, stride } = weights
  const from = source.data
  // Clamps what negative weights carry beyond the ends.
  const to = new Uint8ClampedArray(target.data.buffer)
  for (let y = 0; y < source.height; y += 1) {
    const row = y * source.width * bands
    let out = y * width * bands
    for (let x = 0; x < width; x += 1) {
      const start = row + (first[x] as number) * bands
      const weight = x * stride
      const count = counts[x] as number
      let one = HALF
      let two = HALF
      let three = HALF
      let four = HALF
      let at = start
      for (let i = 0; i < count; i += 1) {
        const factor = values[weight + i] as number
        one += (from[at] as number) * factor
        if (bands > 1) two += (from[at + 1] as number) * factor
        if (bands > 2) three += (from[at + 2] as number) * factor
        if (bands > 3) four += (from[at + 3] as number) * factor
        at += bands
      }
      to[out] = one >> PRECISION_BITS
      if (bands > 1) to[out + 1] = two >> PRECISION_BITS
      if (bands > 2) to[out + 2] = three >> PRECISION_BITS
      if (bands > 3) to[out + 3] = four >> PRECISION_BITS
      out += bands
    }
  }
  return target
}

function vertical(source: Bitmap, height: number, weights: Weights): Bitmap {
  const row = source.width * BYTES[source.mode]
  const target = blank(source.mode, source.width, height, source.palette)
  const { first, counts, values, stride } = weights
  const from = source.data
  const to = new Uint8ClampedArray(target.data.buffer)
  const sums = new Int32Array(row)
  for (let y = 0; y < height; y += 1) {
    sums.fill(HALF)
    // Row by row: the memory is read in the order it lies in.
    for (let i = 0; i < (counts[y] as number); i += 1) {
      const weight = values[y * stride + i] as number
      const at = ((first[y] as number) + i) * row
      for (let x = 0; x < row; x += 1) {
        sums[x] = (sums[x] as number) + (from[at + x] as number) * weight
      }
    }
    const out = y * row
    for (let x = 0; x < row; x += 1) to[out + x] = (sums[x] as number) >> PRECISION_BITS
  }
  return target
}

/** The source pixel under the middle of each wanted one. */
function nearest(source: Bitmap, width: number, height: number, box: Box): Bitmap {
  const bytes = BYTES[source.mode]
  const target = blank(source.mode, width, height, source.palette)
  const [left, top, right, bottom] = box
  const columns = positions(left, right, width, source.width)
  const rows = positions(top, bottom, height, source.height)
  let out = 0
  for (let y = 0; y < height; y += 1) {
    const row = (rows[y] as number) * source.width
    for (let x = 0; x < width; x += 1) {
      const at = (row + (columns[x] as number)) * bytes
      for (let byte = 0; byte < bytes; byte += 1) {
        target.data[out] = source.data[at + byte] as number
        out += 1
      }
    }
  }
  return target
}

/** Pillow adds up the steps instead of multiplying, which decides where a pixel lies on an edge. */
function positions(from: number, to: number, wanted: number, size: number): Int32Array {
  const step = (to - from) / wanted
  const found = new Int32Array(wanted)
  let at = from + step * 0.5
  for (let index = 0; index < wanted; index += 1) {
    found[index] = Math.min(Math.max(Math.trunc(at), 0), size - 1)
    at += step
  }
  return found
}
