import { isKind, type KnownKind } from './magic-numbers.js'

const COMPRESSED: readonly KnownKind[] = [
  'png',
  'jpeg',
  'gif',
  'webp',
  'zip',
  'gzip',
  'pdf',
  'mp4',
  'woff2',
  'zstd',
  'xz',
  'bzip2',
  'sevenZip',
]

/**
 * Whether the content is compressed in itself, judged by its first 16 bytes: images, office
 * documents (which are ZIP archives), PDF, video. Deflating it again costs time and gains nothing.
 */
export function alreadyCompressed(head: Uint8Array): boolean {
  return COMPRESSED.some((kind) => isKind(head, kind))
}
