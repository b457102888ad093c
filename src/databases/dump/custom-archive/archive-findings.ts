import type { Finding } from '../../../base/index.js'
import type { ArchiveInfo } from './archive-info.js'
import { isLargeObject } from './restore-pass.js'

/** What a user must know before an archive is restored: that its large objects are left out. */
export function archiveFindings(info: ArchiveInfo, file: string): readonly Finding[] {
  const entries = info.entries.filter(isLargeObject)
  if (entries.length === 0) return []
  return [
    {
      code: 'ARCHIVE_LARGE_OBJECTS',
      severity: 'warning',
      message: `${file} holds large objects, which are not restored`,
      place: { file },
      data: { entries: entries.map((entry) => ({ id: entry.id, tag: entry.tag })) },
      hint: 'Odoo itself stores none. Restore with pg_restore if another program needs them.',
    },
  ]
}
