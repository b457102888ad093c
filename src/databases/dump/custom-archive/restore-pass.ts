import type { ArchiveEntry } from './archive-info.js'

/**
 * When an entry's turn comes, as pg_restore has it: grants after all rows, event triggers and
 * the filling of materialized views after the grants; some entries never.
 */
export type RestorePass = 'main' | 'grants' | 'last' | 'skipped'

const PASSES = ['main', 'grants', 'last'] as const

const SETTINGS = new Set(['ENCODING', 'STDSTRINGS', 'SEARCHPATH'])
const GRANTS = new Set(['ACL', 'ACL LANGUAGE', 'DEFAULT ACL'])
const LAST = new Set(['EVENT TRIGGER', 'MATERIALIZED VIEW DATA'])
const ABOUT_AN_OBJECT = new Set(['ACL', 'COMMENT', 'SECURITY LABEL'])

/** Entries in the order in which they are to be restored, without those that are not. */
export function inRestoreOrder(entries: readonly ArchiveEntry[]): readonly ArchiveEntry[] {
  return PASSES.flatMap((pass) => entries.filter((entry) => restorePass(entry) === pass))
}

/** Whether an entry only sets a parameter for the whole restore. */
export function isSetting(entry: ArchiveEntry): boolean {
  return SETTINGS.has(entry.description)
}

/** Whether an entry is about large objects, which moult does not restore. */
export function isLargeObject(entry: ArchiveEntry): boolean {
  return entry.description.startsWith('BLOB') || isAbout(entry, 'LARGE OBJECT')
}

export function restorePass(entry: ArchiveEntry): RestorePass {
  if (isSetting(entry) || isLargeObject(entry) || isOfDatabase(entry)) return 'skipped'
  if (entry.description === '<Init>') return 'skipped'
  if (GRANTS.has(entry.description)) return 'grants'
  if (LAST.has(entry.description) || isAbout(entry, 'EVENT TRIGGER ')) return 'last'
  // PostgreSQL 18: statistics of materialized views need the views filled.
  if (entry.description === 'STATISTICS DATA' && entry.section === 'post-data') return 'last'
  return 'main'
}

/** The database itself, made or altered only by `pg_restore --create`. */
function isOfDatabase(entry: ArchiveEntry): boolean {
  return /^DATABASE( PROPERTIES)?$/.test(entry.description) || isAbout(entry, 'DATABASE ')
}

function isAbout(entry: ArchiveEntry, kind: string): boolean {
  return ABOUT_AN_OBJECT.has(entry.description) && entry.tag.startsWith(kind)
}
