import type { Finding, Severity } from '../../base/index.js'
import { describePlace } from './error-view.js'
import { paint, printable, type View, wrap } from './style.js'

const MARK = {
  error: { word: 'error', style: 'red' },
  warning: { word: 'warning', style: 'yellow' },
  info: { word: 'note', style: 'blue' },
} as const satisfies Record<Severity, { word: string; style: 'red' | 'yellow' | 'blue' }>

const ORDER: readonly Severity[] = ['error', 'warning', 'info']

/** Findings by severity, each with its place and advice. */
export function renderFindings(view: View, findings: readonly Finding[]): readonly string[] {
  return ORDER.flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  ).flatMap((finding) => {
    const { word, style } = MARK[finding.severity]
    const place = finding.place === undefined ? '' : ` (${describePlace(finding.place)})`
    const [first = '', ...rest] = wrap(view, printable(finding.message + place), '         ')
    return [
      `${paint(view, style, word.padEnd(8))} ${first.trimStart()}`,
      ...rest,
      ...(finding.hint === undefined
        ? []
        : wrap(view, printable(finding.hint), '         ').map((line) => paint(view, 'dim', line))),
    ]
  })
}
