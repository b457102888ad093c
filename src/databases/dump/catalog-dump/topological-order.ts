/** An order, or the members of a cycle in which each one must come behind the next. */
export type Ordering =
  | { readonly kind: 'ordered'; readonly order: readonly number[] }
  | { readonly kind: 'cycle'; readonly members: readonly number[] }

/**
 * Orders the nodes 0 … n-1 so that each comes behind its dependencies; of those that may come next
 * the lowest number does, so number them by preference.
 *
 * @param dependencies for each node the nodes that must come before it
 */
export function topologicalOrder(dependencies: readonly (readonly number[])[]): Ordering {
  const waiting = dependencies.map((list) => list.length)
  const dependants: number[][] = dependencies.map(() => [])
  dependencies.forEach((list, node) => {
    for (const dependency of list) dependants[dependency]?.push(node)
  })
  const ready = new IntegerHeap()
  waiting.forEach((count, node) => {
    if (count === 0) ready.push(node)
  })
  const order: number[] = []
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    order.push(node)
    for (const dependant of dependants[node] ?? []) {
      const left = (waiting[dependant] ?? 0) - 1
      waiting[dependant] = left
      if (left === 0) ready.push(dependant)
    }
  }
  if (order.length === dependencies.length) return { kind: 'ordered', order }
  return { kind: 'cycle', members: findCycle(dependencies, waiting) }
}

/** Follows unfinished dependencies until a node comes up again. */
function findCycle(
  dependencies: readonly (readonly number[])[],
  waiting: readonly number[],
): number[] {
  const path: number[] = []
  const places = new Map<number, number>()
  let node = waiting.findIndex((count) => count > 0)
  while (!places.has(node)) {
    places.set(node, path.length)
    path.push(node)
    node = dependencies[node]?.find((dependency) => (waiting[dependency] ?? 0) > 0) ?? node
  }
  return path.slice(places.get(node))
}

/** A binary heap: the smallest number first. */
class IntegerHeap {
  readonly #items: number[] = []

  push(value: number): void {
    const items = this.#items
    let at = items.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      const other = items[parent] ?? 0
      if (other <= value) break
      items[at] = other
      at = parent
    }
    items[at] = value
  }

  pop(): number | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (last !== undefined && items.length > 0) this.#sink(last)
    return top
  }

  /** Puts `value` where the top was, below everything smaller. */
  #sink(value: number): void {
    const items = this.#items
    let at = 0
    while (true) {
      const left = 2 * at + 1
      if (left >= items.length) break
      const right = left + 1
      const smaller = (items[right] ?? Number.POSITIVE_INFINITY) < (items[left] ?? 0) ? right : left
      if ((items[smaller] ?? 0) >= value) break
      items[at] = items[smaller] ?? 0
      at = smaller
    }
    items[at] = value
  }
}
