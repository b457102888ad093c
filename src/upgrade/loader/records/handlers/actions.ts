import { id, join, sql } from '../../../../db/index.js'
import type { ModelHandler } from './model-handler.js'
import { realIds } from './record-ids.js'

/** Window actions without a name have their model's (odoo/addons/base/models/ir_actions.py). */
const windowActions: ModelHandler = {
  models: 'ir.actions.act_window',
  defaults: ['context'],
  prepare({ values, isNew }, { hop }) {
    if (!isNew) return
    if (!values.has('context')) values.set('context', '{}')
    const model = values.get('res_model')
    if (values.get('name') || typeof model !== 'string') return
    values.set('name', hop.registry.models.get(model)?.description ?? model)
  },
}

/** Activities that a server action plans have no place in another kind of it. */
const activities: ModelHandler = {
  models: (model) => model.name === 'ir.actions.server' && model.fields.has('activity_type_id'),
  async after(records, turn) {
    const names = [...(records[0]?.model.fields.values() ?? [])].flatMap(
      ({ name, column, compute }) =>
        name.startsWith('activity_') && column !== undefined && compute !== undefined ? [name] : [],
    )
    // A new one keeps its defaults: the compute is for changes of the state.
    const others = realIds(
      records.filter(({ isNew }) => !isNew),
      turn,
    )
    if (names.length === 0 || others.length === 0) return
    // The compute writes False, which is 0 in a column of numbers.
    const emptied = names.map((name) =>
      records[0]?.model.fields.get(name)?.type === 'integer'
        ? sql`${id(name)} = 0`
        : sql`${id(name)} = NULL`,
    )
    await turn.scope.session.query(sql`
      UPDATE ir_act_server
         SET ${join(emptied)}, write_uid = 1, write_date = now() AT TIME ZONE 'UTC'
       WHERE id = ANY(${others}::int[]) AND state IS DISTINCT FROM 'next_activity'`)
  },
}

/** Parameters of a client action are kept as the text of the dictionary. */
const clientActions: ModelHandler = {
  models: 'ir.actions.client',
  prepare({ values }) {
    const params = values.get('params')
    if (params === undefined) return
    values.delete('params')
    values.set('params_store', params)
  },
}

export const ACTION_HANDLERS: readonly ModelHandler[] = [windowActions, clientActions, activities]
