import type { Release } from '../release/index.js'
import type { KnownModules } from './known-module.js'
import type { ModuleRow, ModuleRows } from './module-row.js'
import { updateModuleList } from './update-module-list.js'

/**
 * The module table of a database that is made by the release: every module on disk, and `to install` those that
 * install themselves with nothing else there, `base` among them (`initialize` in odoo/modules/db.py).
 */
export function firstModuleRows(modules: KnownModules, release: Release): ModuleRows {
  const rows = new Map(updateModuleList(new Map(), modules, release).rows)
  for (;;) {
    const coming = nextToInstall(rows)
    if (coming.length === 0) return rows
    for (const row of coming) rows.set(row.name, { ...row, state: 'to install' })
  }
}

/** Automatic modules whose requirements all come, and what they and those that come need besides. */
function nextToInstall(rows: ModuleRows): readonly ModuleRow[] {
  const all = [...rows.values()]
  const automatic = all.filter(
    (row) =>
      row.autoInstall &&
      row.state === 'uninstalled' &&
      row.dependencies.every(({ name, autoInstallRequired }) => {
        const state = rows.get(name)?.state
        return !autoInstallRequired || state === undefined || state === 'to install'
      }),
  )
  const names = new Set(automatic.map(({ name }) => name))
  const coming = all.filter(({ name, state }) => state === 'to install' || names.has(name))
  const needed = new Set(coming.flatMap((row) => row.dependencies.map(({ name }) => name)))
  const others = all.filter(
    ({ name, state }) => needed.has(name) && !names.has(name) && state === 'uninstalled',
  )
  return [...automatic, ...others]
}
