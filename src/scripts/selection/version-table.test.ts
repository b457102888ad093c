import { describe, expect, test } from 'vitest'
import { discoveredOf, planOf } from './fixtures/build-selection.js'
import { selectScripts } from './index.js'

type Outcome = 'first' | 'run' | '–' | 'invalid' | 'ignored'

interface Column {
  readonly major: number
  readonly installed: string
  readonly manifest: string
}

/** Columns of the worked examples of engine specification §5.5, without the last one. */
const COLUMNS: readonly Column[] = [
  { major: 17, installed: '17.0.1.0', manifest: '1.1' },
  { major: 17, installed: '15.0.1.0', manifest: '1.1' },
  { major: 17, installed: '15.0.1.1', manifest: '1.1' },
  { major: 17, installed: '15.0.2.0', manifest: '1.1' },
  { major: 16, installed: '15.0.1.0', manifest: '1.1' },
  { major: 14, installed: '9.0.1.0', manifest: '1.0' },
]

/** `S` stands for the series. */
const ROWS: Readonly<Record<string, readonly Outcome[]>> = {
  '0.0.0': ['first', 'first', 'first', 'first', 'first', 'first'],
  '0.0': ['–', '–', '–', '–', '–', 'run'],
  '1.0': ['–', '–', '–', '–', '–', 'run'],
  '1.1': ['run', 'run', '–', '–', 'run', '–'],
  '01.1': ['run', 'run', '–', '–', 'run', '–'],
  '1.0.1': ['run', 'run', '–', '–', '–', '–'],
  '1.1.1': ['–', '–', '–', '–', '–', '–'],
  '2.0': ['–', '–', '–', '–', '–', '–'],
  'S.1.0': ['–', 'run', 'run', 'run', 'run', 'run'],
  'S.1.0.1': ['run', 'run', 'run', 'run', 'run', '–'],
  'S.1.1': ['run', 'run', 'run', 'run', 'run', '–'],
  'S.1.1.0': ['run', 'run', 'run', 'run', 'run', '–'],
  'S.1.1.9': ['–', '–', '–', '–', '–', '–'],
  'S.1.2': ['–', '–', '–', '–', '–', '–'],
  'S.1': ['–', '–', '–', '–', 'run', 'run'],
  S: ['–', '–', '–', '–', '–', '–'],
  '15.0.1.1': ['–', 'run', '–', '–', 'run', '–'],
  'saas~16.2.1.5': ['–', 'run', 'run', 'run', '–', '–'],
  '10.saas~15.1.0': ['–', '–', '–', '–', '–', 'run'],
  '9.0.1.0': ['–', '–', '–', '–', '–', '–'],
  '99.0.1.0': ['–', '–', '–', '–', '–', '–'],
  'v1.1': ['invalid', 'invalid', 'invalid', 'invalid', 'run', 'run'],
  '1.1-rc1': ['invalid', 'invalid', 'invalid', 'invalid', 'run', '–'],
  tests: ['ignored', 'ignored', 'ignored', 'ignored', '–', 'run'],
  foo: ['invalid', 'invalid', 'invalid', 'invalid', '–', 'run'],
}

/** The last column, "any: empty version", by major version from 14 to 18. */
const EMPTY: Readonly<Record<string, readonly Outcome[]>> = {
  '0.0.0': ['first', 'first', 'first', 'first', 'first'],
  '0.0': ['run', '–', '–', '–', '–'],
  '1.0': ['run', 'run', 'run', 'run', 'run'],
  '1.1': ['run', 'run', 'run', 'run', 'run'],
  '01.1': ['run', 'run', 'run', 'run', 'run'],
  '1.0.1': ['run', 'run', 'run', 'run', 'run'],
  '1.1.1': ['run', 'run', 'run', '–', '–'],
  '2.0': ['–', '–', '–', '–', '–'],
  'S.1.0': ['run', 'run', 'run', 'run', 'run'],
  'S.1.0.1': ['run', 'run', 'run', 'run', 'run'],
  'S.1.1': ['run', 'run', 'run', 'run', 'run'],
  'S.1.1.0': ['run', 'run', 'run', 'run', 'run'],
  'S.1.1.9': ['–', '–', '–', '–', '–'],
  'S.1.2': ['–', '–', '–', '–', '–'],
  'S.1': ['run', 'run', 'run', '–', '–'],
  S: ['–', '–', '–', '–', '–'],
  '15.0.1.1': ['–', 'run', 'run', 'run', 'run'],
  'saas~16.2.1.5': ['–', '–', '–', 'run', 'run'],
  '10.saas~15.1.0': ['run', 'run', 'run', 'run', 'run'],
  '9.0.1.0': ['run', 'run', 'run', 'run', 'run'],
  '99.0.1.0': ['–', '–', '–', '–', '–'],
  'v1.1': ['run', 'run', 'run', 'invalid', 'invalid'],
  '1.1-rc1': ['run', 'run', 'run', 'invalid', 'invalid'],
  tests: ['run', '–', '–', 'ignored', 'ignored'],
  foo: ['run', '–', '–', 'invalid', 'invalid'],
}

/** What becomes of all folders of a table, each holding one pre script. */
function outcomes(
  rows: Readonly<Record<string, unknown>>,
  { major, installed, manifest }: Omit<Column, 'installed'> & { readonly installed: string | null },
): Readonly<Record<string, Outcome>> {
  const series = `${major}.0`
  const nameOf = (row: string) => row.replace(/^S(?=\.|$)/, series)
  const folders = new Set(Object.keys(rows).map(nameOf))
  const files = Object.fromEntries([...folders].map((name) => [`migrations/${name}`, ['pre-x.py']]))
  const plan = planOf({
    major,
    installedVersion: installed,
    targetVersion: `${series}.${manifest}`,
  })
  const { all, decisions } = selectScripts({ plan, discovered: discoveredOf(files) })
  const outcomeOf = (name: string): Outcome => {
    const reason = decisions.find(({ directory }) => directory === name)?.reason
    if (reason === 'invalid-version-name') return 'invalid'
    if (reason === 'ignored-directory') return 'ignored'
    const place = all.findIndex(({ directory }) => directory === name)
    if (place < 0) return '–'
    return place === 0 && name === '0.0.0' ? 'first' : 'run'
  }
  return Object.fromEntries(Object.keys(rows).map((row) => [row, outcomeOf(nameOf(row))]))
}

const columnOf = (rows: Readonly<Record<string, readonly Outcome[]>>, at: number) =>
  Object.fromEntries(Object.entries(rows).map(([row, cells]) => [row, cells[at]]))

describe('scenario 31: every cell of the worked examples', () => {
  test.each(COLUMNS.map((column, at) => ({ ...column, at })))(
    'on $major from $installed to $manifest',
    ({ at, ...column }) => {
      expect(outcomes(ROWS, column)).toEqual(columnOf(ROWS, at))
    },
  )

  test.each([14, 15, 16, 17, 18])('on %i from an empty version', (major) => {
    const expected = columnOf(EMPTY, major - 14)
    for (const installed of [null, '']) {
      expect(outcomes(EMPTY, { major, installed, manifest: '1.1' })).toEqual(expected)
    }
  })

  test('scenario 32: on 14 a folder without series runs again with every series, later it does not', () => {
    const cell = (major: number) =>
      outcomes({ '1.0': [] }, { major, installed: '9.0.1.0', manifest: '1.0' })['1.0']
    expect([14, 15, 16, 17, 18].map(cell)).toEqual(['run', '–', '–', '–', '–'])
  })

  test('scenario 33: scripts with a series run for the new series, those without ran already', () => {
    const rows = { '17.0.1.0': [], '17.0.1.1': [], '1.1': [] }
    expect(outcomes(rows, { major: 17, installed: '15.0.1.1', manifest: '1.1' })).toEqual({
      ...{ '17.0.1.0': 'run', '17.0.1.1': 'run', '1.1': '–' },
    })
  })

  test.each([14, 15, 16, 17, 18])(
    'scenario 34: on %i nothing runs for the same or a lower version, not even 0.0.0',
    (major) => {
      for (const installed of [`${major}.0.1.1`, `${major}.0.1.1.1`, `${major}.0.2.0`]) {
        const cells = outcomes(ROWS, { major, installed, manifest: '1.1' })
        expect(Object.values(cells)).not.toContain('run')
        expect(Object.values(cells)).not.toContain('first')
      }
    },
  )

  test('scenario 35: an installed version without series is before everything', () => {
    const rows = { '9.0.1.0': [], '17.0.1.0': [], '17.0.1.1': [], '1.0': [], '1.1': [] }
    const cells = outcomes(rows, { major: 17, installed: '1.0', manifest: '1.1' })
    expect(new Set(Object.values(cells))).toEqual(new Set(['run']))
  })
})
