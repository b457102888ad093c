/** A resampling filter: its weight at a distance, and the distance beyond which that is 0. */
export interface Filter {
  readonly support: number
  readonly weight: (distance: number) => number
}

function sinc(x: number): number {
  if (x === 0) return 1
  return Math.sin(x * Math.PI) / (x * Math.PI)
}

const CUBIC = -0.5

/** By Pillow's numbers: LANCZOS 1, BILINEAR 2, BICUBIC 3, BOX 4, HAMMING 5. */
export const FILTERS: Readonly<Record<number, Filter>> = {
  1: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
  2: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  3: {
    support: 2,
    weight: (distance) => {
      const x = Math.abs(distance)
      if (x < 1) return ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC : 0
    },
  },
  4: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  5: {
    support: 1,
    weight: (distance) => {
      const x = Math.abs(distance)
      if (x === 0) return 1
      return x < 1 ? sinc(x) * (0.54 + 0.46 * Math.cos(Math.PI * x)) : 0
    },
  },
}

/** Pillow's number of the filter that takes the nearest pixel. */
export const NEAREST = 0
