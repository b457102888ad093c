import { firstRow, join, raw, type Session, sql } from '../../../db/index.js'

/** A row as a query gives it, by column. */
export type FactRow = Readonly<Record<string, unknown>>

/** A query that has to be answered before a method can be followed further. */
export class Asks extends Error {
  readonly query: string

  constructor(query: string) {
    super('asks')
    this.query = query
  }
}

/** Answers to queries, as the database gives them at one moment. */
export class Facts {
  readonly #answers = new Map<string, readonly FactRow[]>()

  /** The rows of a query; throws {@link Asks} while they are unknown. */
  rows(query: string): readonly FactRow[] {
    const known = this.#answers.get(query)
    if (known === undefined) throw new Asks(query)
    return known
  }

  /** Answers queries, all in one statement. Fails when one of them does. */
  async learn(session: Session, queries: readonly string[]): Promise<void> {
    const unknown = [...new Set(queries)].filter((query) => !this.#answers.has(query))
    if (unknown.length === 0) return
    const row = await firstRow<{ answers: readonly (readonly FactRow[])[] }>(
      session,
      sql`SELECT jsonb_build_array(${join(
        unknown.map(
          (query) =>
            sql`coalesce((SELECT jsonb_agg(to_jsonb(q)) FROM (${raw(query.replace(/;\s*$/, ''))}) q), '[]')`,
        ),
      )}) AS answers`,
    )
    for (const [at, query] of unknown.entries()) this.#answers.set(query, row?.answers[at] ?? [])
  }
}
