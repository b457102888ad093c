import type { DraftGraph } from './draft-graph.js'

/** Which parts are made with their object, and what can only be made after the rows. */
export interface Settlement {
  /** For each part that is made with its object, the object. */
  readonly merged: ReadonlyMap<number, number>
  /** Objects from before the rows that need something from behind them. */
  readonly late: ReadonlySet<number>
  /** What each node depends on, with that of the parts merged into it. */
  readonly dependencies: readonly (readonly number[])[]
}

/**
 * Puts every part into the statement of its object where that makes no cycle and does not hold the
 * object back until after the rows.
 */
export function settleParts(graph: DraftGraph): Settlement {
  const late = findLate(graph)
  const dependencies = [...graph.dependencies]
  const merged = new Map<number, number>()
  graph.owners.forEach((owner, part) => {
    if (owner === undefined || (late.has(part) && !late.has(owner))) return
    const needs = dependencies[part]?.filter((node) => node !== owner) ?? []
    if (reaches(dependencies, needs, owner)) return
    merged.set(part, owner)
    if (needs.length > 0) dependencies[owner] = [...(dependencies[owner] ?? []), ...needs]
  })
  return { merged, late, dependencies }
}

/** Objects of the earlier sections that depend on one of the last, however far removed. */
function findLate({ drafts, owners, dependencies }: DraftGraph): ReadonlySet<number> {
  const dependants: number[][] = drafts.map(() => [])
  dependencies.forEach((list, node) => {
    for (const dependency of list) dependants[dependency]?.push(node)
  })
  const isLast = (node: number): boolean =>
    drafts[node]?.section === 'post-data' && owners[node] === undefined
  const late = new Set<number>()
  const todo = [...drafts.keys()].filter(isLast)
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    for (const dependant of dependants[node] ?? []) {
      if (late.has(dependant) || isLast(dependant)) continue
      late.add(dependant)
      todo.push(dependant)
    }
  }
  return late
}

function reaches(
  dependencies: readonly (readonly number[])[],
  from: readonly number[],
  target: number,
): boolean {
  if (from.length === 0) return false
  const seen = new Set(from)
  for (const node of seen) {
    if (node === target) return true
    for (const next of dependencies[node] ?? []) seen.add(next)
  }
  return false
}
