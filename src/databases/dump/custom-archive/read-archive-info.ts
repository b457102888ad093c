import type { ArchiveInfo } from './archive-info.js'
import { openArchive } from './open-archive.js'

/**
 * What an archive in custom format says about itself: origin, format, all entries. Reads the header
 * and the table of contents only, so it takes no longer for a large database.
 */
export async function readArchiveInfo(path: string): Promise<ArchiveInfo> {
  const { file, info } = await openArchive(path)
  await file.close()
  return info
}
