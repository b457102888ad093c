import { compareCodePoints, type Release, releaseRules } from '../release/index.js'
import type { KnownModules } from './known-module.js'
import { type ModuleRow, type ModuleRows, PRESENT_STATES } from './module-row.js'

/**
 * What becomes of an installed module that the target does not have: its row and data stay as they are, it is
 * uninstalled with its data, or another module takes its place (as if OpenUpgrade had merged it).
 */
export type MissingModuleDecision = 'keep' | 'uninstall' | { readonly replacedBy: string }

/** An installed module that cannot be loaded on the target. */
export interface MissingModule {
  readonly name: string
  readonly version: string | null
  readonly reason: 'missing' | 'not-installable'
  /** Modules that are there and depend on it. */
  readonly dependants: readonly string[]
}

/** Modules without a folder of their own by nature. */
const NEVER_ON_DISK: ReadonlySet<string> = new Set(['studio_customization'])

/** The installed modules that are not on the addons path, or not installable there, by name. */
export function missingModules(
  rows: ModuleRows,
  modules: KnownModules,
  release: Release,
): readonly MissingModule[] {
  const { toleratesImportedModules } = releaseRules(release)
  const present = [...rows.values()].filter((row) => PRESENT_STATES.has(row.state))
  const dependantsOf = (name: string) =>
    present
      .filter((row) => row.dependencies.some((dependency) => dependency.name === name))
      .map((row) => row.name)
      .sort(compareCodePoints)
  return present
    .filter((row) => !NEVER_ON_DISK.has(row.name))
    .filter((row) => !(toleratesImportedModules && row.imported === true))
    .flatMap((row) => {
      const reason = reasonOf(row, modules)
      if (reason === undefined) return []
      const { name, latestVersion: version } = row
      return [{ name, version, reason, dependants: dependantsOf(name) }]
    })
    .sort((a, b) => compareCodePoints(a.name, b.name))
}

function reasonOf(row: ModuleRow, modules: KnownModules): MissingModule['reason'] | undefined {
  const module = modules.get(row.name)
  if (module === undefined) return 'missing'
  return module.installable ? undefined : 'not-installable'
}
