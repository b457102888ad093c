import { InternalError } from '../../../base/index.js'
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
  #foreseen: Set<string> | undefined

  /** The rows of a query; throws {@link Asks} while they are unknown. */
  rows(query: string): readonly FactRow[] {
    const known = this.#answers.get(query)
    if (known === undefined) throw new Asks(query)
    return known
  }

  /** The rows of a query on the catalogue, which cannot fail; while questions are foreseen, none. */
  catalogRows(query: string): readonly FactRow[] {
    if (this.#foreseen === undefined || this.#answers.has(query)) return this.rows(query)
    this.#foreseen.add(query)
    return []
  }

  /** Questions on the catalogue that `body` would ask one after the other, if all were answered by nothing. */
  foresee(body: () => void): readonly string[] {
    const foreseen = new Set<string>()
    this.#foreseen = foreseen
    try {
      body()
    } catch (error) {
      // Whatever it is: who follows in earnest hears of it.
      if (error instanceof InternalError) throw error
    } finally {
      this.#foreseen = undefined
    }
    return [...foreseen]
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
