/** How many kills of each kind a test run makes on an engine; MOULT_KILLS says another number, or `all`. */
const DEFAULT_KILLS = 2
/** `all` random moments. */
const MANY = 100

/** The number of kills at boundaries and at random moments. */
export function killCount(boundaries: number): {
  readonly boundaries: number
  readonly random: number
} {
  const given = process.env.MOULT_KILLS
  if (given === 'all') return { boundaries, random: MANY }
  const count = given === undefined ? DEFAULT_KILLS : Number(given)
  if (!Number.isInteger(count) || count < 0) throw new Error(`MOULT_KILLS is "${given}"`)
  return { boundaries: Math.min(count, boundaries), random: count }
}

/** Some of the numbers from 1 to `last`, first and last among them, evenly spread. */
export function spread(last: number, count: number): readonly number[] {
  if (count >= last) return Array.from({ length: last }, (_, n) => n + 1)
  if (count <= 1) return count === 1 ? [last] : []
  const picked = Array.from({ length: count }, (_, n) =>
    Math.round(1 + (n * (last - 1)) / (count - 1)),
  )
  return [...new Set(picked)]
}

/** Moments between 0 and 1, the same for the same seed (MOULT_SEED). */
export function randomMoments(count: number): readonly number[] {
  let state = Number(process.env.MOULT_SEED ?? 20_250_301) >>> 0
  return Array.from({ length: count }, () => {
    // A linear congruential generator (Numerical Recipes); good enough to pick moments.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  })
}
