import type { UserError } from '../../base/index.js'
import { type Release, releaseRules } from '../release/index.js'
import { checkExclusions, type ExclusiveCategory } from './check-exclusions.js'
import { dependencyCycle, externalDependency, unknownDependency } from './marking-problems.js'
import { type ModuleRow, type ModuleRows, PRESENT_STATES } from './module-row.js'
import { type Mark, type MarkReason, ModuleTable } from './module-table.js'

/** What marking has to know beside the rows. */
export interface MarkingOptions {
  readonly release: Release
  /** ISO codes of the companies' countries, in any case; only 18 asks for them. */
  readonly companyCountries?: readonly string[]
  readonly exclusiveCategories?: readonly ExclusiveCategory[]
  /** What a module lacks outside of Odoo (a package, a program), if anything. */
  readonly missingExternal?: (module: string) => string | undefined
}

/** Rows after marking, every change with its reason, and what Odoo would have refused. */
export interface Marking {
  readonly rows: ModuleRows
  readonly marks: readonly Mark[]
  /** Any of them ends an upgrade in Odoo, before anything but `base` is touched. */
  readonly problems: readonly UserError[]
}

/** Odoo gives up behind so many levels of dependencies. */
const DEEPEST = 100

/** Marks modules for installation, with what they need and what comes along by itself (`button_install`). */
export function markInstall(
  rows: ModuleRows,
  names: readonly string[],
  options: MarkingOptions,
): Marking {
  const table = new ModuleTable(rows)
  const problems = installInto(table, becauseOf(names, { kind: 'init-requested' }), options)
  return { rows: table.rows(), marks: table.marks(), problems }
}

/** What is to be marked, and why. */
export type Wanted = ReadonlyMap<string, MarkReason>

/** Several modules for one reason. */
export function becauseOf(names: readonly string[], reason: MarkReason): Wanted {
  return new Map(names.map((name) => [name, reason]))
}

/** The same within a table that is being worked on; exclusions are checked whatever is wanted. */
export function installInto(
  table: ModuleTable,
  wanted: Wanted,
  options: MarkingOptions,
): readonly UserError[] {
  const problems: UserError[] = []
  let round = wanted
  while (round.size > 0) {
    for (const [name, why] of round) markWithNeeds(table, name, why, options, problems, DEEPEST)
    round = becauseOf(automatic(table, options), { kind: 'auto-install' })
    // A module in a circle stays unmarked, and would be found again and again.
    if (problems.some(isCycle)) break
  }
  return [...problems, ...checkExclusions(table, options.exclusiveCategories)]
}

/** Marks a module behind its dependencies; returns whether it, or one of them, has demo data. */
function markWithNeeds(
  table: ModuleTable,
  name: string,
  reason: MarkReason,
  options: MarkingOptions,
  problems: UserError[],
  levels: number,
): boolean {
  const row = table.get(name)
  if (row === undefined) return false
  if (row.state !== 'uninstalled') return row.demo
  if (levels < 1) {
    problems.push(dependencyCycle(name))
    return row.demo
  }
  let demo = row.demo
  for (const { name: needed } of row.dependencies) {
    if (table.get(needed) === undefined) {
      problems.push(unknownDependency(name, needed))
      continue
    }
    const why: MarkReason = { kind: 'needed-by', module: name }
    if (markWithNeeds(table, needed, why, options, problems, levels - 1)) demo = true
    if (problems.some(isCycle)) return demo
  }
  const missing = options.missingExternal?.(name)
  if (missing !== undefined) problems.push(externalDependency(name, missing))
  table.mark(name, 'to install', reason)
  table.set(name, { demo })
  return demo
}

function isCycle(problem: UserError): boolean {
  return problem.code === 'MODULE_DEPENDENCY_CYCLE'
}

/**
 * Automatic modules that an installation triggers: all they require is there or comes, and at least one of
 * it comes just now. A module whose requirements were all there before is not among them.
 */
function automatic(table: ModuleTable, options: MarkingOptions): readonly string[] {
  const limited = releaseRules(options.release).countryLimitedAutoInstall
  return [...table.all()]
    .filter((row) => {
      if (row.state !== 'uninstalled' || !row.autoInstall) return false
      const states = row.dependencies
        .filter((dependency) => dependency.autoInstallRequired)
        .map((dependency) => table.stateOf(dependency.name))
      return (
        states.includes('to install') &&
        states.every((state) => state !== 'unknown' && PRESENT_STATES.has(state)) &&
        (!limited || isForCompanies(row, options.companyCountries))
      )
    })
    .map((row) => row.name)
}

/** Whether a module is for every country, or one of the companies is in one of its own. */
export function isForCompanies(
  row: Pick<ModuleRow, 'countries'>,
  companyCountries: readonly string[] = [],
): boolean {
  if (row.countries === undefined || row.countries.length === 0) return true
  const known = new Set(companyCountries.map((code) => code.toUpperCase()))
  return row.countries.some((code) => known.has(code.toUpperCase()))
}
