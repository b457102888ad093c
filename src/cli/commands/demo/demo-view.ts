import { paint, type View, wrap } from '../../output/style.js'
import { type Column, renderTable } from '../../output/table.js'
import { count, formatDuration } from '../../output/units.js'
import type { DemoReport } from './demo-report.js'
import type { DatabaseMeasure } from './measure-database.js'
import type { SampleRow } from './sample-rows.js'

/** Where the labels of a block end. */
const INDENT = ' '.repeat(12)

/** What changed between the original and the result. */
export function changeLines(view: View, report: DemoReport): readonly string[] {
  return [
    ...amountLines(view, report),
    '',
    ...block(view, 'Modules', moduleTexts(report)),
    ...block(view, 'Scripts', scriptTexts(report)),
    '',
    ...report.samples.flatMap(({ what, before, after }) => [
      paint(view, 'bold', what),
      ...wrap(view, rowText(before), '    ').map((line) => paint(view, 'dim', line)),
      ...arrow(view, wrap(view, rowText(after), '    ')),
    ]),
  ]
}

function amountLines(view: View, { from, to, before, after }: DemoReport): readonly string[] {
  const measures: readonly (keyof DatabaseMeasure)[] = ['tables', 'columns', 'rows']
  const cell = (measure: DatabaseMeasure, name: keyof DatabaseMeasure): string =>
    measure[name].toLocaleString('en-US')
  const columns: readonly Column<keyof DatabaseMeasure>[] = [
    { title: 'Database', value: (name) => name },
    { title: from, value: (name) => cell(before, name), align: 'right' },
    { title: to, value: (name) => cell(after, name), align: 'right' },
  ]
  return renderTable(view, columns, measures)
}

function moduleTexts({ modules }: DemoReport): readonly string[] {
  return modules.map(({ what, module, formerly, to }) => {
    if (formerly === undefined) return `${module} installed with ${to}`
    const how = what === 'merged' ? 'merged into' : 'renamed to'
    return `${formerly} ${how} ${module}`
  })
}

function scriptTexts({ languages, passedOver }: DemoReport): readonly string[] {
  return [
    ...languages.map(
      ({ language, scripts, milliseconds }) =>
        `${count(scripts, 'script')} in ${language}, ${formatDuration(milliseconds)}`,
    ),
    ...passedOver.map((file) => `passed over: ${file}, older than what was installed`),
  ]
}

function block(view: View, title: string, texts: readonly string[]): readonly string[] {
  return texts.flatMap((text, at) => {
    const [first = '', ...rest] = wrap(view, text, INDENT)
    const label = at === 0 ? title : ''
    const padded = label.padEnd(INDENT.length)
    return [paint(view, 'bold', padded) + first.slice(INDENT.length), ...rest]
  })
}

function arrow(view: View, lines: readonly string[]): readonly string[] {
  return lines.map((line, at) =>
    at === 0 ? `  ${paint(view, 'green', '→')} ${line.slice(4)}` : line,
  )
}

function rowText(row: SampleRow): string {
  return Object.entries(row)
    .map(([column, value]) => `${column} ${valueText(value)}`)
    .join(', ')
}

function valueText(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([language, text]) => `${language.slice(0, 2)} "${text}"`)
      .join(' ')
  }
  return /^-?[\d.]+$/.test(String(value)) ? String(value) : `"${value}"`
}
