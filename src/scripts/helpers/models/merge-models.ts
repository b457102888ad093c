import { inTurn } from '../../../base/index.js'
import { id, join, type Sql, sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { installedModules } from '../modules/installed-modules.js'
import { runLogged } from '../run-logged.js'
import { type KnownColumns, readColumns } from '../schema/column-exists.js'
import { tableOf } from '../schema/model-table.js'
import { many2oneReferences } from './many2one-references.js'

/** Columns that name a model, or a record of it; empty where a table has no such column. */
interface Holder {
  readonly table: string
  readonly modelColumn: string
  readonly idColumn: string
  readonly modelIdColumn: string
}

interface Merge {
  readonly from: string
  readonly to: string
  readonly fromId: number
  readonly toId: number
  readonly table: string
  readonly column: string
}

/**
 * Points what referred to records of a model to the records of another one, into whose table they were
 * copied before; `column` of that table holds the old id. References to records that were not copied stay.
 *
 * @throws GuestError `key` when one of the models is not in `ir_model`
 */
export async function mergeModels(
  context: HelperContext,
  from: string,
  to: string,
  column: string,
): Promise<void> {
  context.log('info', `model ${from}: merging to ${to}`)
  const merge = await describeMerge(context, from, to, column)
  const installed = await installedModules(context)
  const holders = await holdersOf(context, installed)
  const known = await readColumns(context.session, [
    ...holders.map(({ table }) => table),
    'card_card',
    'card_campaign',
    'mail_followers',
  ])
  if (installed.has('marketing_card') && known.has('card_card', 'campaign_id')) {
    await runLogged(context, moveCards(merge))
  }
  for (const holder of holders) {
    if (exists(known, holder)) await runLogged(context, moveReferences(holder, merge))
  }
  if (known.has('mail_followers', 'res_model')) await runLogged(context, moveFollowers(merge))
}

async function describeMerge(
  context: HelperContext,
  from: string,
  to: string,
  column: string,
): Promise<Merge> {
  const { rows } = await context.session.query<{ id: number; model: string }>(
    sql`SELECT id, model FROM ir_model WHERE model IN (${from}, ${to})`,
  )
  const idOf = (model: string): number => {
    const found = rows.find((row) => row.model === model)
    if (found === undefined) throw new GuestError('key', model)
    return found.id
  }
  return { from, to, fromId: idOf(from), toId: idOf(to), table: await tableOf(context, to), column }
}

async function holdersOf(
  context: HelperContext,
  installed: ReadonlySet<string>,
): Promise<readonly Holder[]> {
  const references = (await many2oneReferences(context)).filter(
    // Followers are unique for a record and a partner; see moveFollowers.
    ({ model }) => model !== 'mail.followers',
  )
  const bound = await inTurn(references, async (reference) => ({
    ...reference,
    table: await tableOf(context, reference.model),
  }))
  const names = [holder('ir_filters', 'model_id'), holder('ir_exports', 'resource')]
  if (installed.has('mail')) {
    names.push(
      holder('mail_message_subtype', 'res_model'),
      holder('mail_template', 'model', '', 'model_id'),
      holder('mail_alias', '', '', 'alias_model_id'),
      holder('mail_alias', '', 'alias_parent_thread_id', 'alias_parent_model_id'),
      context.release.major < 15
        ? holder('mail_activity_type', '', '', 'res_model_id')
        : holder('mail_activity_type', 'res_model'),
    )
  }
  if (installed.has('marketing_card')) names.push(holder('card_campaign', 'res_model'))
  return [...bound, ...names]
}

function holder(table: string, modelColumn: string, idColumn = '', modelIdColumn = ''): Holder {
  return { table, modelColumn, idColumn, modelIdColumn }
}

function exists(
  known: KnownColumns,
  { table, modelColumn, idColumn, modelIdColumn }: Holder,
): boolean {
  return known.has(table, ...[modelColumn, idColumn, modelIdColumn].filter((name) => name !== ''))
}

function moveReferences(holder: Holder, merge: Merge): Sql {
  const { table, modelColumn, idColumn, modelIdColumn } = holder
  const changes: Sql[] = []
  if (modelColumn !== '') changes.push(sql`${id(modelColumn)} = ${merge.to}`)
  if (modelIdColumn !== '') changes.push(sql`${id(modelIdColumn)} = ${merge.toId}::int`)
  const condition =
    modelColumn === ''
      ? sql`t.${id(modelIdColumn)} = ${merge.fromId}::int`
      : sql`t.${id(modelColumn)} = ${merge.from}`
  if (idColumn === '') return sql`UPDATE ${id(table)} t SET ${join(changes)} WHERE ${condition}`
  changes.push(sql`${id(idColumn)} = merged.id`)
  return sql`
    UPDATE ${id(table)} t SET ${join(changes)}
      FROM ${id(merge.table)} merged
     WHERE ${condition} AND merged.${id(merge.column)} = t.${id(idColumn)}`
}

function moveFollowers({ from, to, table, column }: Merge): Sql {
  return sql`
    UPDATE mail_followers f SET res_model = ${to}, res_id = merged.id
      FROM ${id(table)} merged
     WHERE f.res_model = ${from} AND f.res_id = merged.${id(column)}
       AND NOT EXISTS (SELECT FROM mail_followers other
                        WHERE other.res_model = ${to} AND other.res_id = merged.id
                          AND other.partner_id = f.partner_id)`
}

function moveCards({ from, to, table, column }: Merge): Sql {
  return sql`
    UPDATE card_card c SET res_id = merged.id, campaign_id = target.id
      FROM ${id(table)} merged, card_campaign source, card_campaign target
     WHERE source.res_model = ${from} AND target.res_model = ${to}
       AND merged.${id(column)} = c.res_id AND c.campaign_id = source.id`
}
