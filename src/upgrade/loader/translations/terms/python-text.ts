/** What Python's `str.isspace` and `str.strip` take for blank; JavaScript's own set differs. */
const BLANKS = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`
const LEADING = new RegExp(`^[${BLANKS}]+`)
const TRAILING = new RegExp(`[${BLANKS}]+$`)
const RUN = new RegExp(`[${BLANKS}]+`)
const NOT_BLANK = new RegExp(`[^${BLANKS}]`)

/** `str.strip`. */
export function strip(text: string): string {
  return text.replace(LEADING, '').replace(TRAILING, '')
}

/** Whether there is something else than blanks. */
export function hasInk(text: string): boolean {
  return NOT_BLANK.test(text)
}

/** `' '.join(text.split())`. */
export function collapse(text: string): string {
  return text
    .split(RUN)
    .filter((word) => word !== '')
    .join(' ')
}

/** Compares by code points, as Python does; JavaScript compares UTF-16. */
export function comparePython(a: string, b: string): number {
  if (a === b) return 0
  const [left, right] = [Array.from(a), Array.from(b)]
  const length = Math.min(left.length, right.length)
  for (let n = 0; n < length; n += 1) {
    const difference = (left[n]?.codePointAt(0) ?? 0) - (right[n]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
