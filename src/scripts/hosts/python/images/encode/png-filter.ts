/**
 * Filters the rows of a picture as Pillow does: each gets the filter whose differences are smallest in
 * sum, tried in the order none, up, sub, average (only to optimise), Paeth. The answer has a byte for
 * the filter before each row.
 */
export function filterRows(
  data: Uint8Array,
  layout: { readonly row: number; readonly pixel: number },
  optimize: boolean,
): Uint8Array {
  const { row, pixel } = layout
  const count = row === 0 ? 0 : data.length / row
  const target = new Uint8Array((row + 1) * count)
  const previous = new Uint8Array(row)
  const trial = new Uint8Array(row)
  for (let y = 0; y < count; y += 1) {
    const line = data.subarray(y * row, (y + 1) * row)
    const out = y * (row + 1)
    let least = plainSum(line)
    target.set(line, out + 1)
    for (const [kind, predict] of TRIED) {
      if (least === 0) break
      if (kind === AVERAGE && !optimize) continue
      const sum = predict({ line, previous, pixel, out: trial })
      if (sum >= least) continue
      least = sum
      target[out] = kind
      target.set(trial, out + 1)
    }
    previous.set(line)
  }
  return target
}

interface Trial {
  readonly line: Uint8Array
  readonly previous: Uint8Array
  /** Bytes of a pixel. */
  readonly pixel: number
  readonly out: Uint8Array
}

const AVERAGE = 3

/** PNG's numbers of the filters. */
const TRIED: readonly (readonly [number, (trial: Trial) => number])[] = [
  [2, up],
  [1, sub],
  [AVERAGE, average],
  [4, paeth],
]

/** How far a byte is from 0, either way round. */
function distance(value: number): number {
  return value < 128 ? value : 256 - value
}

function plainSum(line: Uint8Array): number {
  let sum = 0
  for (let x = 0; x < line.length; x += 1) sum += distance(line[x] as number)
  return sum
}

function up({ line, previous, out }: Trial): number {
  let sum = 0
  for (let x = 0; x < line.length; x += 1) {
    const value = ((line[x] as number) - (previous[x] as number)) & 255
    out[x] = value
    sum += distance(value)
  }
  return sum
}

function sub({ line, pixel, out }: Trial): number {
  let sum = 0
  for (let x = 0; x < line.length; x += 1) {
    const left = x < pixel ? 0 : (line[x - pixel] as number)
    const value = ((line[x] as number) - left) & 255
    out[x] = value
    sum += distance(value)
  }
  return sum
}

function average({ line, previous, pixel, out }: Trial): number {
  let sum = 0
  for (let x = 0; x < line.length; x += 1) {
    const left = x < pixel ? 0 : (line[x - pixel] as number)
    const value = ((line[x] as number) - ((left + (previous[x] as number)) >> 1)) & 255
    out[x] = value
    sum += distance(value)
  }
  return sum
}

function paeth({ line, previous, pixel, out }: Trial): number {
  let sum = 0
  for (let x = 0; x < line.length; x += 1) {
    const above = previous[x] as number
    const left = x < pixel ? 0 : (line[x - pixel] as number)
    const corner = x < pixel ? 0 : (previous[x - pixel] as number)
    const fromLeft = Math.abs(above - corner)
    const fromAbove = Math.abs(left - corner)
    const fromCorner = Math.abs(left + above - 2 * corner)
    const guess =
      fromLeft <= fromAbove && fromLeft <= fromCorner
        ? left
        : fromAbove <= fromCorner
          ? above
          : corner
    const value = ((line[x] as number) - guess) & 255
    out[x] = value
    sum += distance(value)
  }
  return sum
}
