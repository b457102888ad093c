import { id, sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { unquotedName } from '../schema/sql-names.js'

/** Markup without one of these is the same in every version of Bootstrap. */
const CONCERNED = '(class|data-[a-z-]+)\\s*='

/** A column of HTML; with ids, of these rows only. */
export interface HtmlColumn {
  readonly table: string
  readonly column: string
  readonly ids?: readonly number[]
}

/**
 * Finds the HTML that a change of Bootstrap's version may concern and says how many rows it is; the HTML
 * stays as it is. Columns without such HTML need nothing.
 */
export async function reportBootstrap(
  context: HelperContext,
  { table, column, ids }: HtmlColumn,
): Promise<void> {
  const restricted =
    ids === undefined || ids.length === 0 ? sql`` : sql` AND id = ANY(${ids}::int[])`
  const { rows } = await context.session.query<{
    rows: number
    some: readonly number[] | null
  }>(sql`
    SELECT count(*)::int AS rows, (array_agg(id ORDER BY id))[1:20] AS some
      FROM ${id(unquotedName(table))}
     WHERE ${id(unquotedName(column))}::text ~* ${CONCERNED}${restricted}`)
  const { rows: count = 0, some = [] } = rows[0] ?? {}
  if (count === 0) return
  context.findings.add({
    code: 'HTML_NOT_CONVERTED',
    severity: 'warning',
    message: `${table}.${column}: ${count} rows may use classes of the former Bootstrap and were not converted`,
    place: { object: `${table}.${column}` },
    hint: 'Look at these pages in the upgraded database; classes such as ml-3, text-left or data-toggle have new names.',
    data: { table, column, rows: count, firstIds: some ?? [] },
  })
}

/**
 * The HTML itself where no change of Bootstrap's version concerns it.
 *
 * @throws GuestError `helper` for all other HTML
 */
export function convertBootstrapText(name: string, html: string): string {
  if (!new RegExp(CONCERNED, 'i').test(html)) return html
  throw new GuestError('helper', `${name}: HTML with classes is not converted here`)
}
