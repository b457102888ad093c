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
  const sums = new Uint32Array(width * bands)
  for (let y = 0; y < height; y += 1) {
    const first = top + y * down
    const last = Math.min(first + down, bottom)
    sums.fill(0)
    for (let line = first; line < last; line += 1) {
      addLine(sums, source.data.subarray((line * source.width + left) * bands), {
        bands,
        across,
        pixels: right - left,
      })
    }
    for (let x = 0; x < width; x += 1) {
      const pixels = Math.min(across, right - left - x * across) * (last - first)
      const factor = Math.floor(SHIFT / pixels)
      for (let at = x * bands; at < (x + 1) * bands; at += 1) {
        const sum = (sums[at] as number) + (pixels >> 1)
        target.data[y * width * bands + at] = Math.floor((sum * factor) / SHIFT)
      }
    }
  }
  return target
}

interface Line {
  readonly bands: number
  readonly across: number
  readonly pixels: number
}

/** Adds a line's pixels to the sums of the blocks that they lie in. */
function addLine(sums: Uint32Array, line: Uint8Array, { bands, across, pixels }: Line): void {
  let from = 0
  let to = 0
  for (let x = 0; x < pixels; x += across) {
    const end = Math.min(x + across, pixels) * bands
    while (from < end) {
      for (let band = 0; band < bands; band += 1) {
        sums[to + band] = (sums[to + band] as number) + (line[from] as number)
        from += 1
      }
    }
    to += bands
  }
}
