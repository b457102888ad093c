import { sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { mergeRecords } from '../records/merge-records/merge-records.js'
import { modelTable } from '../schema/model-table.js'
import { tableExists } from '../schema/table-exists.js'
import { updateModuleMovedTranslations } from './update-module-moved-translations.js'
import { findXmlId, parseXmlId, type XmlId, type XmlIdRow } from './xml-id.js'

export type XmlIdRename = readonly [from: string, to: string]

/**
 * Renames external ids; one that does not exist is passed over. With `merge`, records of the same model
 * whose new external id exists already are merged into its record.
 *
 * @throws DatabaseError when the new one exists, without `merge`
 * @throws GuestError `user` when the two belong to different models
 */
export async function renameXmlIds(
  context: HelperContext,
  renames: readonly XmlIdRename[],
  merge = false,
): Promise<void> {
  for (const [from, to] of renames) {
    const before = parseXmlId(from)
    const after = parseXmlId(to)
    if (before === undefined || after === undefined) {
      context.log(
        'error',
        `Cannot rename XMLID ${from} to ${to}: need the module reference to be specified in the IDs`,
      )
      continue
    }
    const row = await findXmlId(context, before)
    if (row === undefined) {
      context.log('info', `XMLID ${from} not found when renaming to ${to}`)
      continue
    }
    await renameXmlId(context, { before, after, row, merge })
  }
}

interface Renaming {
  readonly before: XmlId
  readonly after: XmlId
  readonly row: XmlIdRow
  readonly merge: boolean
}

async function renameXmlId(context: HelperContext, renaming: Renaming): Promise<void> {
  const { before, after, row, merge } = renaming
  if (before.module !== after.module) {
    await updateModuleMovedTranslations(context, before, after.module)
  }
  const existing = merge ? await findXmlId(context, after) : undefined
  if (existing !== undefined) return await mergeXmlIds(context, renaming, existing)
  await context.session.query(sql`
    UPDATE ir_model_data SET module = ${after.module}, name = ${after.name} WHERE id = ${row.id}`)
}

async function mergeXmlIds(
  context: HelperContext,
  { before, after, row }: Renaming,
  existing: XmlIdRow,
): Promise<void> {
  const from = `${before.module}.${before.name}`
  const to = `${after.module}.${after.name}`
  context.log('info', `XMLID ${to} already exists when renaming from ${from}: Merging.`)
  if (existing.model !== row.model) {
    throw refused(from, to, `they don't belong to the same model (${row.model}, ${existing.model})`)
  }
  const table = (await context.tableOf?.(row.model)) ?? modelTable(context.release, row.model)
  if (!(await tableExists(context, table))) {
    throw refused(
      from,
      to,
      `the table I guessed (${table}) based on the model name (${row.model}) does not exist.`,
    )
  }
  if (row.recordId === null || existing.recordId === null) return
  await mergeRecords(context, row.model, [row.recordId], existing.recordId, { table })
}

function refused(from: string, to: string, reason: string): GuestError {
  return new GuestError('user', `Cannot merge XMLIDs ${from}, ${to} because ${reason}`, 'UserError')
}
