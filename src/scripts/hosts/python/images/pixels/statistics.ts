import { type Bitmap, BYTES, integersOf } from '../bitmap.js'

/** A colour, one number per band, and how many pixels have it. */
export type CountedColor = readonly [count: number, ...color: number[]]

/** The colours of an image in the order of their values; undefined when there are more than `most`. */
export function countColors(source: Bitmap, most: number): readonly CountedColor[] | undefined {
  const bytes = BYTES[source.mode]
  const { data } = source
  const integers = source.mode === 'I' ? integersOf(source) : undefined
  const counts = new Map<number, number>()
  for (let pixel = 0; pixel < source.width * source.height; pixel += 1) {
    let key = integers?.[pixel] ?? 0
    if (integers === undefined) {
      for (let band = 0; band < bytes; band += 1) {
        key = key * 256 + (data[pixel * bytes + band] as number)
      }
    }
    const count = counts.get(key)
    if (count === undefined && counts.size === most) return undefined
    counts.set(key, (count ?? 0) + 1)
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([key, count]) => [count, ...(integers === undefined ? bandsOf(key, bytes) : [key])])
}

function bandsOf(key: number, bytes: number): readonly number[] {
  return Array.from(
    { length: bytes },
    (_, band) => Math.floor(key / 256 ** (bytes - 1 - band)) % 256,
  )
}

/** How many pixels have each value, band after band. */
export function histogram(source: Bitmap): readonly number[] {
  const bytes = BYTES[source.mode]
  const counts = new Array<number>(256 * bytes).fill(0)
  source.data.forEach((value, index) => {
    const slot = (index % bytes) * 256 + value
    counts[slot] = (counts[slot] ?? 0) + 1
  })
  return counts
}

/** The smallest box around all pixels that are not zero (in `LA` and `RGBA`, not transparent). */
export function boundingBox(source: Bitmap): readonly [number, number, number, number] | undefined {
  const bytes = BYTES[source.mode]
  const onlyAlpha = source.mode === 'LA' || source.mode === 'RGBA'
  let box: [number, number, number, number] | undefined
  for (let y = 0; y < source.height; y += 1) {
    for (let x = 0; x < source.width; x += 1) {
      const at = (y * source.width + x) * bytes
      const pixel = source.data.subarray(onlyAlpha ? at + bytes - 1 : at, at + bytes)
      if (pixel.every((value) => value === 0)) continue
      box ??= [x, y, x + 1, y + 1]
      box = [Math.min(box[0], x), box[1], Math.max(box[2], x + 1), y + 1]
    }
  }
  return box
}
