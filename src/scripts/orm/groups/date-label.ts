import type { Granularity } from './group-spec.js'

/** A period of days as a group shows it: its English label and the first day of the next one. */
export interface Period {
  readonly label: string
  readonly end: string
}

const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `March 2024`, `W10 2024`, `Q1 2024`, `05 Mar 2024`, `2024`, for the first day of a period. */
export function periodOf(first: string, granularity: Granularity): Period {
  const date = new Date(`${first.slice(0, 10)}T00:00:00Z`)
  const month = MONTHS[date.getUTCMonth()] ?? ''
  const year = date.getUTCFullYear()
  switch (granularity) {
    case 'day': {
      const day = String(date.getUTCDate()).padStart(2, '0')
      return { label: `${day} ${month.slice(0, 3)} ${year}`, end: later(date, 0, 1) }
    }
    case 'week': {
      // The year of an ISO week is that of its Thursday.
      const thursday = new Date(date)
      thursday.setUTCDate(date.getUTCDate() + 3)
      const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1)
      const week = 1 + Math.floor((thursday.getTime() - newYear) / (7 * 86_400_000))
      return { label: `W${week} ${thursday.getUTCFullYear()}`, end: later(date, 0, 7) }
    }
    case 'month':
      return { label: `${month} ${year}`, end: later(date, 1, 0) }
    case 'quarter':
      return { label: `Q${1 + Math.floor(date.getUTCMonth() / 3)} ${year}`, end: later(date, 3, 0) }
    case 'year':
      return { label: String(year), end: later(date, 12, 0) }
  }
}

function later(date: Date, months: number, days: number): string {
  const end = new Date(date)
  end.setUTCMonth(end.getUTCMonth() + months)
  end.setUTCDate(end.getUTCDate() + days)
  return end.toISOString().slice(0, 10)
}
