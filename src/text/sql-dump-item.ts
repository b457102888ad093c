/** One piece of a plain SQL dump, in the dump's order. */
export type SqlDumpItem = SqlStatement | SqlCopy | SqlMetaCommand

export interface SqlStatement {
  readonly kind: 'statement'
  /**
   * The statement without its final semicolon and without the comments before and behind it; always to be
   * read with `standard_conforming_strings` on.
   */
  readonly text: string
  /** Line of the dump where it begins, from 1. */
  readonly line: number
}

/** `COPY … FROM stdin` and the rows that follow it. */
export interface SqlCopy {
  readonly kind: 'copy'
  /** The statement without its semicolon. */
  readonly statement: string
  readonly line: number
  /** The `client_encoding` that was in force, in upper case; the bytes of `data` are in it. */
  readonly encoding: string
  /**
   * The rows as they are in the dump, without the closing `\.` line; chunks end anywhere and share the
   * source's memory. What is left unread when the next item is asked for is passed over.
   */
  readonly data: AsyncIterable<Uint8Array>
}

/** A command of psql (`\restrict`, `\connect`, `\!`), with whatever stood before it in its statement. */
export interface SqlMetaCommand {
  readonly kind: 'meta'
  /** Begins with a backslash unless the command ended a statement, as `SELECT 1 \gexec` does. */
  readonly text: string
  readonly line: number
}

/** What the comments of pg_dump say about a dump, as far as it has been read. */
export interface SqlDumpMarks {
  /** `-- PostgreSQL database dump` was seen. */
  readonly started: boolean
  /** Every start was followed by `-- PostgreSQL database dump complete`. */
  readonly complete: boolean
  /** `Dumped from database version`, such as `15.18 (Debian 15.18-0+deb12u1)`. */
  readonly serverVersion: string | undefined
  /** `Dumped by pg_dump version`. */
  readonly dumpVersion: string | undefined
}

/** A plain dump, to be read once. */
export interface SqlDump extends AsyncIterable<SqlDumpItem> {
  readonly marks: SqlDumpMarks
}
