/** A bucket of similar colours: how many pixels, and the sums of their bands. */
export interface Bucket {
  count: number
  red: number
  green: number
  blue: number
  alpha: number
}

/** Bits of each band that tell buckets apart. */
export type CubeBits = readonly [red: number, green: number, blue: number, alpha: number]

/** All colours, sorted into buckets by the upper bits of their bands. */
export class ColorCube {
  readonly bits: CubeBits
  readonly buckets: readonly Bucket[]

  constructor(bits: CubeBits) {
    this.bits = bits
    const size = 1 << bits.reduce((total, bit) => total + bit, 0)
    this.buckets = Array.from({ length: size }, emptyBucket)
  }

  /** The place of a colour's bucket. */
  place(red: number, green: number, blue: number, alpha: number): number {
    const [r, g, b, a] = this.bits
    const upper = ((red >> (8 - r)) << g) | (green >> (8 - g))
    return (((upper << b) | (blue >> (8 - b))) << a) | (alpha >> (8 - a))
  }

  bucketOf(color: Uint8Array): Bucket {
    return this.bucketAt(this.place(color[0] ?? 0, color[1] ?? 0, color[2] ?? 0, color[3] ?? 0))
  }

  bucketAt(place: number): Bucket {
    return this.buckets[place] as Bucket
  }

  /** A cube with fewer bits, of the same pixels. */
  coarser(bits: CubeBits): ColorCube {
    const cube = new ColorCube(bits)
    this.buckets.forEach((bucket, place) => {
      addTo(cube.bucketOf(this.#colorAt(place)), bucket)
    })
    return cube
  }

  usedBuckets(): number {
    return this.buckets.filter(({ count }) => count > 0).length
  }

  /** Copies of the buckets, the fullest first. */
  sorted(): readonly Bucket[] {
    return this.buckets.map((bucket) => ({ ...bucket })).sort((a, b) => b.count - a.count)
  }

  /** The lowest colour of a bucket. */
  #colorAt(place: number): Uint8Array {
    let rest = place
    const color = new Uint8Array(4)
    for (let band = 3; band >= 0; band -= 1) {
      const bits = this.bits[band] as number
      color[band] = (rest & ((1 << bits) - 1)) << (8 - bits)
      rest >>= bits
    }
    return color
  }
}

/** The mean colour of a bucket, cut to whole numbers. */
export function meanColor({ count, red, green, blue, alpha }: Bucket): Uint8Array {
  if (count === 0) return new Uint8Array(4)
  const mean = (sum: number): number => Math.min(255, Math.max(0, Math.trunc(sum / count)))
  return Uint8Array.of(mean(red), mean(green), mean(blue), mean(alpha))
}

/** Takes buckets out of the cube's that hold their mean colours. */
export function subtractBuckets(cube: ColorCube, buckets: readonly Bucket[]): void {
  for (const bucket of buckets) {
    if (bucket.count === 0) continue
    const from = cube.bucketOf(meanColor(bucket))
    from.count -= bucket.count
    from.red -= bucket.red
    from.green -= bucket.green
    from.blue -= bucket.blue
    from.alpha -= bucket.alpha
  }
}

function addTo(to: Bucket, { count, red, green, blue, alpha }: Bucket): void {
  to.count += count
  to.red += red
  to.green += green
  to.blue += blue
  to.alpha += alpha
}

function emptyBucket(): Bucket {
  return { count: 0, red: 0, green: 0, blue: 0, alpha: 0 }
}
