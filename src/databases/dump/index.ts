/** Reads dumps of every format, decides what of them is run, and writes dumps without pg_dump. */
export { type CatalogDump, type CatalogDumpOptions, dumpEntries } from './catalog-dump/index.js'
export {
  type ArchiveInfo,
  archiveFindings,
  readArchiveInfo,
  readCustomArchive,
  writeCustomArchive,
} from './custom-archive/index.js'
export type { DumpEntry, DumpOrigin } from './dump-entry.js'
export type { DumpCopy, DumpItem, DumpMetaCommand, DumpStatement } from './dump-item.js'
export { type PlainDump, readPlainDump } from './plain-reader.js'
export { writePlainDump } from './plain-writer.js'
export type {
  RefuseDecision,
  RestoreTarget,
  RunDecision,
  SkipDecision,
  StatementDecision,
} from './statement-policy/decision.js'
export { decideMetaCommand, decideStatement, usesUnaccent } from './statement-policy.js'
