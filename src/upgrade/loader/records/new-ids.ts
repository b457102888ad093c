import { join, lit, type Session, sql } from '../../../db/index.js'

const FIRST = -2_000_000_000
/** Tables that inherit from this one share its sequence. */
const ACTIONS = 'ir_actions'
const ACTION_TABLES: ReadonlySet<string> = new Set([
  ...['ir_act_window', 'ir_act_window_close', 'ir_act_report_xml', 'ir_act_server'],
  ...['ir_act_url', 'ir_act_client'],
])
const IN_TEXT = /-20\d{8}\b/g

/**
 * Stands in for ids of records until they are taken from the sequences, all at once and in the order in which the
 * records came. Until then a record has a number far below zero, which may also stand in the middle of a text.
 */
export class NewIds {
  readonly #tables: string[] = []
  readonly #real = new Map<number, number>()

  /** A number for a new row of a table. */
  reserve(table: string): number {
    this.#tables.push(ACTION_TABLES.has(table) ? ACTIONS : table)
    return FIRST - this.#tables.length
  }

  /** Takes ids for all that were reserved since. One statement. */
  async allocate(session: Session): Promise<void> {
    const wanted = new Map<string, number[]>()
    for (const [index, table] of this.#tables.entries()) {
      const number = FIRST - index - 1
      if (this.#real.has(number)) continue
      const numbers = wanted.get(table)
      if (numbers === undefined) wanted.set(table, [number])
      else numbers.push(number)
    }
    if (wanted.size === 0) return
    const parts = [...wanted].map(
      ([table, numbers]) =>
        sql`SELECT ${lit(table)} AS t, nextval(pg_get_serial_sequence(${lit(`"${table}"`)}, 'id')) AS id
              FROM generate_series(1, ${numbers.length}::int)`,
    )
    const { rows } = await session.query<{ t: string; id: number }>(join(parts, ' UNION ALL '))
    const given = new Map<string, number[]>()
    for (const { t, id } of rows) given.set(t, [...(given.get(t) ?? []), Number(id)])
    for (const [table, numbers] of wanted) {
      const ids = (given.get(table) ?? []).sort((a, b) => a - b)
      for (const [at, number] of numbers.entries()) this.#real.set(number, ids[at] ?? number)
    }
  }

  /** The id that a number stands for; other numbers stand for themselves. */
  real(id: number): number {
    return this.#real.get(id) ?? id
  }

  /** The same for all numbers within a text. */
  realText(text: string): string {
    if (!text.includes('-20')) return text
    return text.replace(IN_TEXT, (found) => String(this.real(Number(found))))
  }
}

/** Whether the number stands for an id to come. */
export function isReserved(id: number): boolean {
  return id < FIRST
}
