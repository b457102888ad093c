import { id, raw, type Sql, sql } from '../../../db/index.js'

/** Names of tables inside one statement: `t1`, `t2`, … */
export class Aliases {
  #last = 0

  next(): string {
    this.#last += 1
    return `t${this.#last}`
  }
}

/** A table with the tables that were joined to it; each join is made once. */
export class FromClause {
  /** Name of the first table inside the statement. */
  readonly alias: string
  readonly aliases: Aliases
  readonly #table: string
  readonly #joins: Sql[] = []
  readonly #joined = new Map<string, string>()

  constructor(table: string, aliases: Aliases) {
    this.#table = table
    this.aliases = aliases
    this.alias = aliases.next()
  }

  /** Joins another table by its id, as left join; the same key gives the same alias. */
  joinById(key: string, table: string, value: Sql): string {
    return this.join(
      key,
      (alias) => sql`${id(table)} AS ${raw(alias)} ON ${id(alias, 'id')} = ${value}`,
    )
  }

  /** Adds `LEFT JOIN …` of anything; `make` gets the new alias. */
  join(key: string, make: (alias: string) => Sql): string {
    const known = this.#joined.get(key)
    if (known !== undefined) return known
    const alias = this.aliases.next()
    this.#joined.set(key, alias)
    this.#joins.push(make(alias))
    return alias
  }

  /** `FROM table AS alias LEFT JOIN …` */
  get sql(): Sql {
    const start = sql`FROM ${id(this.#table)} AS ${raw(this.alias)}`
    return this.#joins.reduce((all, part) => sql`${all} LEFT JOIN ${part}`, start)
  }
}
