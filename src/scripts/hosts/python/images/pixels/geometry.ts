import { type Bitmap, BYTES, blank } from '../bitmap.js'

/** A part of an image; what lies outside of it is zero. */
export function crop(
  source: Bitmap,
  [left, top, right, bottom]: readonly [number, number, number, number],
): Bitmap {
  const bytes = BYTES[source.mode]
  const width = Math.max(0, right - left)
  const height = Math.max(0, bottom - top)
  const target = blank(source.mode, width, height, source.palette)
  const from = Math.max(left, 0)
  const until = Math.min(right, source.width)
  if (from >= until) return target
  for (let y = Math.max(top, 0); y < Math.min(bottom, source.height); y += 1) {
    const row = source.data.subarray(
      (y * source.width + from) * bytes,
      (y * source.width + until) * bytes,
    )
    target.data.set(row, ((y - top) * width + from - left) * bytes)
  }
  return target
}

interface Turn {
  /** Whether width and height change places. */
  readonly swaps: boolean
  /** The source's place of a pixel at `x`, `y`; `right` and `lowest` are the source's last column and row. */
  readonly place: (x: number, y: number, right: number, lowest: number) => readonly [number, number]
}

/** By Pillow's numbers: mirrored, upside down, 90°, 180°, 270° counter-clockwise, both diagonals. */
const TURNS: Readonly<Record<number, Turn>> = {
  0: { swaps: false, place: (x, y, right) => [right - x, y] },
  1: { swaps: false, place: (x, y, _, lowest) => [x, lowest - y] },
  2: { swaps: true, place: (x, y, right) => [right - y, x] },
  3: { swaps: false, place: (x, y, right, lowest) => [right - x, lowest - y] },
  4: { swaps: true, place: (x, y, _, lowest) => [y, lowest - x] },
  5: { swaps: true, place: (x, y) => [y, x] },
  6: { swaps: true, place: (x, y, right, lowest) => [right - y, lowest - x] },
}

/** A turned or mirrored image; undefined for a number that Pillow does not have. */
export function transpose(source: Bitmap, method: number): Bitmap | undefined {
  const turn = TURNS[method]
  if (turn === undefined) return undefined
  const bytes = BYTES[source.mode]
  const [width, height] = turn.swaps ? [source.height, source.width] : [source.width, source.height]
  const target = blank(source.mode, width, height, source.palette)
  let out = 0
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [column, row] = turn.place(x, y, source.width - 1, source.height - 1)
      const at = (row * source.width + column) * bytes
      for (let byte = 0; byte < bytes; byte += 1) {
        target.data[out] = source.data[at + byte] as number
        out += 1
      }
    }
  }
  return target
}
