import { compareCodePoints, type Release, releaseRules } from '../release/index.js'
import { isForCompanies } from './mark-install.js'
import type { AutoInstallPolicy } from './module-profile.js'
import { type ModuleRow, type ModuleRows, PRESENT_STATES } from './module-row.js'

/** What an {@link AutoInstallPolicy} goes by. */
export interface PolicyOptions {
  readonly policy: AutoInstallPolicy
  readonly release: Release
  /** Modules that are not to be installed by the policy. */
  readonly exclude?: readonly string[]
  readonly companyCountries?: readonly string[]
  /** Whether a module can be installed at all: it is on disk and installable. */
  readonly isInstallable: (name: string) => boolean
}

/**
 * The modules that a policy installs in addition, by name; what they need comes with them when they are
 * marked. A module that cannot live beside one that is there is left out.
 */
export function modulesOfPolicy(rows: ModuleRows, options: PolicyOptions): readonly string[] {
  if (options.policy === 'none') return []
  const wanted = options.policy === 'fresh' ? isWantedWhenFresh : isWantedByOpenUpgrade
  const excluded = new Set(options.exclude)
  const present = new Set(
    [...rows.values()].filter((row) => PRESENT_STATES.has(row.state)).map((row) => row.name),
  )
  const candidates = [...rows.values()]
    .filter((row) => row.state === 'uninstalled' && row.autoInstall)
    .filter((row) => !excluded.has(row.name) && options.isInstallable(row.name))
    .sort((a, b) => compareCodePoints(a.name, b.name))
  const foes = foesOf(rows)
  const chosen: string[] = []
  for (let grows = true; grows; ) {
    grows = false
    for (const row of candidates) {
      if (present.has(row.name) || !wanted(row, present, options)) continue
      const needs = needsOf(row, rows, present)
      const comes = [row.name, ...needs]
      if (comes.some((name) => excluded.has(name) || !options.isInstallable(name))) continue
      if (comes.some((name) => foes.get(name)?.some((foe) => present.has(foe)))) continue
      for (const name of comes) present.add(name)
      chosen.push(row.name)
      grows = true
    }
  }
  return chosen.sort(compareCodePoints)
}

/** Database creation installs what all its requirements are there for; none at all is enough. */
function isWantedWhenFresh(
  row: ModuleRow,
  present: ReadonlySet<string>,
  options: PolicyOptions,
): boolean {
  const limited = releaseRules(options.release).countryLimitedAutoInstall
  return (
    row.dependencies.every((item) => !item.autoInstallRequired || present.has(item.name)) &&
    (!limited || isForCompanies(row, options.companyCountries))
  )
}

/** All dependencies, not only the required ones; countries do not matter. */
function isWantedByOpenUpgrade(row: ModuleRow, present: ReadonlySet<string>): boolean {
  return !row.name.startsWith('l10n_') && row.dependencies.every((item) => present.has(item.name))
}

/** What has to be installed along with a module. */
function needsOf(
  row: ModuleRow,
  rows: ModuleRows,
  present: ReadonlySet<string>,
): readonly string[] {
  const needs = new Set<string>()
  const open = [row]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { name } of next.dependencies) {
      if (present.has(name) || needs.has(name)) continue
      needs.add(name)
      const needed = rows.get(name)
      if (needed !== undefined) open.push(needed)
    }
  }
  return [...needs]
}

/** Exclusions in both directions. */
function foesOf(rows: ModuleRows): ReadonlyMap<string, readonly string[]> {
  const foes = new Map<string, string[]>()
  const add = (name: string, foe: string) => foes.set(name, [...(foes.get(name) ?? []), foe])
  for (const row of rows.values()) {
    for (const other of row.exclusions) {
      add(row.name, other)
      add(other, row.name)
    }
  }
  return foes
}
