import { sql } from '../../../../db/index.js'
import type { ModelHandler } from './model-handler.js'
import { realIds } from './record-ids.js'

/** Scheduled actions keep the name of the action they delegate to; as plain text where the column is. */
export const cronHandler: ModelHandler = {
  models: 'ir.cron',
  async after(records, turn) {
    const column = records[0]?.model.fields.get('cron_name')?.column
    if (column === undefined) return
    const isText = column.type !== 'jsonb'
    const name = isText ? sql`to_jsonb(s) #>> '{name,en_US}'` : sql`s.name`
    const plain = isText ? sql`coalesce(${name}, to_jsonb(s) ->> 'name')` : name
    await turn.scope.session.query(sql`
      UPDATE ir_cron c SET cron_name = ${plain} FROM ir_act_server s
       WHERE s.id = c.ir_actions_server_id AND c.id = ANY(${realIds(records, turn)}::int[])`)
  },
}
