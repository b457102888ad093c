import { type Bitmap, blank } from '../bitmap.js'
import { type Bucket, ColorCube, type CubeBits, meanColor, subtractBuckets } from './color-cube.js'

const FINE: CubeBits = [3, 4, 3, 3]
const COARSE: CubeBits = [2, 2, 2, 2]

/**
 * An `RGBA` image in at most `colors` colours, by Pillow's fast octree: the fullest fine buckets get a
 * colour of their own, all others share those of coarse ones. The palette has exactly `colors` entries.
 */
export function quantize(source: Bitmap, colors: number): Bitmap {
  const pixels = withOneTransparent(source.data)
  const fine = new ColorCube(FINE)
  for (let at = 0; at < pixels.length; at += 4) {
    const bucket = fine.bucketAt(placeOf(fine, pixels, at))
    bucket.count += 1
    bucket.red += pixels[at] as number
    bucket.green += pixels[at + 1] as number
    bucket.blue += pixels[at + 2] as number
    bucket.alpha += pixels[at + 3] as number
  }
  const { palette, coarseColors } = choosePalette(fine, colors)
  const table = lookupTable(fine, palette, coarseColors)
  const means = new Uint8Array(colors * 4)
  palette.forEach((bucket, index) => {
    means.set(meanColor(bucket), index * 4)
  })
  const target = blank('P', source.width, source.height, { colors: means, hasAlpha: true })
  for (let pixel = 0; pixel < target.data.length; pixel += 1) {
    target.data[pixel] = table[placeOf(fine, pixels, pixel * 4)] as number
  }
  return target
}

interface ChosenPalette {
  /** The coarse buckets, then the fine ones. */
  readonly palette: readonly Bucket[]
  readonly coarseColors: number
}

function choosePalette(fine: ColorCube, colors: number): ChosenPalette {
  const coarse = fine.coarser(COARSE)
  let coarseColors = Math.min(coarse.usedBuckets(), colors)
  let fineColors = colors - coarseColors
  const fineBuckets = fine.sorted()
  subtractBuckets(coarse, fineBuckets.slice(0, fineColors))
  // Coarse buckets that fine ones have emptied make room for more of these.
  while (coarseColors > coarse.usedBuckets()) {
    const before = fineColors
    coarseColors = coarse.usedBuckets()
    fineColors = colors - coarseColors
    subtractBuckets(coarse, fineBuckets.slice(before, fineColors))
  }
  const palette = [...coarse.sorted().slice(0, coarseColors), ...fineBuckets.slice(0, fineColors)]
  return { palette, coarseColors }
}

/** The palette's entry for each fine bucket. */
function lookupTable(
  fine: ColorCube,
  palette: readonly Bucket[],
  coarseColors: number,
): Uint8Array {
  const coarse = new ColorCube(COARSE)
  const ofCoarse = new Uint8Array(coarse.buckets.length)
  // The last first: of entries in one bucket, among them the empty ones, the fullest stays.
  for (let index = coarseColors - 1; index >= 0; index -= 1) {
    ofCoarse[placeOf(coarse, meanColor(palette[index] as Bucket), 0)] = index
  }
  const table = new Uint8Array(fine.buckets.length)
  for (let red = 0; red < 256; red += 32) {
    for (let green = 0; green < 256; green += 16) {
      for (let blue = 0; blue < 256; blue += 32) {
        for (let alpha = 0; alpha < 256; alpha += 32) {
          table[fine.place(red, green, blue, alpha)] = ofCoarse[
            coarse.place(red, green, blue, alpha)
          ] as number
        }
      }
    }
  }
  for (let index = palette.length - 1; index >= coarseColors; index -= 1) {
    table[placeOf(fine, meanColor(palette[index] as Bucket), 0)] = index
  }
  return table
}

/** All fully transparent pixels get the colour of the first one. */
function withOneTransparent(data: Uint8Array): Uint8Array {
  const pixels = data.slice()
  let first = -1
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3] !== 0) continue
    if (first < 0) first = at
    pixels.copyWithin(at, first, first + 3)
  }
  return pixels
}

function placeOf(cube: ColorCube, pixels: Uint8Array, at: number): number {
  return cube.place(
    pixels[at] as number,
    pixels[at + 1] as number,
    pixels[at + 2] as number,
    pixels[at + 3] as number,
  )
}
