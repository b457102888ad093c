import type { DumpSection } from '../dump-entry.js'
import type { Draft } from './draft.js'

const SECTIONS: readonly DumpSection[] = ['pre-data', 'data', 'post-data']

/** Kinds in the order in which pg_dump writes them; those of one line go by name among each other. */
const KINDS: readonly (readonly string[])[] = [
  ['SCHEMA', 'COMMENT'],
  ['EXTENSION'],
  ['COLLATION'],
  ['TYPE', 'DOMAIN'],
  ['FUNCTION', 'PROCEDURE'],
  ['AGGREGATE'],
  // Of domains before the tables that use them; of tables first of what comes after the rows.
  ['CHECK CONSTRAINT'],
  ['TABLE', 'SEQUENCE', 'VIEW', 'MATERIALIZED VIEW'],
  ['TABLE ATTACH'],
  ['DEFAULT'],
  ['TABLE DATA'],
  ['SEQUENCE SET'],
  ['CONSTRAINT'],
  ['INDEX'],
  ['INDEX ATTACH'],
  ['STATISTICS'],
  ['RULE'],
  ['TRIGGER'],
  ['FK CONSTRAINT'],
  ['ROW SECURITY'],
  ['POLICY'],
  ['MATERIALIZED VIEW DATA'],
]

const RANKS = new Map(KINDS.flatMap((kinds, rank) => kinds.map((kind) => [kind, rank] as const)))

/** The place of an entry's section and kind in a dump; what nothing else decides goes by it. */
export function entryRank({ section, description }: Draft): number {
  return SECTIONS.indexOf(section) * KINDS.length + (RANKS.get(description) ?? KINDS.length - 1)
}

/** Which of two entries of the same rank comes first. */
export function compareNames(a: Draft, b: Draft): number {
  return (
    compareText(a.namespace ?? '', b.namespace ?? '') ||
    compareText(a.tag, b.tag) ||
    compareText(a.address, b.address)
  )
}

/** By code units, so that the order is the same on every machine. */
function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
