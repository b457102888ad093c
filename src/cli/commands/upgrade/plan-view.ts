import { basename } from 'node:path'
import type { HopPlan, UpgradePlan } from '../../../upgrade/planning/index.js'
import type { View } from '../../output/style.js'
import { type Column, renderTable } from '../../output/table.js'
import { count } from '../../output/units.js'

/** One line for each hop: `15.0 → 16.0: 72 modules, 41 scripts`. */
export function planSummary(plan: UpgradePlan): readonly string[] {
  return plan.hops.map((hop) => {
    const { upgraded, installed, scripts } = countsOf(hop)
    const parts = [
      count(upgraded, 'module'),
      ...(installed > 0 ? [`${installed} new`] : []),
      count(scripts, 'script'),
    ]
    return `${hop.from} → ${hop.to}: ${parts.join(', ')}`
  })
}

/** How many modules and scripts a hop has. */
export function countsOf(hop: HopPlan) {
  const fates = (fate: string): number =>
    hop.modules.filter((module) => module.fate === fate).length
  return {
    upgraded: fates('upgrade'),
    installed: fates('install'),
    removed: fates('remove'),
    notLoaded: fates('not-loaded'),
    scripts: hop.steps.reduce(
      (sum, step) => sum + (step.kind === 'scripts' ? step.scripts.length : 0),
      0,
    ),
  }
}

/** The steps of a plan by module, one line each; modules without scripts are only counted. */
export function planLines(view: View, plan: UpgradePlan): readonly string[] {
  return plan.hops.flatMap((hop) => {
    const rows = scriptRows(hop)
    const { upgraded, installed, removed, notLoaded, scripts } = countsOf(hop)
    const without = upgraded + installed - new Set(rows.map((row) => row.module)).size
    return [
      `${hop.from} → ${hop.to} (${hop.profile === 'openupgrade' ? 'OpenUpgrade' : 'Odoo'})`,
      '',
      ...renderTable(view, COLUMNS, rows),
      `${count(scripts, 'script')} for ${count(upgraded, 'module')} to upgrade and ${installed} to install; ${without} of them have none.`,
      ...named('Installed', hop, 'install'),
      ...named('Removed', hop, 'remove'),
      ...named('Not loaded', hop, 'not-loaded'),
      ...(removed + notLoaded > 0 ? [''] : []),
    ]
  })
}

interface ScriptRow {
  readonly module: string
  readonly phase: string
  readonly version: string
  readonly script: string
}

const COLUMNS: readonly Column<ScriptRow>[] = [
  { title: 'MODULE', value: (row) => row.module },
  { title: 'PHASE', value: (row) => row.phase },
  { title: 'VERSION', value: (row) => row.version },
  { title: 'SCRIPT', value: (row) => row.script },
]

function scriptRows(hop: HopPlan): readonly ScriptRow[] {
  return hop.steps.flatMap((step) =>
    step.kind === 'scripts'
      ? step.scripts.map((script) => ({
          module: step.module,
          phase: step.phase,
          version: script.directory,
          script: basename(script.file),
        }))
      : [],
  )
}

function named(title: string, hop: HopPlan, fate: string): readonly string[] {
  const found = hop.modules.filter((module) => module.fate === fate)
  if (found.length === 0) return []
  const texts = found.map(({ name, reason }) =>
    reason === undefined ? name : `${name} (${reason})`,
  )
  return [`${title}: ${texts.join(', ')}`]
}
