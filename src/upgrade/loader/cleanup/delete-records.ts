import { DatabaseError, id, join, type Sql, sql } from '../../../db/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'
import type { LoaderHop } from '../loader-part.js'
import type { LoaderScope } from '../loader-scope.js'
import { heldRecords } from './held-records.js'

/** What records are deleted with. */
export interface DeleteOptions {
  readonly model: RegistryModel
  readonly hop: LoaderHop
  readonly scope: LoaderScope
}

/** Records that PostgreSQL did not let go. */
export interface Kept {
  readonly id: number
  readonly reason: string
}

/**
 * Deletes records of a model with what hangs on them: properties, external identifiers, attachments, messages.
 * What a foreign key holds stays, and is returned. What is held further on, by rows that would go along, is found
 * by halving.
 */
export async function deleteRecords(
  ids: readonly number[],
  options: DeleteOptions,
): Promise<readonly Kept[]> {
  if (ids.length === 0) return []
  const { session } = options.scope
  try {
    await session.savepoint(async () => {
      for (const statement of statementsOf(ids, options)) await session.query(statement)
    })
    return []
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    const [first] = ids
    const held = await heldRecords(options.model.table, ids, session)
    const free = ids.filter((one) => !held.has(one))
    if (held.size > 0 && free.length > 0) {
      // What went may have been what held the others.
      const kept = await deleteRecords(free, options)
      return [
        ...kept,
        ...(await deleteRecords(
          ids.filter((one) => held.has(one)),
          options,
        )),
      ]
    }
    if (free.length === 0) {
      return ids.map((one) => ({ id: one, reason: `${held.get(one)}: ${error.message}` }))
    }
    if (ids.length === 1 && first !== undefined) return [{ id: first, reason: error.message }]
    const middle = Math.ceil(ids.length / 2)
    return [
      ...(await deleteRecords(ids.slice(0, middle), options)),
      ...(await deleteRecords(ids.slice(middle), options)),
    ]
  }
}

function statementsOf(ids: readonly number[], { model, hop }: DeleteOptions): readonly Sql[] {
  const { models } = hop.registry
  const which = sql`ANY(${ids}::int[])`
  const references = ids.map((number) => `${model.name},${number}`)
  const statements: Sql[] = []
  if (model.name === 'ir.ui.menu') {
    statements.push(sql`
      UPDATE ir_ui_menu SET parent_id = NULL WHERE parent_id = ${which} AND NOT id = ${which}`)
  }
  if (model.name.startsWith('ir.actions.') && models.has('ir.actions.todo')) {
    statements.push(
      sql`DELETE FROM ir_actions_todo WHERE action_id = ${which}`,
      sql`UPDATE res_users SET action_id = NULL WHERE action_id = ${which}`,
    )
  }
  statements.push(sql`DELETE FROM ${id(model.table)} WHERE id = ${which}`)
  const beside = [
    sql`a AS (DELETE FROM ir_model_data WHERE model = ${model.name} AND res_id = ${which})`,
  ]
  if (models.has('ir.property')) {
    beside.push(sql`b AS (DELETE FROM ir_property WHERE res_id = ANY(${references}::text[]))`)
  }
  if (models.has('ir.attachment')) {
    beside.push(
      sql`c AS (DELETE FROM ir_attachment WHERE res_model = ${model.name} AND res_id = ${which})`,
    )
  }
  if (model.ancestors.includes('mail.thread') && models.has('mail.message')) {
    beside.push(
      sql`d AS (DELETE FROM mail_message WHERE model = ${model.name} AND res_id = ${which} RETURNING id)`,
      sql`f AS (DELETE FROM ir_model_data x USING d WHERE x.model = 'mail.message' AND x.res_id = d.id)`,
      sql`e AS (DELETE FROM mail_followers WHERE res_model = ${model.name} AND res_id = ${which})`,
    )
  }
  return [...statements, sql`WITH ${join(beside)} SELECT`]
}
