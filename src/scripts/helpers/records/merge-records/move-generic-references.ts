import { inTurn } from '../../../../base/index.js'
import { id, sql } from '../../../../db/index.js'
import type { HelperContext } from '../../helper-context.js'
import { many2oneReferences } from '../../models/many2one-references.js'
import { runLogged } from '../../run-logged.js'
import { readColumns } from '../../schema/column-exists.js'
import { tableOf } from '../../schema/model-table.js'
import { isExcluded, type Merge } from './merge.js'

/** Moves attachments, messages, activities and the like; of followers, those that the target lacks. */
export async function moveGenericReferences(context: HelperContext, merge: Merge): Promise<void> {
  const references = (await many2oneReferences(context)).filter(
    ({ model }) => model !== 'ir.model.data',
  )
  const bound = await inTurn(references, async (one) => ({
    ...one,
    table: await tableOf(context, one.model),
  }))
  const known = await readColumns(
    context.session,
    bound.map(({ table }) => table),
  )
  for (const { model, table, idColumn, modelColumn } of bound) {
    if (!known.has(table, idColumn, modelColumn) || isExcluded(merge, table, idColumn)) continue
    if (model === 'mail.followers') await moveFollowers(context, merge)
    else {
      await runLogged(
        context,
        sql`UPDATE ${id(table)} SET ${id(idColumn)} = ${merge.target}
             WHERE ${id(modelColumn)} = ${merge.model} AND ${id(idColumn)} = ANY(${merge.sources}::int[])`,
      )
    }
  }
}

async function moveFollowers(
  context: HelperContext,
  { model, sources, target }: Merge,
): Promise<void> {
  await runLogged(
    context,
    sql`
    WITH first AS (
      SELECT DISTINCT ON (partner_id) id FROM mail_followers
       WHERE res_model = ${model} AND res_id = ANY(${sources}::int[])
       ORDER BY partner_id, array_position(${sources}::int[], res_id), id)
    UPDATE mail_followers f SET res_id = ${target} FROM first
     WHERE f.id = first.id
       AND NOT EXISTS (SELECT FROM mail_followers o
                        WHERE o.res_model = ${model} AND o.res_id = ${target} AND o.partner_id = f.partner_id)`,
  )
  await runLogged(
    context,
    sql`DELETE FROM mail_followers WHERE res_model = ${model} AND res_id = ANY(${sources}::int[])`,
  )
}
