/** How alike two names are, from 0 to 1: the share of pairs of neighbouring letters that both have. */
export function similarity(a: string, b: string): number {
  if (a === b) return 1
  const left = pairsOf(a)
  const right = pairsOf(b)
  const total = left.length + right.length
  if (total === 0) return 0
  const open = new Map<string, number>()
  for (const pair of left) open.set(pair, (open.get(pair) ?? 0) + 1)
  let common = 0
  for (const pair of right) {
    const count = open.get(pair) ?? 0
    if (count === 0) continue
    open.set(pair, count - 1)
    common += 1
  }
  return (2 * common) / total
}

function pairsOf(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, index) =>
    text.slice(index, index + 2),
  )
}
