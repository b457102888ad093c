import type { Address } from './address.js'
import type { Draft } from './draft.js'
import type { DraftGraph } from './draft-graph.js'

const REFRESH = 'MATERIALIZED VIEW DATA'

/**
 * Makes each REFRESH wait for those of the materialized views that it reads, also through views, and
 * for the final form of these views.
 */
export function orderRefreshes(graph: DraftGraph): DraftGraph {
  const { drafts, owners, dependencies } = graph
  const refreshes = new Map<Address, number>()
  drafts.forEach(({ description, needs }, node) => {
    const view = description === REFRESH ? needs?.[0] : undefined
    if (view !== undefined) refreshes.set(view, node)
  })
  if (refreshes.size === 0) return graph
  const parts = new Map<number, number[]>()
  owners.forEach((owner, part) => {
    if (owner !== undefined) parts.set(owner, [...(parts.get(owner) ?? []), part])
  })
  const next = (node: number): number[] => [
    ...(dependencies[node] ?? []),
    ...(parts.get(node) ?? []),
  ]
  return {
    ...graph,
    dependencies: dependencies.map((list, node) => {
      if (drafts[node]?.description !== REFRESH) return list
      const waits = [...closure(list, next)].flatMap((other) =>
        waitsFor(drafts[other], other, refreshes),
      )
      return [...list, ...waits.filter((other) => other !== node)]
    }),
  }
}

function waitsFor(
  draft: Draft | undefined,
  node: number,
  refreshes: ReadonlyMap<Address, number>,
): number[] {
  if (draft === undefined) return []
  const refresh = refreshes.get(draft.address)
  return [
    ...(refresh === undefined ? [] : [refresh]),
    ...(draft.description === 'RULE' ? [node] : []),
  ]
}

function closure(
  from: Iterable<number>,
  next: (node: number) => readonly number[],
): ReadonlySet<number> {
  const seen = new Set(from)
  for (const node of seen) {
    for (const other of next(node)) seen.add(other)
  }
  return seen
}
