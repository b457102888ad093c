/** PostgreSQL's custom dump format (`pg_dump -Fc`), read and written without PostgreSQL. */
export { archiveFindings } from './archive-findings.js'
export type {
  ArchiveCompression,
  ArchiveData,
  ArchiveEntry,
  ArchiveHeader,
  ArchiveInfo,
  ArchiveSection,
} from './archive-info.js'
export { type ArchiveSink, fileSink, type WritableFile } from './archive-sink.js'
export { readArchiveInfo } from './read-archive-info.js'
export { readCustomArchive } from './read-custom-archive.js'
export {
  type WriteArchiveOptions,
  type WrittenArchive,
  writeCustomArchive,
} from './write-custom-archive.js'
