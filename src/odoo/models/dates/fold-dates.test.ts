import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadPythonBodyReader } from '../../../text/index.js'
import { ExpressionFolder } from '../folding/expression-folder.js'
import { type Moment, negative, plus, textOfMoment } from './moment.js'
import { spanOfCall } from './span-of-call.js'

// A Friday, the last day of a month but one.
const NOW = Date.UTC(2026, 0, 30, 21, 5, 7)

const CASES: readonly (readonly [expression: string, value: unknown])[] = [
  ['DateTime.now()', '2026-01-30 21:05:07'],
  ['datetime.today() + timedelta(days=2)', '2026-02-01 21:05:07'],
  ["(DateTime.now() + timedelta(hours=3)).strftime('%Y-%m-%d %H:%M')", '2026-01-31 00:05'],
  ['DateTime.now() + relativedelta(months=1)', '2026-02-28 21:05:07'],
  ['DateTime.now() - relativedelta(years=1, months=11)', '2024-02-29 21:05:07'],
  ["(DateTime.now() + relativedelta(day=1, hour=0)).strftime('%d.%m. %H')", '01.01. 00'],
  ["(DateTime.now() + relativedelta(weekday=1, weeks=-2)).strftime('%Y-%m-%d')", '2026-01-20'],
  ["(DateTime.now() + relativedelta(weekday=4)).strftime('%A')", 'Friday'],
  ["time.strftime('%Y-%m') + '-01'", '2026-01-01'],
  ['DateTime.now().date()', '2026-01-30'],
  ['DateTime.now().replace(hour=2, minute=0) + timedelta(days=1)', '2026-01-31 02:00:07'],
  ["{'at': [DateTime.now() - timedelta(days=0.5)]}", undefined],
  ['DateTime.now().year + 1', 2027],
  ["str(1) + time.strftime('%j')", '1030'],
  ["time.strftime('%Q')", undefined],
  ['DateTime.now().replace(month=2)', undefined],
  ['DateTime.now() + timedelta(fortnights=1)', undefined],
]

describe('expressions of the present', async () => {
  const folder = new ExpressionFolder(await loadPythonBodyReader())
  const names = (now?: number) => ({
    values: new Map(),
    functions: new Set(['str']),
    now,
    call: (path: string, args: readonly unknown[]) =>
      path === 'str' ? String(args[0]) : undefined,
  })

  test.each(CASES)('%s is %s', (expression, value) => {
    const folded = folder.fold(expression, names(NOW))
    if (expression.startsWith('{')) expect(JSON.stringify(folded)).toContain('2026-01-30 09:05:07')
    else expect(folded).toEqual(value)
  })

  test('are not known without a clock', () => {
    expect(folder.fold('DateTime.now()', names())).toBeUndefined()
  })
})

test('a span of days there and back again is no span', () => {
  const moment: Moment = { kind: 'moment', time: NOW, isDay: false }
  fc.assert(
    fc.property(fc.integer({ min: -9999, max: 9999 }), (days) => {
      const span = spanOfCall('timedelta', [days], new Map())
      const there = span && plus(moment, span)
      const back = span && there && plus(there, negative(span))
      expect(back && textOfMoment(back)).toBe('2026-01-30 21:05:07')
    }),
  )
})
