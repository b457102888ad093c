/** One piece of a dump, in the dump's order, whatever format it came in. */
export type DumpItem = DumpStatement | DumpCopy | DumpMetaCommand

export interface DumpStatement {
  readonly kind: 'statement'
  /** The statement without its final semicolon, comments before it left out. */
  readonly text: string
  /** Line of the dump where it begins, from 1; in a custom archive the number of its entry. */
  readonly line: number
}

/** A table's rows. `data` must be read to its end before the next item is asked for. */
export interface DumpCopy {
  readonly kind: 'copy'
  /** `COPY … FROM stdin`, without the semicolon. */
  readonly statement: string
  readonly line: number
  /** Rows in COPY's text format, without the closing `\.`; chunks end anywhere. */
  readonly data: AsyncIterable<Uint8Array>
}

/** A line that only psql understands (`\restrict`, `\connect`, `\!`). */
export interface DumpMetaCommand {
  readonly kind: 'meta'
  readonly text: string
  readonly line: number
}
