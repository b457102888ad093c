import { sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { parseXmlId, type XmlId } from '../xml-ids/xml-id.js'

/** The record that each external id names; null where there is none. Records may be gone. */
export async function refs(
  context: HelperContext,
  xmlIds: readonly string[],
): Promise<ReadonlyMap<string, number | null>> {
  const parsed = xmlIds.map(qualified)
  const { rows } = await context.session.query<{ key: string; id: number | null }>(sql`
    SELECT d.module || '.' || d.name AS key, d.res_id AS id
      FROM ir_model_data d
      JOIN unnest(${parsed.map((one) => one.module)}::text[], ${parsed.map((one) => one.name)}::text[])
           wanted(module, name) ON wanted.module = d.module AND wanted.name = d.name`)
  const found = new Map(rows.map((row) => [row.key, row.id]))
  return new Map(xmlIds.map((xmlId) => [xmlId, found.get(xmlId) ?? null]))
}

/** Sets whether updates leave a record as it is. @returns the number of changed rows */
export async function forceNoupdate(
  context: HelperContext,
  xmlId: string,
  noupdate: boolean,
  warn = false,
): Promise<number> {
  const { module, name } = qualified(xmlId)
  const { count } = await context.session.query(sql`
    UPDATE ir_model_data SET noupdate = ${noupdate}::bool
     WHERE module = ${module} AND name = ${name} AND noupdate <> ${noupdate}::bool`)
  if (!noupdate && count > 0 && warn) {
    context.log('warning', `Customizations on \`${xmlId}\` might be lost!`)
  }
  return count
}

/** @throws GuestError `value` for a name without its module */
export function qualified(xmlId: string): XmlId {
  const parsed = parseXmlId(xmlId)
  if (parsed !== undefined) return parsed
  throw new GuestError('value', 'Please use fully qualified name <module>.<name>')
}
