import { comparePython } from './python-text.js'

/** Characters of a long text that occur more often than this share of it are passed over. */
const POPULAR_FROM = 200
const POPULAR_SHARE = 100

/**
 * The candidate that is most like a word, if it is at least `cutoff` like it; of two that are equally alike the
 * larger. Python's `difflib.get_close_matches(word, candidates, 1, cutoff)`.
 */
export function closestMatch(
  word: string,
  candidates: Iterable<string>,
  cutoff: number,
): string | undefined {
  const second = indexText(word)
  let best: { readonly text: string; readonly ratio: number } | undefined
  for (const text of candidates) {
    const ratio = ratioOf(Array.from(text), second, cutoff)
    if (ratio < cutoff) continue
    const isBetter =
      best === undefined ||
      ratio > best.ratio ||
      (ratio === best.ratio && comparePython(text, best.text) > 0)
    if (isBetter) best = { text, ratio }
  }
  return best?.text
}

/** How alike two texts are, from 0 to 1: `difflib.SequenceMatcher(None, first, second).ratio()`. */
export function likeness(first: string, second: string): number {
  return ratioOf(Array.from(first), indexText(second), 0)
}

interface IndexedText {
  readonly characters: readonly string[]
  /** Where each character stands, without the popular ones. */
  readonly places: ReadonlyMap<string, readonly number[]>
}

function indexText(text: string): IndexedText {
  const characters = Array.from(text)
  const places = new Map<string, number[]>()
  for (const [n, character] of characters.entries()) {
    const found = places.get(character)
    if (found === undefined) places.set(character, [n])
    else found.push(n)
  }
  if (characters.length >= POPULAR_FROM) {
    const limit = Math.floor(characters.length / POPULAR_SHARE) + 1
    for (const [character, found] of places) if (found.length > limit) places.delete(character)
  }
  return { characters, places }
}

function ratioOf(first: readonly string[], second: IndexedText, cutoff: number): number {
  const length = first.length + second.characters.length
  if (length === 0) return 1
  // What `real_quick_ratio` says: more than this it cannot be.
  const most = (2 * Math.min(first.length, second.characters.length)) / length
  if (most < cutoff) return most
  return (2 * matchedLength(first, second)) / length
}

type Range = readonly [aLow: number, aHigh: number, bLow: number, bHigh: number]

/** Sum of the lengths of the matching blocks: the longest one, then what is left and right of it. */
function matchedLength(first: readonly string[], second: IndexedText): number {
  let sum = 0
  const queue: Range[] = [[0, first.length, 0, second.characters.length]]
  for (let range = queue.pop(); range !== undefined; range = queue.pop()) {
    const [aLow, aHigh, bLow, bHigh] = range
    const match = longestMatch(first, second, range)
    if (match.size === 0) continue
    sum += match.size
    if (aLow < match.a && bLow < match.b) queue.push([aLow, match.a, bLow, match.b])
    const [aEnd, bEnd] = [match.a + match.size, match.b + match.size]
    if (aEnd < aHigh && bEnd < bHigh) queue.push([aEnd, aHigh, bEnd, bHigh])
  }
  return sum
}

interface Match {
  readonly a: number
  readonly b: number
  readonly size: number
}

function longestMatch(
  first: readonly string[],
  { characters, places }: IndexedText,
  [aLow, aHigh, bLow, bHigh]: Range,
): Match {
  let [a, b, size] = [aLow, bLow, 0]
  let lengths = new Map<number, number>()
  for (let i = aLow; i < aHigh; i += 1) {
    const next = new Map<number, number>()
    for (const j of places.get(first[i] ?? '') ?? []) {
      if (j < bLow) continue
      if (j >= bHigh) break
      const length = (lengths.get(j - 1) ?? 0) + 1
      next.set(j, length)
      if (length > size) [a, b, size] = [i - length + 1, j - length + 1, length]
    }
    lengths = next
  }
  // Popular characters extend a match on both sides.
  while (a > aLow && b > bLow && first[a - 1] === characters[b - 1]) {
    ;[a, b, size] = [a - 1, b - 1, size + 1]
  }
  while (a + size < aHigh && b + size < bHigh && first[a + size] === characters[b + size]) size += 1
  return { a, b, size }
}
