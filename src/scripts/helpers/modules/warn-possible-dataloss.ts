import { id, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { unquotedName } from '../schema/sql-names.js'

/** A field that moved to another module. */
export interface MovedField {
  readonly table: string
  readonly field: string
  readonly newModule: string
}

/** Tells of fields whose new module is not installed, and whether they hold more than one value. */
export async function warnPossibleDataloss(
  context: HelperContext,
  oldModule: string,
  fields: readonly MovedField[],
): Promise<void> {
  const { rows } = await context.session.query<{ name: string }>(sql`
    SELECT name FROM ir_module_module WHERE state IN ('installed', 'to upgrade', 'to install')`)
  const installed = new Set(rows.map((row) => row.name))
  for (const field of fields) {
    if (!installed.has(field.newModule)) await warnOf(context, oldModule, field)
  }
}

async function warnOf(
  context: HelperContext,
  oldModule: string,
  { table, field, newModule }: MovedField,
): Promise<void> {
  const column = id(unquotedName(field))
  const { rows } = await context.session.query<{ values: number }>(sql`
    SELECT count(*)::int AS values
      FROM (SELECT ${column} FROM ${id(unquotedName(table))} GROUP BY ${column}) different`)
  const values = rows[0]?.values ?? 0
  if (values === 1) {
    context.log(
      'info',
      `Field '${field}' from module '${oldModule}' was moved to module '${newModule}' which is not ` +
        'installed: No dataloss detected, only loss of functionality',
    )
    return
  }
  const message =
    `Field '${field}' was moved to module '${newModule}' which is not installed: ` +
    `There were ${values} distinct values in this field.`
  context.log('warning', `Module ${oldModule}: ${message}`)
  context.findings.add({
    code: 'FIELD_VALUES_LOST',
    severity: 'warning',
    message,
    place: { object: `${table}.${field}` },
    hint: `Install ${newModule} together with the upgrade when the values are needed.`,
    data: { module: oldModule, newModule, table, field, values },
  })
}
