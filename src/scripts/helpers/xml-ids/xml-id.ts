import { sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'

/** An external id in its two parts. */
export interface XmlId {
  readonly module: string
  readonly name: string
}

/** Splits `module.name` at the first dot; undefined when there is none. */
export function parseXmlId(text: string): XmlId | undefined {
  const dot = text.indexOf('.')
  return dot < 0 ? undefined : { module: text.slice(0, dot), name: text.slice(dot + 1) }
}

/** The row of `ir_model_data` that an external id has. */
export interface XmlIdRow extends Record<string, unknown> {
  readonly id: number
  readonly model: string
  readonly recordId: number | null
  readonly noupdate: boolean | null
}

/** The row of an external id; undefined when there is none. */
export async function findXmlId(
  context: HelperContext,
  { module, name }: XmlId,
): Promise<XmlIdRow | undefined> {
  const { rows } = await context.session.query<XmlIdRow>(sql`
    SELECT id, model, res_id AS "recordId", noupdate FROM ir_model_data
     WHERE module = ${module} AND name = ${name}`)
  return rows[0]
}
