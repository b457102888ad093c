/** A moment as Python's `datetime` without a time zone has it, or a day as `date` has. */
export interface Moment {
  readonly kind: 'moment'
  /** Milliseconds since 1970, as if it were UTC. */
  readonly time: number
  readonly isDay: boolean
}

/** Parts of a moment, in Python's words. */
export const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const

export type MomentPart = (typeof PARTS)[number]

/** What is added to a moment: by `timedelta` only `time`, by `relativedelta` all. */
export interface Span {
  readonly kind: 'span'
  readonly months: number
  /** Milliseconds, days among them. */
  readonly time: number
  /** Parts that are set, not added. */
  readonly set: Partial<Record<MomentPart, number>>
  /** Monday is 0; the first one on or after the moment. */
  readonly weekday: number | undefined
}

const DAY = 86_400_000

export function partsOf({ time }: Moment): Readonly<Record<MomentPart, number>> {
  const date = new Date(time)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

/** The moment with some parts set; undefined where there is no such day or time. */
export function withParts(
  moment: Moment,
  set: Partial<Record<MomentPart, number>>,
): Moment | undefined {
  const { year, month, day, hour, minute, second } = { ...partsOf(moment), ...set }
  const time = Date.UTC(year, month - 1, day, hour, minute, second, moment.time % 1000)
  const made: Moment = { ...moment, time }
  const parts = partsOf(made)
  const isThere =
    parts.month === month && parts.day === day && parts.hour === hour && parts.minute === minute
  return isThere ? made : undefined
}

/** As dateutil's `relativedelta` adds: parts are set, months counted, the day held within its month, then the rest. */
export function plus(moment: Moment, { months, time, set, weekday }: Span): Moment | undefined {
  const parts = { ...partsOf(moment), ...set }
  const count = parts.year * 12 + parts.month - 1 + months
  const [year, month] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1]
  const day = Math.min(parts.day, new Date(Date.UTC(year, month, 0)).getUTCDate())
  const moved = withParts(moment, { ...parts, year, month, day })
  if (moved === undefined) return undefined
  const added = moved.isDay ? Math.floor(time / DAY) * DAY : time
  const ends: Moment = { ...moved, time: moved.time + added }
  if (weekday === undefined) return ends
  return { ...ends, time: ends.time + ((7 - weekdayOf(ends) + weekday) % 7) * DAY }
}

/** A span the other way round; what is set stays so. */
export function negative(span: Span): Span {
  return { ...span, months: -span.months, time: -span.time }
}

/** Monday is 0. */
export function weekdayOf({ time }: Moment): number {
  return (new Date(time).getUTCDay() + 6) % 7
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
]
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** Python's `strftime`, in English; undefined for a directive that is not known. */
export function format(moment: Moment, pattern: string): string | undefined {
  const { year, month, day, hour, minute, second } = partsOf(moment)
  const two = (value: number): string => String(value).padStart(2, '0')
  const yearStart = Date.UTC(year, 0, 1)
  const values: Readonly<Record<string, string>> = {
    Y: String(year).padStart(4, '0'),
    ...{ m: two(month), d: two(day), H: two(hour), M: two(minute), S: two(second) },
    ...{ y: two(year % 100), I: two(hour % 12 || 12), p: hour < 12 ? 'AM' : 'PM' },
    j: String(Math.floor((moment.time - yearStart) / DAY) + 1).padStart(3, '0'),
    B: MONTHS[month - 1] ?? '',
    b: (MONTHS[month - 1] ?? '').slice(0, 3),
    A: WEEKDAYS[weekdayOf(moment)] ?? '',
    a: (WEEKDAYS[weekdayOf(moment)] ?? '').slice(0, 3),
    '%': '%',
  }
  let isKnown = true
  const text = pattern.replace(/%(.?)/gs, (_, directive: string) => {
    const value = values[directive]
    if (value === undefined) isKnown = false
    return value ?? ''
  })
  return isKnown ? text : undefined
}

/** As Odoo takes it in a field: seconds, no fractions. */
export function textOfMoment(moment: Moment): string {
  return format(moment, moment.isDay ? '%Y-%m-%d' : '%Y-%m-%d %H:%M:%S') ?? ''
}
