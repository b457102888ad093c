import type { DumpRows, DumpSection } from '../dump-entry.js'
import type { Address } from './address.js'

/** Something written directly behind its object: a comment, `ALTER SEQUENCE … OWNED BY`. */
export interface Follower {
  readonly description: string
  readonly tag: string
  readonly definition: string
}

/** Whether a part of an object is made by an entry of its own. */
export type IsApart = (part: Address) => boolean

/** An object of the catalog on its way to a dump entry; `description` and `tag` are pg_dump's. */
export interface Draft {
  readonly address: Address
  readonly section: DumpSection
  readonly description: string
  readonly namespace: string | undefined
  readonly tag: string
  /** The SQL, or how to write it when parts may have to be left out of it. */
  readonly definition: string | ((isApart: IsApart) => string)
  /** What must come before, besides what `pg_depend` says. */
  readonly needs?: readonly Address[]
  /** Other rows of the catalog that come and go with this object. */
  readonly includes?: readonly Address[]
  /**
   * Pieces that PostgreSQL can also add later (a default, a check, a view's query), each as the entry
   * it becomes when it cannot be made together with the object.
   */
  readonly parts?: readonly Draft[]
  readonly followers?: readonly Follower[]
  readonly rows?: DumpRows
}
