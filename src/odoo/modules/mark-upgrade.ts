import type { UserError } from '../../base/index.js'
import type { KnownModules } from './known-module.js'
import { installInto, type Marking, type MarkingOptions } from './mark-install.js'
import { externalDependency, notInstalled, unknownDependency } from './marking-problems.js'
import type { ModuleRows } from './module-row.js'
import { type MarkReason, ModuleTable } from './module-table.js'

/** What marking for an upgrade has to know beside the rows. */
export interface UpgradeMarkingOptions extends MarkingOptions {
  readonly modules: KnownModules
  /** Modules that stay as they are, by decision. */
  readonly held?: ReadonlySet<string>
}

/** Odoo leaves this module of its own to itself. */
const LEFT_ALONE = 'studio_customization'

/**
 * Marks modules for an upgrade, with everything installed that depends on them, and what they newly need
 * for installation (`button_upgrade`); `base` stands for all that is installed.
 */
export function markUpgrade(
  rows: ModuleRows,
  names: readonly string[],
  options: UpgradeMarkingOptions,
): Marking {
  const table = new ModuleTable(rows)
  const problems = upgradeInto(table, names, options)
  return { rows: table.rows(), marks: table.marks(), problems }
}

/** The same within a table that is being worked on. */
export function upgradeInto(
  table: ModuleTable,
  names: readonly string[],
  options: UpgradeMarkingOptions,
): readonly UserError[] {
  if (names.length === 0) return []
  const { work, problems } = collect(table, names, options)
  for (const [name, reason] of work) table.mark(name, 'to upgrade', reason)

  const missing = new Map<string, MarkReason>()
  for (const name of work.keys()) {
    if (options.modules.get(name)?.installable === false) continue
    for (const { name: needed } of table.get(name)?.dependencies ?? []) {
      const state = table.stateOf(needed)
      if (state === 'unknown') problems.push(unknownDependency(name, needed))
      if (state === 'uninstalled' && !missing.has(needed)) {
        missing.set(needed, { kind: 'needed-by', module: name })
      }
    }
  }
  return [...problems, ...installInto(table, missing, options)]
}

/** The modules to upgrade in the order in which Odoo comes upon them. */
function collect(
  table: ModuleTable,
  names: readonly string[],
  options: UpgradeMarkingOptions,
): { readonly work: ReadonlyMap<string, MarkReason>; readonly problems: UserError[] } {
  const work = new Map<string, MarkReason>()
  const problems: UserError[] = []
  for (const name of names) work.set(name, { kind: 'update-requested' })
  if (work.has('base')) {
    for (const name of table.inStates(new Set(['installed']))) {
      if (!work.has(name) && isTouched(name, options)) work.set(name, { kind: 'update-all' })
    }
  }
  // A Map visits what is added while it is walked.
  for (const name of work.keys()) {
    const state = table.stateOf(name)
    if (state !== 'installed' && state !== 'to upgrade') {
      problems.push(notInstalled(name, state))
      work.delete(name)
      continue
    }
    const lacking =
      options.modules.get(name)?.installable === false ? undefined : options.missingExternal?.(name)
    if (lacking !== undefined) problems.push(externalDependency(name, lacking))
    for (const dependant of table.dependantsOf(name)) {
      if (work.has(dependant) || !isTouched(dependant, options)) continue
      if (table.stateOf(dependant) !== 'installed') continue
      work.set(dependant, { kind: 'depends-on', module: name })
    }
  }
  return { work, problems }
}

function isTouched(name: string, options: UpgradeMarkingOptions): boolean {
  return name !== LEFT_ALONE && options.held?.has(name) !== true
}
