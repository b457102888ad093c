import { type Bitmap, BYTES, blank } from '../bitmap.js'

export interface ReduceRequest {
  readonly across: number
  readonly down: number
  readonly box: readonly [number, number, number, number]
}

const SHIFT = 2 ** 24

/** Averages blocks of pixels; those at the right and lower edge may be smaller. Rounds as Pillow does. */
export function reduce(source: Bitmap, { across, down, box }: ReduceRequest): Bitmap {
  const [left, top, right, bottom] = box
  const bands = BYTES[source.mode]
  const width = Math.ceil((right - left) / across)
  const height = Math.ceil((bottom - top) / down)
  const target = blank(source.mode, width, height, source.palette)
  const row = source.width * bands
  let out = 0
  for (let y = 0; y < height; y += 1) {
    const y0 = top + y * down
    const y1 = Math.min(y0 + down, bottom)
    for (let x = 0; x < width; x += 1) {
      const x0 = left + x * across
      const x1 = Math.min(x0 + across, right)
      const pixels = (x1 - x0) * (y1 - y0)
      const factor = Math.floor(SHIFT / pixels)
      for (let band = 0; band < bands; band += 1) {
        let sum = pixels >> 1
        for (let line = y0; line < y1; line += 1) {
          const end = line * row + x1 * bands
          for (let at = line * row + x0 * bands + band; at < end; at += bands) {
            sum += source.data[at] as number
          }
        }
        target.data[out] = Math.floor((sum * factor) / SHIFT)
        out += 1
      }
    }
  }
  return target
}
