import { id, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { unquotedName } from '../schema/sql-names.js'

/** Where Odoo 15 kept analytic accounts and tags, and where 16 keeps the distribution. */
export interface AnalyticColumns {
  readonly table: string
  readonly accountColumn: string
  /** The new jsonb column. */
  readonly column: string
  /** The table of the tags; without it only accounts count. */
  readonly tags?: {
    readonly table: string
    readonly lineColumn: string
    readonly tagColumn: string
  }
}

/** Adds the column and fills it: the account with 100, and the shares of the tags' own distributions. */
export async function fillAnalyticDistribution(
  context: HelperContext,
  given: AnalyticColumns,
): Promise<void> {
  const table = id(unquotedName(given.table))
  const column = id(unquotedName(given.column))
  const account = id(unquotedName(given.accountColumn))
  const { tags } = given
  const shares =
    tags === undefined
      ? sql``
      : sql`
        UNION ALL
        SELECT line.id, share.account_id, share.percentage
          FROM ${table} line
          JOIN ${id(unquotedName(tags.table))} tagged ON tagged.${id(unquotedName(tags.lineColumn))} = line.id
          JOIN account_analytic_tag tag ON tag.id = tagged.${id(unquotedName(tags.tagColumn))}
          JOIN account_analytic_distribution share ON share.tag_id = tag.id
         WHERE tag.active_analytic_distribution`
  await context.session.query(sql`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${column} jsonb`)
  await runLogged(
    context,
    sql`
    WITH shares AS (
      SELECT line.id AS line, account.id AS account, 100 AS percentage
        FROM ${table} line JOIN account_analytic_account account ON account.id = line.${account}${shares}),
    totals AS (SELECT line, account, sum(percentage) AS percentage FROM shares GROUP BY line, account),
    distributions AS (SELECT line, jsonb_object_agg(account::text, percentage) AS value FROM totals GROUP BY line)
    UPDATE ${table} line SET ${column} = distributions.value
      FROM distributions WHERE distributions.line = line.id`,
  )
  context.schemaChanged?.()
}
