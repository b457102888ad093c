import { compareCodePoints } from '../release/index.js'
import type { KnownModules } from './known-module.js'

/** What a node may be flagged for: `-i`, `-u`, and demo data by `-i`. */
export const FLAGS = ['init', 'update', 'demo'] as const
export type Flag = (typeof FLAGS)[number]

/**
 * Names that the options give for each flag; `all` stands for every module. Odoo writes every name that it
 * flags back into them, so they grow while modules are added.
 */
export type FlagNames = Readonly<Record<Flag, Set<string>>>

/** A module in the graph. */
export interface GraphNode {
  readonly name: string
  /** 0 without dependencies, else one more than its father's. */
  readonly depth: number
  /** The deepest dependency, the last one among equals; null for roots. */
  readonly father: string | null
  readonly flags: ReadonlySet<Flag>
}

/** Why a module did not enter the graph. */
export type NotAdded =
  | { readonly name: string; readonly reason: 'missing' | 'not-installable' | 'broken' }
  | { readonly name: string; readonly reason: 'unmet'; readonly missing: readonly string[] }

/** Nothing is flagged. */
export function noFlags(): FlagNames {
  return { init: new Set(), update: new Set(), demo: new Set() }
}

interface Node extends GraphNode {
  readonly flags: Set<Flag>
  readonly children: Node[]
}

/**
 * Odoo's module graph (odoo/modules/graph.py, the same from 14 to 18): it only grows, and is walked by
 * depth, then name.
 */
export class ModuleGraph {
  readonly #modules: KnownModules
  readonly #names: FlagNames
  readonly #nodes = new Map<string, Node>()
  #ordered: readonly Node[] | undefined

  constructor(modules: KnownModules, names: FlagNames = noFlags()) {
    this.#modules = modules
    this.#names = names
  }

  get size(): number {
    return this.#nodes.size
  }

  has(name: string): boolean {
    return this.#nodes.has(name)
  }

  node(name: string): GraphNode | undefined {
    return this.#nodes.get(name)
  }

  /** All nodes by depth, then name by code point. */
  ordered(): readonly GraphNode[] {
    this.#ordered ??= [...this.#nodes.values()].sort(
      (a, b) => a.depth - b.depth || compareCodePoints(a.name, b.name),
    )
    return this.#ordered
  }

  /**
   * Adds every module whose dependencies are all in the graph, until none is left that can enter. A module
   * that is in already is flagged anew. Returns those that stayed outside, in the order given.
   */
  add(names: readonly string[]): readonly NotAdded[] {
    const outside = new Map<string, NotAdded>()
    const waiting = new Set<string>()
    for (const name of new Set(names)) {
      const reason = this.#refusal(name)
      if (reason === undefined) waiting.add(name)
      else outside.set(name, { name, reason })
    }
    for (const name of this.#enter(waiting)) {
      const missing = this.#dependsOf(name).filter((dependency) => !this.#nodes.has(dependency))
      outside.set(name, { name, reason: 'unmet', missing: [...new Set(missing)] })
    }
    return [...new Set(names)].flatMap((name) => outside.get(name) ?? [])
  }

  /** Takes a module's flags away, as Odoo does once it is processed. */
  clearFlags(name: string): void {
    this.#nodes.get(name)?.flags.clear()
  }

  #refusal(name: string): 'missing' | 'not-installable' | 'broken' | undefined {
    const module = this.#modules.get(name)
    if (module === undefined) return 'missing'
    if (module.problem !== undefined) return 'broken'
    return module.installable ? undefined : 'not-installable'
  }

  #dependsOf(name: string): readonly string[] {
    return this.#modules.get(name)?.depends ?? []
  }

  /** Lets in what can enter and returns what is left; a cycle is never let in. */
  #enter(waiting: Set<string>): ReadonlySet<string> {
    const waitedFor = new Map<string, string[]>()
    const unmet = new Map<string, number>()
    const ready: string[] = []
    for (const name of waiting) {
      const missing = new Set(this.#dependsOf(name).filter((other) => !this.#nodes.has(other)))
      unmet.set(name, missing.size)
      if (missing.size === 0) ready.push(name)
      for (const other of missing) {
        const others = waitedFor.get(other)
        if (others === undefined) waitedFor.set(other, [name])
        else others.push(name)
      }
    }
    for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
      waiting.delete(name)
      if (this.#nodes.has(name)) this.#flag(name)
      else this.#addNode(name)
      for (const other of waitedFor.get(name) ?? []) {
        const left = (unmet.get(other) ?? 0) - 1
        unmet.set(other, left)
        if (left === 0) ready.push(other)
      }
      waitedFor.delete(name)
    }
    return waiting
  }

  #addNode(name: string): void {
    const father = this.#fatherOf(name)
    const node: Node = {
      name,
      depth: father === undefined ? 0 : father.depth + 1,
      father: father?.name ?? null,
      flags: new Set(),
      children: [],
    }
    this.#nodes.set(name, node)
    this.#ordered = undefined
    father?.children.push(node)
    for (const flag of father?.flags ?? []) this.#set(node, flag)
    this.#flag(name)
  }

  #fatherOf(name: string): Node | undefined {
    let father: Node | undefined
    for (const dependency of this.#dependsOf(name)) {
      const node = this.#nodes.get(dependency)
      if (node !== undefined && node.depth >= (father?.depth ?? 0)) father = node
    }
    return father
  }

  #flag(name: string): void {
    const node = this.#nodes.get(name)
    if (node === undefined) return
    for (const flag of FLAGS) {
      if (this.#names[flag].has(name) || this.#names[flag].has('all')) this.#set(node, flag)
    }
  }

  /** Flags a module and its descendants along the fathers, not along all dependencies. */
  #set(node: Node, flag: Flag): void {
    const open = [node]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      next.flags.add(flag)
      this.#names[flag].add(next.name)
      open.push(...next.children)
    }
  }
}

/** The graph of `names` and what stayed outside of it. */
export function buildGraph(
  modules: KnownModules,
  names: readonly string[],
  flags: FlagNames = noFlags(),
): { readonly graph: ModuleGraph; readonly notAdded: readonly NotAdded[] } {
  const graph = new ModuleGraph(modules, flags)
  const notAdded = graph.add(names)
  return { graph, notAdded }
}
