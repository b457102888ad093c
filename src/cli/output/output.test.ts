import { describe, expect, test } from 'vitest'
import { type Finding, UserError } from '../../base/index.js'
import { renderError } from './error-view.js'
import { renderFindings } from './findings-view.js'
import { printable, wrap } from './style.js'
import { renderTable } from './table.js'
import { count, formatBytes, formatDuration } from './units.js'

const wide = { color: false, width: undefined }

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [3_637_631, '3.64 MB'],
  [62_300_000, '62.3 MB'],
  [1_234_000_000_000, '1.23 TB'],
])('%d bytes are shown as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test.each([
  [420, '0.4 s'],
  [59_400, '59 s'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 05 min'],
])('%d ms are shown as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test('numbers agree with their nouns', () => {
  expect(count(1, 'file')).toBe('1 file')
  expect(count(2431, 'file')).toBe('2,431 files')
})

describe('a table', () => {
  const columns = [
    { title: 'NAME', value: (row: { name: string }) => row.name },
    { title: 'SIZE', value: () => '62.3 MB', align: 'right' as const },
    { title: 'OWNER', value: () => 'odoo', drop: 1 },
  ]
  const rows = [{ name: 'a_very_long_name_of_a_database' }, { name: 'b' }]

  test('shows everything where there is no terminal', () => {
    expect(renderTable(wide, columns, rows)).toEqual([
      'NAME                               SIZE  OWNER',
      'a_very_long_name_of_a_database  62.3 MB  odoo',
      'b                               62.3 MB  odoo',
    ])
  })

  test('drops columns, then cuts the first, where it is narrow', () => {
    expect(renderTable({ color: false, width: 40 }, columns, rows)[0]).toBe(
      'NAME                               SIZE',
    )
    expect(renderTable({ color: false, width: 30 }, columns, rows)[1]).toBe(
      'a_very_long_name_of_…  62.3 MB',
    )
  })
})

test('data cannot move the cursor or change colours', () => {
  expect(printable('evil\u001b[2Jname\u0007')).toBe('evil\uFFFD[2Jname\uFFFD')
})

test('an error tells what, where, why and what to do', () => {
  const error = new UserError('DUMP_STATEMENT_FAILED', 'The dump could not be loaded', {
    place: { file: 'x.sql', line: 12 },
    cause: new Error('relation does not exist'),
    hint: 'Correct the dump.',
    data: { statement: 'ALTER TABLE gone' },
  })
  expect(renderError(wide, error, '0.1.0')).toEqual([
    'error  The dump could not be loaded  DUMP_STATEMENT_FAILED',
    '       at x.sql, line 12',
    '       because: relation does not exist',
    '       | ALTER TABLE gone',
    '       Correct the dump.',
  ])
})

test('a defect comes with a report', () => {
  expect(renderError(wide, new TypeError('x is undefined'), '0.1.0').join('\n')).toMatch(
    /defect .*report[\s\S]*moult 0\.1\.0, Node v[\s\S]*x is undefined/,
  )
})

test('sentences break at words', () => {
  expect(wrap({ color: false, width: 24 }, 'one two three four five six', '  ')).toEqual([
    '  one two three four',
    '  five six',
  ])
})

test('a long message of a database is indented, and its cause is not told twice', () => {
  const error = new UserError(
    'SCRIPT_FAILED',
    'a script failed: no such column\nLINE 1: SELECT x',
    {
      cause: new Error('no such column (SQLSTATE 42703)'),
    },
  )
  expect(renderError({ color: false, width: 36 }, error, '0.1.0')).toEqual([
    'error  a script failed: no such',
    '       column  SCRIPT_FAILED',
    '       LINE 1: SELECT x',
  ])
})

test('of many findings of one kind some are shown and the rest is counted; errors are all shown', () => {
  const many = (severity: 'error' | 'warning') =>
    Array.from({ length: 30 }, (_, n) => ({
      code: 'MANY',
      severity,
      message: `row ${n}`,
      hint: 'Mend.',
    }))
  const warnings = renderFindings(wide, many('warning'))
  expect(warnings).toHaveLength(10)
  expect(warnings.slice(-2).map((line) => line.trim())).toEqual([
    '… and 22 more like these (--json tells all)',
    'Mend.',
  ])
  expect(renderFindings(wide, many('error'))).toHaveLength(31)
})

test('findings of one kind stand together', () => {
  const lines = renderFindings(wide, [
    { code: 'A', severity: 'info', message: 'a1' },
    { code: 'B', severity: 'info', message: 'b' },
    { code: 'A', severity: 'info', message: 'a2' },
  ])
  expect(lines.map((line) => line.slice(9))).toEqual(['a1', 'a2', 'b'])
})

test('advice that findings share is given once, behind the last of them', () => {
  const finding = (message: string, more: Partial<Finding> = {}): Finding => ({
    code: 'DATA_NOT_LOADED',
    severity: 'warning',
    message,
    hint: 'Import it.',
    ...more,
  })
  expect(
    renderFindings(wide, [
      finding('note', { severity: 'info', hint: 'Read it.' }),
      finding('one', { place: { file: 'a.xml' } }),
      finding('two\nLINE 1', { place: { file: 'b.xml', line: 3 } }),
      finding('module sale is gone', { place: { object: 'sale' } }),
    ]),
  ).toEqual([
    'warning  one (a.xml)',
    'warning  two',
    '         LINE 1',
    '         at b.xml, line 3',
    'warning  module sale is gone',
    '         Import it.',
    'note     note',
    '         Read it.',
  ])
})
