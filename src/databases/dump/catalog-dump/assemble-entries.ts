import { InternalError } from '../../../base/index.js'
import type { DumpEntry } from '../dump-entry.js'
import type { Comments } from './comments.js'
import type { Draft, Follower, IsApart } from './draft.js'
import type { DraftGraph } from './draft-graph.js'
import { compareNames, entryRank } from './entry-rank.js'
import { settleParts } from './settle-parts.js'
import { topologicalOrder } from './topological-order.js'

/** A draft that becomes an entry, with the nodes of the graph that it must come behind. */
interface Candidate {
  readonly node: number
  readonly draft: Draft
  readonly rank: number
  readonly dependencies: readonly number[]
}

/** Makes entries of a graph of drafts, in an order that loads, each followed by its comments. */
export function assembleEntries(graph: DraftGraph, comments: Comments = new Map()): DumpEntry[] {
  const { merged, late, dependencies } = settleParts(graph)
  const home = (node: number): number => merged.get(node) ?? node
  const candidates = graph.drafts.flatMap((draft, node): Candidate | [] => {
    if (merged.has(node)) return []
    const placed: Draft = late.has(node) ? { ...draft, section: 'post-data' } : draft
    const before = new Set((dependencies[node] ?? []).map(home))
    before.delete(node)
    return { node, draft: placed, rank: entryRank(placed), dependencies: [...before] }
  })
  const apart = new Set(
    graph.owners.flatMap((owner, node) =>
      owner !== undefined && !merged.has(node) ? (graph.drafts[node]?.address ?? []) : [],
    ),
  )
  const followers = groupFollowers(graph, comments, home)
  return numberEntries(inOrder(candidates), followers, (part) => apart.has(part))
}

function inOrder(candidates: readonly Candidate[]): Candidate[] {
  const preferred = [...candidates].sort(
    (a, b) => a.rank - b.rank || compareNames(a.draft, b.draft),
  )
  const places = new Map(preferred.map(({ node }, place) => [node, place]))
  const ordering = topologicalOrder(
    preferred.map(({ dependencies }) => dependencies.map((node) => places.get(node) ?? 0)),
  )
  if (ordering.kind === 'ordered') return ordering.order.flatMap((place) => preferred[place] ?? [])
  const members = ordering.members
    .flatMap((place) => preferred[place] ?? [])
    .map(({ draft }) => describe(draft))
  throw new InternalError('DUMP_CYCLE', `Objects depend on each other: ${members.join(' → ')}`, {
    hint: "Back the database up with pg_dump, and send this message to moult's makers.",
    data: { members },
  })
}

function describe({ description, namespace, tag }: Draft): string {
  return `${description} ${namespace === undefined ? '' : `${namespace}.`}${tag}`
}

function groupFollowers(
  graph: DraftGraph,
  comments: Comments,
  home: (node: number) => number,
): ReadonlyMap<number, readonly Follower[]> {
  const followers = new Map<number, readonly Follower[]>()
  const add = (node: number, more: readonly Follower[]): void => {
    const known = followers.get(home(node))
    followers.set(home(node), known === undefined ? more : [...known, ...more])
  }
  graph.drafts.forEach((draft, node) => {
    if (draft.followers !== undefined && draft.followers.length > 0) add(node, draft.followers)
  })
  for (const [address, list] of comments) {
    const node = graph.find(address)
    if (node !== undefined) add(node, list)
  }
  return followers
}

function numberEntries(
  sorted: readonly Candidate[],
  followers: ReadonlyMap<number, readonly Follower[]>,
  isApart: IsApart,
): DumpEntry[] {
  const entries: DumpEntry[] = []
  const ids = new Map<number, number>()
  for (const { node, draft, dependencies } of sorted) {
    const id = entries.length + 1
    ids.set(node, id)
    const { section, description, namespace, tag, definition, rows } = draft
    const written = typeof definition === 'string' ? definition : definition(isApart)
    entries.push({
      id,
      section,
      description,
      namespace,
      tag,
      definition: written === '' ? '' : `${written}\n`,
      dependencies: dependencies.map((other) => ids.get(other) ?? 0).sort((a, b) => a - b),
      ...(rows && { rows }),
    })
    for (const follower of followers.get(node) ?? []) {
      entries.push({
        id: entries.length + 1,
        section,
        description: follower.description,
        namespace,
        tag: follower.tag,
        definition: `${follower.definition}\n`,
        dependencies: [id],
      })
    }
  }
  return entries
}
