import type { Address } from './address.js'
import type { Edge } from './catalog-edges.js'
import type { Draft } from './draft.js'

/** The drafts and their parts as numbered nodes, with what each depends on. */
export interface DraftGraph {
  readonly drafts: readonly Draft[]
  /** For each node that is a part, the node of the object it belongs to. */
  readonly owners: readonly (number | undefined)[]
  /** For each node the nodes that must come before it, some of them perhaps twice. */
  readonly dependencies: readonly (readonly number[])[]
  /** The node that a row of the catalog is made by, if any. */
  readonly find: (address: Address) => number | undefined
}

/**
 * Connects the drafts.
 *
 * @param companions rows that are made by the statement for another row
 */
export function linkDrafts(
  objects: readonly Draft[],
  edges: readonly Edge[],
  companions: ReadonlyMap<Address, Address>,
): DraftGraph {
  const drafts: Draft[] = [...objects]
  const owners: (number | undefined)[] = objects.map(() => undefined)
  objects.forEach(({ parts = [] }, owner) => {
    drafts.push(...parts)
    owners.push(...parts.map(() => owner))
  })
  const nodes = new Map<Address, number>()
  drafts.forEach(({ address, includes = [] }, node) => {
    nodes.set(address, node)
    for (const row of includes) nodes.set(row, node)
  })
  const find = (address: Address): number | undefined => {
    let row: Address | undefined = address
    while (row !== undefined && !nodes.has(row)) row = companions.get(row)
    return row === undefined ? undefined : nodes.get(row)
  }
  const dependencies: number[][] = drafts.map(() => [])
  const connect = (from: number | undefined, to: number | undefined): void => {
    if (from !== undefined && to !== undefined && from !== to) dependencies[from]?.push(to)
  }
  drafts.forEach(({ needs = [] }, node) => {
    for (const address of needs) connect(node, find(address))
  })
  for (const { of, on } of edges) connect(find(of), find(on))
  return { drafts, owners, dependencies, find }
}
