import type { COMPRESSIONS, SECTIONS } from './archive-format.js'

/** pg_dump's sections; comments and grants belong to none, they go with their object. */
export type ArchiveSection = (typeof SECTIONS)[number]

export type ArchiveCompression = (typeof COMPRESSIONS)[number]

/** What an archive's header says. */
export interface ArchiveHeader {
  /** Such as `1.14`. */
  readonly formatVersion: string
  readonly compression: ArchiveCompression
  /** `2026-11-20T10:50:12`, on the clock of the machine that dumped; its time zone is not recorded. */
  readonly createdAt: string | undefined
  readonly database: string | undefined
  /** The server's version as it names itself: `15.18 (Debian 15.18-0+deb12u1)`. */
  readonly serverVersion: string | undefined
  readonly dumpVersion: string | undefined
}

/** Where an entry's data is, if it has any. */
export type ArchiveData =
  | { readonly kind: 'none' }
  /** Somewhere after the table of contents: the archive was written to a pipe. */
  | { readonly kind: 'unplaced' }
  | { readonly kind: 'placed'; readonly offset: number }

/** One line of an archive's table of contents. */
export interface ArchiveEntry {
  readonly id: number
  readonly section: ArchiveSection
  /** pg_dump's word: `TABLE`, `TABLE DATA`, `FK CONSTRAINT` … */
  readonly description: string
  readonly namespace: string | undefined
  readonly tag: string
  readonly owner: string | undefined
  /** SQL that makes the object, often several statements; empty for data. */
  readonly definition: string
  readonly dropStatement: string
  /** `COPY … FROM stdin;`, or empty where the data are INSERT statements or large objects. */
  readonly copyStatement: string
  /** Empty for the database's default; undefined where tablespaces do not apply. */
  readonly tablespace: string | undefined
  readonly tableAccessMethod: string | undefined
  /** `pg_class.relkind`; known from format 1.16 on. */
  readonly relationKind: string | undefined
  /** Numbers of the object in the dumped database: class and row. */
  readonly catalogTable: number
  readonly catalogRow: number
  readonly dependencies: readonly number[]
  readonly data: ArchiveData
}

/** What can be known of an archive without reading its data. */
export interface ArchiveInfo extends ArchiveHeader {
  /** Bytes of the file. */
  readonly size: number
  /** Client encoding of all texts and rows, as the archive names it. */
  readonly encoding: string
  /** In the archive's order, including the first three, which only set parameters. */
  readonly entries: readonly ArchiveEntry[]
}
