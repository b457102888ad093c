/** What a version is compared by: an element for each part, to be compared one after the other. */
export type VersionKey = readonly string[]

/** Digits (of any script, as in Python), letters a–z, dots and dashes; what lies between stays a part too. */
const PARTS = /(\p{Nd}+|[a-z]+|\.|-)/u
const NUMBER_WIDTH = 8
const FIRST_SURROGATE = 0xd800
const FIRST_BEHIND_SURROGATES = 0xe000
const SURROGATES = FIRST_BEHIND_SURROGATES - FIRST_SURROGATE
const FINAL = '*final'
const AFTER_FINAL = '*final-'
const ZERO = '0'.repeat(NUMBER_WIDTH)
/** Odoo takes a version that is null or empty for this one. */
const NO_VERSION = '0.1'

const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ['pre', 'c'],
  ['preview', 'c'],
  ['rc', 'c'],
  ['dev', '@'],
  ['-', 'final-'],
  ['_', 'final-'],
  ['saas', ''],
  ['~', ''],
])

/**
 * The key by which Odoo orders versions (odoo/tools/parse_version.py, the same from 14 to 18).
 * Numbers of more than 8 digits are compared as texts there, so `1.100000000` is before `1.99999999`.
 */
export function versionKey(version: string | null | undefined): VersionKey {
  const key: string[] = []
  for (const part of partsOf((version || NO_VERSION).toLowerCase())) {
    if (part.startsWith('*')) {
      if (part < FINAL) popAll(key, AFTER_FINAL)
      popAll(key, ZERO)
    }
    key.push(part)
  }
  return key
}

/** Negative, zero or positive, as the first key is before, equal to or after the second. */
export function compareVersionKeys(a: VersionKey, b: VersionKey): number {
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const order = compareCodePoints(a[index] ?? '', b[index] ?? '')
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Compares two versions by their keys; null and the empty text stand for `0.1`. */
export function compareVersions(
  a: string | null | undefined,
  b: string | null | undefined,
): number {
  return compareVersionKeys(versionKey(a), versionKey(b))
}

/** Orders texts as Python does, by code point; JavaScript compares UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (left !== right) return rankOf(left) - rankOf(right)
  }
  return a.length - b.length
}

/** Surrogates stand for characters behind all those of a single unit. */
function rankOf(unit: number): number {
  if (unit >= FIRST_BEHIND_SURROGATES) return unit - SURROGATES
  return unit >= FIRST_SURROGATE ? unit + FIRST_BEHIND_SURROGATES : unit
}

function* partsOf(version: string): Generator<string> {
  for (const part of version.split(PARTS)) {
    const replaced = REPLACEMENTS.get(part) ?? part
    if (replaced === '' || replaced === '.') continue
    yield /^[0-9]/.test(replaced) ? replaced.padStart(NUMBER_WIDTH, '0') : `*${replaced}`
  }
  yield FINAL
}

function popAll(key: string[], part: string): void {
  while (key.at(-1) === part) key.pop()
}
