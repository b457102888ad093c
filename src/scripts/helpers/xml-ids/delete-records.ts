import { messageOf } from '../../../base/index.js'
import { DatabaseError, id, sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { tableOf } from '../schema/model-table.js'
import { existingRelations } from '../schema/table-exists.js'
import { findXmlId, parseXmlId, type XmlIdRow } from './xml-id.js'

/**
 * Deletes the records of external ids, each in a savepoint. One that cannot be deleted, or whose model is
 * not loaded yet, becomes `noupdate`, so that the cleanup after loading does not try it again.
 *
 * @throws GuestError `value` for an external id without a dot, when its record cannot be deleted
 */
export async function deleteRecordsByXmlId(
  context: HelperContext,
  xmlIds: readonly string[],
  withChildren = false,
): Promise<void> {
  for (const xmlId of xmlIds) {
    const parsed = parseXmlId(xmlId)
    if (parsed === undefined) {
      throw new GuestError('value', `not enough values to unpack (expected 2, got 1): ${xmlId}`)
    }
    const row = await findXmlId(context, parsed)
    if (row === undefined || row.recordId === null) continue
    try {
      await deleteRecord(context, { model: row.model, recordId: row.recordId }, withChildren)
    } catch (error) {
      if (!isForgiven(error)) throw error
      context.log('info', `Error deleting XML-ID ${xmlId}: ${messageOf(error)}`)
      await keepRecord(context, xmlId, row)
    }
  }
}

async function deleteRecord(
  context: HelperContext,
  { model, recordId }: { readonly model: string; readonly recordId: number },
  withChildren: boolean,
): Promise<void> {
  const table = await tableOf(context, model)
  const loaded = (await context.isLoaded?.(model)) ?? true
  if (!loaded || !(await existingRelations(context.session, [table])).has(table)) {
    throw new GuestError('key', model)
  }
  const { rows } = await context.session.query(
    sql`SELECT id FROM ${id(table)} WHERE id = ${recordId}`,
  )
  if (rows.length === 0) return
  if (withChildren) {
    await unlinkInOrder(context, 'ir.ui.view', await viewsBelow(context, recordId))
  } else await unlinkSafely(context, model, [recordId])
}

/** All at once; when one refuses, one after the other up to that one, as openupgradelib does. */
async function unlinkInOrder(
  context: HelperContext,
  model: string,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  try {
    await unlinkSafely(context, model, ids)
  } catch (error) {
    if (!isForgiven(error) || ids.length === 1) throw error
    for (const one of ids) await unlinkSafely(context, model, [one])
  }
}

async function unlinkSafely(
  context: HelperContext,
  model: string,
  ids: readonly number[],
): Promise<void> {
  await context.session.savepoint(async () => {
    await context.orm.unlink(model, ids)
  })
}

/** The view and all that inherit from it, active ones only, as a search of Odoo finds them; newest first. */
async function viewsBelow(context: HelperContext, view: number): Promise<readonly number[]> {
  const { rows } = await context.session.query<{ id: number }>(sql`
    WITH RECURSIVE below AS (
      SELECT id, active FROM ir_ui_view WHERE id = ${view}
       UNION
      SELECT v.id, v.active FROM ir_ui_view v JOIN below b ON v.inherit_id = b.id WHERE v.active)
    SELECT id FROM below WHERE active ORDER BY id DESC`)
  return rows.map((row) => row.id)
}

/** KeyError, IntegrityError, UserError and ValidationError; every other error ends the script. */
function isForgiven(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.sqlState.startsWith('23')
  return error instanceof GuestError && (error.kind === 'key' || error.kind === 'user')
}

async function keepRecord(context: HelperContext, xmlId: string, row: XmlIdRow): Promise<void> {
  const { count } = await context.session.query(sql`
    UPDATE ir_model_data SET noupdate = true WHERE id = ${row.id} AND noupdate IS NOT TRUE`)
  if (count > 0) context.log('info', `XML-ID ${xmlId} changed to noupdate.`)
}
