import { inTurn } from '../../../../base/index.js'
import { id, type Sql, sql } from '../../../../db/index.js'
import { GuestError } from '../../../values/index.js'
import type { HelperContext } from '../../helper-context.js'
import { many2oneReferences } from '../../models/many2one-references.js'
import { runLogged } from '../../run-logged.js'
import { readColumns } from '../../schema/column-exists.js'
import { tableOf } from '../../schema/model-table.js'
import type { Merge } from './merge.js'
import { type FieldOperations, mergeValues } from './merge-values.js'
import { moveForeignKeys } from './move-foreign-keys.js'
import { moveGenericReferences } from './move-generic-references.js'
import { moveTextReferences } from './move-text-references.js'
import { moveTranslations } from './move-translations.js'

export interface MergeOptions {
  readonly table?: string
  /** How to merge the values of fields; without it the target keeps its own. */
  readonly fields?: FieldOperations
  /** Whether the sources are deleted; true unless said otherwise. */
  readonly delete?: boolean
  /** Columns that are left as they are. */
  readonly exclude?: readonly (readonly [table: string, column: string])[]
  /** Whether external ids of the sources go on as the target's instead of being deleted. */
  readonly keepXmlIds?: boolean
}

/**
 * Merges records of a model into one: everything that refers to them refers to the target then, and they
 * are deleted. Rows that would be there twice for the target stay with the source, or go when they are
 * pairs of a many2many. The number of statements does not depend on the number of rows.
 *
 * @throws GuestError `value` when the target is among the sources
 * @throws DatabaseError when a row that stays with a source forbids deleting it
 */
export async function mergeRecords(
  context: HelperContext,
  model: string,
  sources: readonly number[],
  target: number,
  options: MergeOptions = {},
): Promise<void> {
  if (sources.includes(target)) {
    throw new GuestError(
      'value',
      "You can't put the target record in the list or records to be merged.",
    )
  }
  const table = options.table ?? (await tableOf(context, model))
  const given: Merge = { model, table, sources, target, exclude: options.exclude ?? [] }
  await moveGenericReferences(context, given)
  const merge = { ...given, sources: await existing(context, given) }
  if (merge.sources.length === 0) return
  await moveForeignKeys(context, merge)
  await moveTextReferences(context, merge)
  await moveTranslations(context, merge)
  if (options.fields !== undefined) await mergeValues(context, merge, options.fields)
  if (options.delete !== false) await deleteSources(context, merge, options.keepXmlIds === true)
}

async function existing(
  context: HelperContext,
  { table, sources }: Merge,
): Promise<readonly number[]> {
  const { rows } = await context.session.query<{ id: number }>(
    sql`SELECT id FROM ${id(table)} WHERE id = ANY(${sources}::int[]) ORDER BY array_position(${sources}::int[], id)`,
  )
  return rows.map((row) => row.id)
}

async function deleteSources(
  context: HelperContext,
  { model, table, sources, target }: Merge,
  keepXmlIds: boolean,
): Promise<void> {
  if (keepXmlIds) {
    await runLogged(
      context,
      sql`UPDATE ir_model_data SET res_id = ${target} WHERE model = ${model} AND res_id = ANY(${sources}::int[])`,
    )
  }
  const references = await many2oneReferences(context)
  const tables = await inTurn(references, async (reference) => ({
    ...reference,
    table: await tableOf(context, reference.model),
  }))
  const known = await readColumns(
    context.session,
    tables.map((reference) => reference.table),
  )
  const statements: Sql[] = tables
    .filter((one) => known.has(one.table, one.idColumn, one.modelColumn))
    .map(
      (one) => sql`DELETE FROM ${id(one.table)}
                    WHERE ${id(one.modelColumn)} = ${model} AND ${id(one.idColumn)} = ANY(${sources}::int[])`,
    )
  for (const statement of statements) await runLogged(context, statement)
  await runLogged(context, sql`DELETE FROM ${id(table)} WHERE id = ANY(${sources}::int[])`)
}
