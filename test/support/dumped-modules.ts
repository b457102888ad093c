import { type ModuleRow, type ModuleRows, moduleRows } from '../../src/odoo/modules/index.js'
import { readDumpedTables } from './dump-tables.js'

const MODULES = 'ir_module_module'
const DEPENDENCIES = 'ir_module_module_dependency'
const EXCLUSIONS = 'ir_module_module_exclusion'

/** The module table of a backup archive. */
export async function readDumpedModules(archive: string): Promise<ModuleRows> {
  const tables = await readDumpedTables(archive, [MODULES, DEPENDENCIES, EXCLUSIONS])
  const dependencies = byModule(tables.get(DEPENDENCIES))
  const exclusions = byModule(tables.get(EXCLUSIONS))
  return moduleRows(
    (tables.get(MODULES) ?? []).map((row) => ({
      name: row.name ?? '',
      state: (row.state ?? 'uninstallable') as ModuleRow['state'],
      latestVersion: row.latest_version ?? null,
      autoInstall: row.auto_install === 't',
      demo: row.demo === 't',
      dependencies: (dependencies.get(row.id ?? '') ?? []).map((dependency) => ({
        name: dependency.name ?? '',
        autoInstallRequired: dependency.auto_install_required !== 'f',
      })),
      exclusions: (exclusions.get(row.id ?? '') ?? []).map((exclusion) => exclusion.name ?? ''),
    })),
  )
}

type Rows = NonNullable<ReturnType<Awaited<ReturnType<typeof readDumpedTables>>['get']>>

function byModule(rows: Rows | undefined): ReadonlyMap<string, Rows> {
  const groups = new Map<string, Rows>()
  for (const row of rows ?? []) {
    const id = row.module_id ?? ''
    groups.set(id, [...(groups.get(id) ?? []), row])
  }
  return groups
}
