import type { UserError } from '../../base/index.js'
import { exclusiveCategory, incompatible } from './marking-problems.js'
import { PRESENT_STATES } from './module-row.js'
import type { ModuleTable } from './module-table.js'

/** A category of which one module may be installed, and the modules in it or below it. */
export interface ExclusiveCategory {
  readonly name: string
  readonly modules: ReadonlySet<string>
}

/** Modules that are to be there and cannot be there together; each pair once. */
export function checkExclusions(
  table: ModuleTable,
  categories: readonly ExclusiveCategory[] = [],
): readonly UserError[] {
  const present = new Set(table.inStates(PRESENT_STATES))
  const pairs = new Set<string>()
  const problems: UserError[] = []
  for (const name of present) {
    for (const other of table.get(name)?.exclusions ?? []) {
      const pair = [name, other].sort().join(' ')
      if (!present.has(other) || pairs.has(pair)) continue
      pairs.add(pair)
      problems.push(incompatible(name, other))
    }
  }
  for (const category of categories) {
    const modules = [...category.modules].filter((name) => present.has(name))
    if (modules.length < 2) continue
    const oneNeedsTheOthers = modules.some((name) => {
      const needed = closureOf(table, name)
      return modules.every((other) => needed.has(other))
    })
    if (!oneNeedsTheOthers) problems.push(exclusiveCategory(category.name, modules.sort()))
  }
  return problems
}

/** A module and everything it depends on. */
function closureOf(table: ModuleTable, module: string): ReadonlySet<string> {
  const closure = new Set<string>([module])
  for (const name of closure) {
    for (const dependency of table.get(name)?.dependencies ?? []) closure.add(dependency.name)
  }
  return closure
}
