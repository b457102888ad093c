import type { Finding, Severity } from '../../base/index.js'
import { describePlace } from './error-view.js'
import { paint, printable, type View, wrap } from './style.js'

const MARK = {
  error: { word: 'error', style: 'red' },
  warning: { word: 'warning', style: 'yellow' },
  info: { word: 'note', style: 'blue' },
} as const satisfies Record<Severity, { word: string; style: 'red' | 'yellow' | 'blue' }>

const ORDER: readonly Severity[] = ['error', 'warning', 'info']

const INDENT = ' '.repeat(9)

/** Findings by severity, each with its place; advice that several in a row share is given once, behind them. */
export function renderFindings(view: View, findings: readonly Finding[]): readonly string[] {
  const sorted = ORDER.flatMap((severity) => findings.filter((one) => one.severity === severity))
  return sorted.flatMap((finding, at) => [
    ...findingLines(view, finding),
    ...(isLastWithHint(finding, sorted[at + 1]) ? hintLines(view, finding) : []),
  ])
}

function findingLines(view: View, finding: Finding): readonly string[] {
  const { word, style } = MARK[finding.severity]
  const [first = '', ...more] = printable(finding.message).trimEnd().split('\n')
  const place = placeOf(finding)
  const isShort = more.length === 0
  const shown = isShort && place !== '' ? `${first} (${place})` : first
  const [start = '', ...rest] = wrap(view, shown, INDENT)
  return [
    `${paint(view, style, word.padEnd(8))} ${start.trimStart()}`,
    ...rest,
    ...more.map((line) => INDENT + line),
    ...(isShort || place === '' ? [] : [`${INDENT}at ${place}`]),
  ]
}

/** What the message has named already is not named again. */
function placeOf({ message, place }: Finding): string {
  if (place === undefined) return ''
  const { object, ...where } = place
  const isNew = object !== undefined && !message.includes(object)
  return printable(describePlace(isNew ? place : where))
}

function isLastWithHint(finding: Finding, next: Finding | undefined): boolean {
  return next === undefined || next.hint !== finding.hint || next.severity !== finding.severity
}

function hintLines(view: View, { hint }: Finding): readonly string[] {
  if (hint === undefined) return []
  return wrap(view, printable(hint), INDENT).map((line) => paint(view, 'dim', line))
}
