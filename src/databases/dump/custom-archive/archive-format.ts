/** The first bytes of every archive that pg_dump writes, whatever its format. */
export const MAGIC = 'PGDMP'

/** Byte of the header that says which kind of archive follows; only custom is one single file. */
export const FORMAT_CUSTOM = 1

/** What a data block holds: a table's rows, or large objects. */
export const BLOCK_DATA = 1
export const BLOCK_LARGE_OBJECTS = 3

/** Whether an entry's data has a known place in the file. */
export const OFFSET_UNKNOWN = 1
export const OFFSET_KNOWN = 2
export const OFFSET_NO_DATA = 3

/** Minor numbers of format 1.x that moult reads: 1.12 is PostgreSQL 9.0, 1.16 is 17 and 18. */
export const OLDEST_MINOR = 12
export const NEWEST_MINOR = 16

/** From this minor number on an entry names its table access method. */
export const MINOR_TABLE_ACCESS_METHOD = 14
/** From this minor number on the header names the compression's algorithm instead of its level. */
export const MINOR_COMPRESSION_ALGORITHM = 15
/** From this minor number on an entry says what kind of relation it is. */
export const MINOR_RELATION_KIND = 16

/** How many bytes this archive's numbers take: integers (besides their sign) and file offsets. */
export interface NumberSizes {
  readonly int: number
  readonly offset: number
}

/** Sections by pg_dump's number, which counts from 1. */
export const SECTIONS = ['none', 'pre-data', 'data', 'post-data'] as const

/** Compression algorithms by pg_dump's number, which counts from 0. */
export const COMPRESSIONS = ['none', 'gzip', 'lz4', 'zstd'] as const
