import { expect, test } from 'vitest'
import { periodOf } from './date-label.js'

test.each([
  ['2024-03-05', 'day', '05 Mar 2024', '2024-03-06'],
  ['2024-12-30', 'week', 'W1 2025', '2025-01-06'],
  ['2024-03-04', 'week', 'W10 2024', '2024-03-11'],
  ['2021-01-04', 'week', 'W1 2021', '2021-01-11'],
  ['2020-12-28', 'week', 'W53 2020', '2021-01-04'],
  ['2024-02-01', 'month', 'February 2024', '2024-03-01'],
  ['2024-12-01 00:00:00', 'month', 'December 2024', '2025-01-01'],
  ['2024-10-01', 'quarter', 'Q4 2024', '2025-01-01'],
  ['2024-01-01', 'year', '2024', '2025-01-01'],
] as const)('%s as %s is %s, until %s', (first, granularity, label, end) => {
  expect(periodOf(first, granularity)).toEqual({ label, end })
})
