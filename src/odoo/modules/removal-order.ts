import { compareCodePoints } from '../release/index.js'
import type { ModuleGraph } from './module-graph.js'
import type { ModuleTable } from './module-table.js'

/** Modules to uninstall: what depends goes before what it depends on; modules without code come last. */
export function removalOrder(table: ModuleTable, graph: ModuleGraph): readonly string[] {
  const removed = new Set(table.inStates(new Set(['to remove'])))
  const inGraph = graph
    .ordered()
    .map((node) => node.name)
    .filter((name) => removed.has(name))
    .reverse()
  const outside = [...removed].filter((name) => !graph.has(name)).sort(compareCodePoints)
  return [...inGraph, ...outside]
}
