import { type MomentPart, PARTS, type Span } from './moment.js'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const UNITS: Readonly<Record<string, number>> = {
  ...{ milliseconds: 1, seconds: SECOND, minutes: MINUTE, hours: HOUR },
  ...{ days: DAY, weeks: 7 * DAY },
}

/** The span that `timedelta(…)` or `relativedelta(…)` makes; undefined for arguments that are not known. */
export function spanOfCall(
  name: 'timedelta' | 'relativedelta',
  args: readonly number[],
  keywords: ReadonlyMap<string, number>,
): Span | undefined {
  // Days, then seconds; relativedelta takes moments there.
  const given = new Map(keywords)
  if (args.length > (name === 'timedelta' ? 2 : 0)) return undefined
  args.forEach((value, at) => void given.set(at === 0 ? 'days' : 'seconds', value))
  const set: Partial<Record<MomentPart, number>> = {}
  let [months, time, weekday]: [number, number, number | undefined] = [0, 0, undefined]
  for (const [word, value] of given) {
    const unit = UNITS[word]
    const isWhole = Number.isInteger(value)
    if (unit !== undefined) time += value * unit
    else if (name === 'timedelta' || !isWhole) return undefined
    else if (word === 'months') months += value
    else if (word === 'years') months += 12 * value
    else if (word === 'weekday' && 0 <= value && value < 7) weekday = value
    else if (isPart(word)) set[word] = value
    else return undefined
  }
  return { kind: 'span', months, time, set, weekday }
}

export function isPart(word: string): word is MomentPart {
  return (PARTS as readonly string[]).includes(word)
}
