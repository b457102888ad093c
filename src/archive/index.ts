/**
 * Files as they come and go: ZIP and gzip archives, streamed and distrusted, and writing
 * atomically.
 */
export { alreadyCompressed } from './already-compressed.js'
export { type AtomicFileOptions, withAtomicFile } from './atomic-file.js'
export type { Compression, CompressionLevel } from './compression.js'
export { detectFormat, type FileFormat, formatOf } from './detect-format.js'
export { gunzipFile } from './gunzip-file.js'
export { type GzipOptions, type GzipStatistics, gzipTo } from './gzip-to.js'
export type { OutputFile } from './output-file.js'
export type { ZipLimits } from './zip/inflation-limits.js'
export { verifyZip, type ZipVerification } from './zip/verify-zip.js'
export { withZip, type ZipReader } from './zip/with-zip.js'
export { type WriteZipOptions, writeZip } from './zip/write-zip.js'
export type { StorageMethod, ZipEntry } from './zip/zip-entry.js'
export type { ZipErrorCode } from './zip/zip-error.js'
export type { ByteSource, EntryOptions, ZipStatistics, ZipWriter } from './zip/zip-writer.js'
