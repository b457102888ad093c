/** Python's resolution order (C3) of something with bases. */
export interface Linearization<T> {
  /** Most derived first. */
  readonly order: readonly T[]
  /** False where C3 has no answer and Python raises TypeError; the order is then the next best. */
  readonly isConsistent: boolean
}

/**
 * Merges the orders of the bases and the list of bases itself behind `self`, as Python does for a class.
 * Where that contradicts itself, the first base goes first.
 */
export function linearize<T>(
  self: T,
  bases: readonly T[],
  orderOf: (base: T) => readonly T[],
): Linearization<T> {
  const [only] = bases
  if (only === undefined) return { order: [self], isConsistent: true }
  if (bases.length === 1) return { order: [self, ...orderOf(only)], isConsistent: true }
  const lists = [...bases.map(orderOf), bases]
  const heads = lists.map(() => 0)
  // How many lists have an item behind their head: only items that none has may come next.
  const behind = new Map<T, number>()
  for (const list of lists) {
    for (const item of list.slice(1)) behind.set(item, (behind.get(item) ?? 0) + 1)
  }
  const order: T[] = [self]
  const taken = new Set<T>(order)
  let isConsistent = true
  for (;;) {
    let first: T | undefined
    let next: T | undefined
    for (const [index, list] of lists.entries()) {
      const item = list[heads[index] ?? 0]
      if (item === undefined) continue
      first ??= item
      if ((behind.get(item) ?? 0) > 0) continue
      next = item
      break
    }
    if (first === undefined) return { order, isConsistent }
    if (next === undefined) {
      isConsistent = false
      next = first
    }
    if (!taken.has(next)) order.push(next)
    taken.add(next)
    advance(lists, heads, behind, next)
  }
}

/** Takes an item away from the head of every list that begins with it. */
function advance<T>(
  lists: readonly (readonly T[])[],
  heads: number[],
  behind: Map<T, number>,
  item: T,
): void {
  for (let index = 0; index < lists.length; index += 1) {
    const list = lists[index] ?? []
    const head = heads[index] ?? 0
    if (list[head] !== item) continue
    heads[index] = head + 1
    const successor = list[head + 1]
    if (successor !== undefined) behind.set(successor, (behind.get(successor) ?? 0) - 1)
  }
}
