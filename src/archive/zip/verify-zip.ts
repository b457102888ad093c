import { Progress } from '../../base/index.js'
import { withZip } from './with-zip.js'

/** What {@link verifyZip} has read. */
export interface ZipVerification {
  readonly entries: number
  /** Inflated. */
  readonly bytes: number
}

/**
 * Reads every entry of an archive and checks sizes and checksums; throws at the first wrong one.
 */
export async function verifyZip(
  path: string,
  progress: Progress = new Progress(),
): Promise<ZipVerification> {
  return await withZip(path, async (zip) => {
    const total = [...zip.entries.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0)
    return await progress.step(`Checking ${path}`, { unit: 'bytes', total }, async (step) => {
      for (const entry of zip.entries.values()) {
        for await (const chunk of zip.read(entry)) step.advance(chunk.length, entry.name)
      }
      return { entries: zip.entries.size, bytes: total }
    })
  })
}
