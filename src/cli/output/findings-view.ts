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

/** So many findings of one kind are shown; errors all. */
const SHOWN = 8

/**
 * Findings by severity, those of one kind together, each with its place; advice that they share is given once, behind
 * them.
 */
export function renderFindings(view: View, findings: readonly Finding[]): readonly string[] {
  const groups = ORDER.flatMap((severity) =>
    kindsOf(findings.filter((one) => one.severity === severity)),
  )
  return groups.flatMap((group, at) => groupLines(view, group, groups[at + 1]))
}

/** Findings with the same code and advice, in the order of their first ones. */
function kindsOf(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const kinds = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.code, finding.hint])
    const known = kinds.get(key)
    if (known === undefined) kinds.set(key, [finding])
    else known.push(finding)
  }
  return [...kinds.values()]
}

function groupLines(
  view: View,
  group: readonly Finding[],
  next: readonly Finding[] | undefined,
): readonly string[] {
  const [first] = group
  if (first === undefined) return []
  // A few too many are shown rather than counted.
  const isLong = first.severity !== 'error' && group.length > SHOWN + 2
  const shown = isLong ? group.slice(0, SHOWN) : group
  return [
    ...shown.flatMap((finding) => findingLines(view, finding)),
    ...(isLong
      ? [`${INDENT}… and ${group.length - SHOWN} more like these (--json tells all)`]
      : []),
    ...(isLastWithHint(first, next?.[0]) ? hintLines(view, first) : []),
  ]
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
