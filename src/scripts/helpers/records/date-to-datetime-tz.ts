import { id, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { unquotedName } from '../schema/sql-names.js'

/** Columns of a table: the user, the old date, the new date and time. */
export interface DateConversion {
  readonly table: string
  readonly userColumn: string
  readonly dateColumn: string
  readonly datetimeColumn: string
}

/** Fills dates and times with midnight UTC as each row's user has it on the clock; without a time zone, nothing. */
export async function dateToDatetimeTz(
  context: HelperContext,
  given: DateConversion,
): Promise<void> {
  const date = id(unquotedName(given.dateColumn))
  await runLogged(
    context,
    sql`UPDATE ${id(unquotedName(given.table))} t
           SET ${id(unquotedName(given.datetimeColumn))} = (t.${date}::timestamp AT TIME ZONE 'UTC') AT TIME ZONE p.tz
          FROM res_users u JOIN res_partner p ON p.id = u.partner_id
         WHERE t.${date} IS NOT NULL AND t.${id(unquotedName(given.userColumn))} = u.id AND p.tz IS NOT NULL`,
  )
}
