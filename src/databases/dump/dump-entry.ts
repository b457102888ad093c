/** pg_dump's three sections: what must be there before the rows, the rows, what comes after them. */
export type DumpSection = 'pre-data' | 'data' | 'post-data'

/** One object of a dump that is being written, with pg_dump's words, for plain and custom format. */
export interface DumpEntry {
  /** From 1, unique within the dump. */
  readonly id: number
  readonly section: DumpSection
  /** pg_dump's word: `TABLE`, `TABLE DATA`, `SEQUENCE SET`, `FK CONSTRAINT`, `COMMENT` … */
  readonly description: string
  /** Schema, or undefined for objects outside of schemas. */
  readonly namespace: string | undefined
  /** The name as pg_dump writes it: `res_partner`, `res_partner res_partner_pkey`. */
  readonly tag: string
  /** SQL that makes the object, semicolons included; empty for table data. */
  readonly definition: string
  /** Ids of the entries that must come before. */
  readonly dependencies: readonly number[]
  /** Table data only. */
  readonly rows?: DumpRows
}

export interface DumpRows {
  /** `COPY public.t (id, name) FROM stdin;` with a final newline. */
  readonly copyStatement: string
  /** The rows in COPY's text format, without the closing `\.`; to be read once. */
  readonly read: () => AsyncIterable<Uint8Array>
}

/** What a dump says about where it came from. */
export interface DumpOrigin {
  readonly database: string
  /** `server_version`, such as `15.18`. */
  readonly serverVersion: string
}
