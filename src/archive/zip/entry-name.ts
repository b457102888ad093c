const LONGEST = 0xffff
/** Control characters, and halves of surrogate pairs, which have no bytes of their own. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/gu

/**
 * Why a name must not be used as a path inside of a folder; undefined for a safe one. Safe is:
 * relative, `/` only, no `.` or `..` or empty part, nothing unprintable.
 */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'has no name'
  if (name.search(UNPRINTABLE) !== -1) return 'has control characters in its name'
  if (name.includes('\\')) return 'has a backslash in its name'
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'has an absolute path as its name'
  const parts = name.replace(/\/$/, '').split('/')
  if (parts.includes('..')) return 'leads out of its folder'
  if (parts.includes('') || parts.includes('.')) return 'has an empty or "." part in its name'
  if (Buffer.byteLength(name) > LONGEST) return `has a name longer than ${LONGEST} bytes`
  return undefined
}

/** A name with its control characters spelled out, so that it cannot command a terminal. */
export function printableName(name: string): string {
  return name.replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
