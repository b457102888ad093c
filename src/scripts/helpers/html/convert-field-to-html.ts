import { id, type Sql, sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { unquotedName } from '../schema/sql-names.js'
import { plaintextToHtml } from './plaintext-to-html.js'

const BATCH = 2_000

/** A column of plain text, and the column that its HTML goes into; both may be the same. */
export interface HtmlConversion {
  readonly table: string
  readonly from: string
  readonly to: string
  /** Whether the column holds a text for each language (16 and later). */
  readonly translated?: boolean
}

interface TextRow extends Record<string, unknown> {
  readonly id: number
  readonly text: string
}

/**
 * Converts plain text to HTML. Empty texts of a column without translations become NULL.
 *
 * @throws GuestError `user` for translated columns before Odoo 16
 */
export async function convertFieldToHtml(
  context: HelperContext,
  given: HtmlConversion,
): Promise<void> {
  const table = id(unquotedName(given.table))
  const from = id(unquotedName(given.from))
  const translated = given.translated === true
  if (translated && context.release.major < 16) {
    throw new GuestError(
      'user',
      'Translatable fields are only managed in version 16.0 or higher',
      'UserError',
    )
  }
  if (!translated) {
    await context.session.query(sql`UPDATE ${table} SET ${from} = NULL WHERE ${from} = ''`)
  }
  const target: Target = { table, column: id(unquotedName(given.to)), translated }
  const texts = sql`SELECT id, ${from}::text AS text FROM ${table} WHERE ${from} IS NOT NULL ORDER BY id`
  for await (const rows of context.session.stream<TextRow>(texts, BATCH)) {
    await writeBatch(context, target, rows)
  }
}

interface Target {
  readonly table: Sql
  readonly column: Sql
  readonly translated: boolean
}

async function writeBatch(
  context: HelperContext,
  { table, column, translated }: Target,
  rows: readonly TextRow[],
): Promise<void> {
  const ids = rows.map((row) => row.id)
  const values = rows.map((row) =>
    translated ? everyLanguage(row.text) : plaintextToHtml(row.text),
  )
  const value = translated ? sql`converted.value::jsonb` : sql`converted.value`
  await context.session.query(sql`
    UPDATE ${table} t SET ${column} = ${value}
      FROM unnest(${ids}::int[], ${values}::text[]) converted(id, value)
     WHERE t.id = converted.id`)
}

function everyLanguage(json: string): string {
  const texts: Record<string, unknown> = JSON.parse(json)
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(texts).map(([language, text]) => [
        language,
        typeof text === 'string' ? plaintextToHtml(text) : text,
      ]),
    ),
  )
}
