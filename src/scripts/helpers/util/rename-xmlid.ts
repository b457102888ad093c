import { sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { type KnownColumns, readColumns } from '../schema/column-exists.js'
import { findXmlId } from '../xml-ids/xml-id.js'
import { forceNoupdate, qualified } from './xml-ids.js'

export interface XmlIdRenaming {
  readonly noupdate?: boolean
  /** Whether the record of the old external id is merged into that of an existing new one. */
  readonly merge?: boolean
}

/**
 * Renames an external id, with the keys and calls of templates, menus in users' settings, and the external
 * ids of the records that it delegates to.
 *
 * @returns the record's id, or undefined when there is no such external id
 * @throws GuestError `user` when the new one belongs to another record, `helper` when that one is to be merged
 */
export async function renameXmlId(
  context: HelperContext,
  from: string,
  to: string,
  options: XmlIdRenaming = {},
): Promise<number | undefined> {
  const before = qualified(from)
  const after = qualified(to)
  if (from === to) throw new GuestError('value', 'Cannot rename an XMLID to itself')
  const row = await findXmlId(context, before)
  if (row === undefined) return undefined
  const existing = await findXmlId(context, after)
  if (existing === undefined) {
    await context.session.query(sql`
      UPDATE ir_model_data SET module = ${after.module}, name = ${after.name},
             noupdate = COALESCE(${options.noupdate ?? null}::bool, noupdate)
       WHERE id = ${row.id}`)
  } else {
    if (existing.model !== row.model || existing.recordId !== row.recordId) {
      throw collision(from, to, options.merge === true)
    }
    if (options.noupdate !== undefined) await forceNoupdate(context, to, options.noupdate)
    await context.session.query(sql`DELETE FROM ir_model_data WHERE id = ${row.id}`)
  }
  if (row.recordId === null) return undefined
  const known = await readColumns(context.session, ['ir_ui_view', 'res_users_settings'])
  if (row.model === 'ir.ui.view' && known.has('ir_ui_view', 'key', 'arch_db')) {
    await renameTemplate(context, known, from, to, row.recordId)
  }
  if (row.model === 'ir.ui.menu' && known.has('res_users_settings', 'homemenu_config')) {
    await renameMenu(context, from, to)
  }
  await renameDelegated(context, from, to, options)
  return row.recordId
}

function collision(from: string, to: string, merge: boolean): GuestError {
  return merge
    ? new GuestError('helper', `rename_xmlid: ${from} and ${to} are two records; merge them first`)
    : new GuestError('user', `Can't rename ${from} to ${to} as it already exists`, 'UserError')
}

async function renameTemplate(
  context: HelperContext,
  known: KnownColumns,
  from: string,
  to: string,
  view: number,
): Promise<void> {
  const { count } = await context.session.query(
    sql`UPDATE ir_ui_view SET key = ${to} WHERE id = ${view} AND key = ${from}`,
  )
  if (count === 0) return
  // The websites' copies have the same key.
  await runLogged(context, sql`UPDATE ir_ui_view SET key = ${to} WHERE key = ${from}`)
  const pattern = `\\yt-(call|name)=(["'])${from.replace(/\W/g, '\\$&')}\\2`
  const replacement = `t-\\1=\\2${to.replaceAll('\\', '\\\\')}\\2`
  if (known.typeOf('ir_ui_view', 'arch_db') !== 'jsonb') {
    await runLogged(
      context,
      sql`UPDATE ir_ui_view SET arch_db = regexp_replace(arch_db, ${pattern}, ${replacement}, 'g')
           WHERE arch_db ~ ${pattern}`,
    )
    return
  }
  await runLogged(
    context,
    sql`UPDATE ir_ui_view v SET arch_db =
          (SELECT jsonb_object_agg(entry.key, regexp_replace(entry.value, ${pattern}, ${replacement}, 'g'))
             FROM jsonb_each_text(v.arch_db) entry)
         WHERE v.arch_db ->> 'en_US' ~ ${pattern}`,
  )
}

async function renameMenu(context: HelperContext, from: string, to: string): Promise<void> {
  const pattern = `\\y${from.replace(/\W/g, '\\$&')}\\y`
  await runLogged(
    context,
    sql`UPDATE res_users_settings
           SET homemenu_config = regexp_replace(homemenu_config::text, ${pattern}, ${to.replaceAll('\\', '\\\\')})::jsonb
         WHERE homemenu_config::text ~ ${pattern}`,
  )
}

/** A delegated record's external id is its child's with the parent model's name behind it. */
async function renameDelegated(
  context: HelperContext,
  from: string,
  to: string,
  options: XmlIdRenaming,
): Promise<void> {
  const before = qualified(from)
  const { rows } = await context.session.query<{ suffix: string }>(sql`
    SELECT replace(model, '.', '_') AS suffix FROM ir_model_data
     WHERE module = ${before.module} AND name = ${before.name}::text || '_' || replace(model, '.', '_')`)
  for (const { suffix } of rows) {
    await renameXmlId(context, `${from}_${suffix}`, `${to}_${suffix}`, options)
  }
}
