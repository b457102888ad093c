import { MODULE_STATES, type ModuleRow, type ModuleState } from '../../odoo/modules/index.js'

type DumpedRows = ReadonlyMap<string, readonly Readonly<Record<string, string | null>>[]>

/** The tables of a dump that hold modules. */
export const MODULE_TABLES = [
  'ir_module_module',
  'ir_module_module_dependency',
  'ir_module_module_exclusion',
] as const

/** The module table as a dump's rows tell it; undefined when it holds none. */
export function moduleRowsOfDump(tables: DumpedRows): readonly ModuleRow[] | undefined {
  const modules = tables.get('ir_module_module')
  if (modules === undefined) return undefined
  const dependencies = byModule(tables.get('ir_module_module_dependency'))
  const exclusions = byModule(tables.get('ir_module_module_exclusion'))
  return modules.map((row) => ({
    name: row.name ?? '',
    state: stateOf(row.state),
    latestVersion: row.latest_version ?? null,
    autoInstall: row.auto_install === 't',
    demo: row.demo === 't',
    imported: row.imported === 't',
    dependencies: (dependencies.get(row.id ?? '') ?? []).map((dependency) => ({
      name: dependency.name ?? '',
      autoInstallRequired: dependency.auto_install_required !== 'f',
    })),
    exclusions: (exclusions.get(row.id ?? '') ?? []).map((exclusion) => exclusion.name ?? ''),
  }))
}

function stateOf(state: string | null | undefined): ModuleState {
  return MODULE_STATES.find((known) => known === state) ?? 'uninstallable'
}

function byModule(rows: readonly Readonly<Record<string, string | null>>[] = []) {
  const index = new Map<string, Readonly<Record<string, string | null>>[]>()
  for (const row of rows.toSorted((a, b) => Number(a.id) - Number(b.id))) {
    const module = row.module_id ?? ''
    const known = index.get(module)
    if (known === undefined) index.set(module, [row])
    else known.push(row)
  }
  return index
}
