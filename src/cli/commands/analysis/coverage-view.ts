import type { CoverageState, ModuleCoverage } from '../../../analysis/index.js'
import { paint, type View } from '../../output/style.js'
import { renderTable } from '../../output/table.js'

/** What a state is called, the ones that need a person first. */
export const STATE_NAMES: Readonly<Record<CoverageState, string>> = {
  missing: 'no script',
  gone: 'gone',
  unknown: 'unknown',
  scripts: 'scripts',
  renamed: 'renamed',
  merged: 'merged',
  unnecessary: 'not needed',
}

/** The coverage as a table for each hop, with a count of each state. */
export function coverageLines(view: View, coverage: readonly ModuleCoverage[]): readonly string[] {
  const hops = [...new Set(coverage.map(({ from, to }) => `${from} → ${to}`))]
  return hops.flatMap((hop, index) => {
    const rows = coverage.filter(({ from, to }) => `${from} → ${to}` === hop)
    const columns = [
      { title: 'Module', value: ({ module }: ModuleCoverage) => module },
      { title: 'State', value: ({ state }: ModuleCoverage) => STATE_NAMES[state] },
      { title: 'Why', value: ({ reason }: ModuleCoverage) => reason, drop: 1 },
    ]
    return [
      ...(index === 0 ? [] : ['']),
      paint(view, 'bold', `${hop}: ${summary(rows)}`),
      ...renderTable(view, columns, rows),
    ]
  })
}

/** `120 modules: 3 no script, 60 scripts, 57 not needed`. */
export function summary(rows: readonly ModuleCoverage[]): string {
  const states = Object.keys(STATE_NAMES) as readonly CoverageState[]
  const parts = states.flatMap((state) => {
    const count = rows.filter((row) => row.state === state).length
    return count === 0 ? [] : [`${count} ${STATE_NAMES[state]}`]
  })
  return `${rows.length} modules: ${parts.join(', ')}`
}
