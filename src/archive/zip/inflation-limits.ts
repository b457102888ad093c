import type { DirectoryRecord } from './central-directory.js'
import { zipError } from './zip-error.js'

/** How much an archive may inflate to. */
export interface ZipLimits {
  /** Of all entries together; without it there is no limit. */
  readonly maxTotalBytes?: number
  /** Inflated to compressed size, looked at only above 100 MB inflated; 1000 unless given. */
  readonly maxRatio?: number
}

/** SQL dumps deflate to a hundredth at best, zeros to a 1030th. */
const MAX_RATIO = 1000
const RATIO_FREE_BYTES = 100_000_000

/** Refuses an archive whose directory announces a zip bomb; ZIP_BOMB. */
export function refuseBombs(
  path: string,
  records: readonly DirectoryRecord[],
  limits: ZipLimits,
): void {
  const maxRatio = limits.maxRatio ?? MAX_RATIO
  const explodes = (inflated: number, compressed: number): boolean =>
    inflated > RATIO_FREE_BYTES && inflated > compressed * maxRatio
  let inflated = 0
  let compressed = 0
  for (const record of records) {
    inflated += record.uncompressedSize
    compressed += record.compressedSize
    if (explodes(record.uncompressedSize, record.compressedSize)) {
      const problem = `would inflate ${record.compressedSize} to ${record.uncompressedSize} bytes`
      throw zipError('ZIP_BOMB', path, problem, { entry: record.name })
    }
  }
  if (inflated > (limits.maxTotalBytes ?? Number.POSITIVE_INFINITY)) {
    const problem = `would inflate to ${inflated} bytes; ${limits.maxTotalBytes} are allowed`
    throw zipError('ZIP_BOMB', path, problem)
  }
  if (explodes(inflated, compressed)) {
    throw zipError('ZIP_BOMB', path, `would inflate ${compressed} to ${inflated} bytes`)
  }
}
