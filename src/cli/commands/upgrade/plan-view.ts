import { basename } from 'node:path'
import type { HopPlan, UpgradePlan } from '../../../upgrade/planning/index.js'
import { type View, wrap } from '../../output/style.js'
import { type Column, renderTable } from '../../output/table.js'
import { count } from '../../output/units.js'

/** One line for each hop: `15.0 → 16.0: 72 modules, 41 scripts, loaded by Odoo's own code`. */
export function planSummary(plan: UpgradePlan): readonly string[] {
  return plan.hops.map((hop) => {
    const { upgraded, installed, scripts } = countsOf(hop)
    const parts = [
      count(upgraded, 'module'),
      ...(installed > 0 ? [`${installed} new`] : []),
      count(scripts, 'script'),
      LOADED[hop.loader.choice],
    ]
    return `${hop.from} → ${hop.to}: ${parts.join(', ')}`
  })
}

const LOADED = {
  odoo: "loaded by Odoo's own code",
  native: 'loaded by moult',
  none: 'modules are not loaded',
} as const

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
export function planLines(view: View, plan: UpgradePlan, interpreter: string): readonly string[] {
  return plan.hops.flatMap((hop, number) => {
    const rows = scriptRows(hop)
    const { upgraded, installed, scripts } = countsOf(hop)
    const without = upgraded + installed - new Set(rows.map((row) => row.module)).size
    return [
      ...(number > 0 ? [''] : []),
      `${hop.from} → ${hop.to} (${hop.profile === 'openupgrade' ? 'OpenUpgrade' : 'Odoo'})`,
      '',
      ...wrap(view, loaderText(hop, interpreter), ''),
      '',
      ...(rows.length > 0 ? [...renderTable(view, COLUMNS, rows), ''] : []),
      ...wrap(
        view,
        `${count(scripts, 'script')} for ${count(upgraded, 'module')} to upgrade and ${installed} to install; ${without} without any.`,
        '',
      ),
      ...renamed(view, hop),
      ...named(view, 'Installed', hop, 'install'),
      ...named(view, 'Removed', hop, 'remove'),
      ...named(view, 'Not loaded', hop, 'not-loaded'),
    ]
  })
}

/** Who loads the modules, why, and what another Python would change. */
function loaderText({ loader: { choice, reason }, to }: HopPlan, interpreter: string): string {
  if (choice === 'none') return `Modules are not loaded: ${reason}.`
  if (choice === 'native') {
    return `Modules are loaded by moult itself, to what those of ${to} are (${reason}).`
  }
  const python =
    interpreter === 'embedded'
      ? "the embedded Python. A CPython with Odoo's packages takes about two thirds of the time (--python /usr/bin/python3), and has no isolation"
      : interpreter
  return `Modules are loaded by the code of Odoo ${to} (${reason}), in ${python}.`
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

function renamed(view: View, hop: HopPlan): readonly string[] {
  const texts = hop.modules.flatMap(({ name, formerly = [] }) =>
    formerly.map((old) => `${old} → ${name}`),
  )
  return texts.length === 0 ? [] : wrap(view, `Renamed or merged: ${texts.join(', ')}`, '')
}

function named(view: View, title: string, hop: HopPlan, fate: string): readonly string[] {
  const found = hop.modules.filter((module) => module.fate === fate)
  if (found.length === 0) return []
  const texts = found.map(({ name, reason }) =>
    reason === undefined ? name : `${name} (${reason})`,
  )
  return wrap(view, `${title}: ${texts.join(', ')}`, '')
}
