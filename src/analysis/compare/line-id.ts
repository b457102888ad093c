import { createHash } from 'node:crypto'

const LENGTH = 12

/** A short name for a line that stays the same when values in it change. */
export function lineId(...parts: readonly (string | undefined)[]): string {
  const text = JSON.stringify(parts.map((part) => part ?? ''))
  return createHash('sha256').update(text).digest('hex').slice(0, LENGTH)
}
