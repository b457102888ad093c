import { type Row, raw, type Session, type SqlValue, sql } from '../../../db/index.js'

/** SQL for scripts, in the transaction of the step. */
export interface ScriptCursor {
  /**
   * Runs a statement with its values as parameters and returns its rows.
   * @example
   * const rows = await env.cr.sql`SELECT id FROM res_partner WHERE lang = ${'fr_FR'}`
   */
  sql<R extends Row = Row>(
    strings: TemplateStringsArray,
    ...values: SqlValue[]
  ): Promise<readonly R[]>
  /** Runs a statement with `$1`, `$2`, … and returns its rows. */
  query<R extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<readonly R[]>
  /** Runs a statement with `$1`, `$2`, …, or several without parameters; returns how many rows changed. */
  execute(text: string, params?: readonly SqlValue[]): Promise<number>
}

export function scriptCursor(session: Session): ScriptCursor {
  return {
    async sql<R extends Row>(strings: TemplateStringsArray, ...values: SqlValue[]) {
      return (await session.query<R>(sql(strings, ...values))).rows
    },
    async query<R extends Row>(text: string, params: readonly SqlValue[] = []) {
      return (await session.query<R>({ ...raw(text), values: params })).rows
    },
    async execute(text, params = []) {
      if (params.length > 0) return (await session.query({ ...raw(text), values: params })).count
      return Math.max(0, (await session.send(text)).count)
    },
  }
}
