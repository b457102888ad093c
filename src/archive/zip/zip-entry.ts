/** How an entry's content is kept: as it is, or deflated. */
export type StorageMethod = 'store' | 'deflate'

/** One file of an archive, as its directory describes it. */
export interface ZipEntry {
  /** Relative, with `/` between folders. */
  readonly name: string
  readonly isDirectory: boolean
  readonly method: StorageMethod
  readonly compressedSize: number
  readonly uncompressedSize: number
  readonly crc32: number
}

/** An entry and where its header and content lie: from `offset` up to, at most, `end`. */
export interface LocatedEntry extends ZipEntry {
  readonly offset: number
  readonly end: number
}
