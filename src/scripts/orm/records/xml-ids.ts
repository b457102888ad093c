import { sql } from '../../../db/index.js'
import type { OrmScope } from '../orm-scope.js'
import { exists } from '../select/read.js'

export interface RecordRefById {
  readonly model: string
  readonly id: number
}

/** The records of xml ids; unknown ids, and those whose record is gone, are absent. */
export async function refs(
  scope: OrmScope,
  xmlIds: readonly string[],
): Promise<ReadonlyMap<string, RecordRefById>> {
  const { rows } = await scope.session.query<{ xml_id: string; model: string; res_id: number }>(sql`
    SELECT d.module || '.' || d.name AS xml_id, d.model, d.res_id FROM ir_model_data d
      JOIN (SELECT split_part(x, '.', 1) AS module, substr(x, strpos(x, '.') + 1) AS name
              FROM unnest(${xmlIds}::text[]) x WHERE strpos(x, '.') > 0) w USING (module, name)
     WHERE d.res_id IS NOT NULL`)
  const found = new Map<string, RecordRefById>()
  for (const model of new Set(rows.map((row) => row.model))) {
    const some = rows.filter((row) => row.model === model)
    const there = await existing(
      scope,
      model,
      some.map((row) => row.res_id),
    )
    for (const row of some) {
      if (there.has(row.res_id)) found.set(row.xml_id, { model, id: row.res_id })
    }
  }
  return found
}

async function existing(
  scope: OrmScope,
  model: string,
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  const schema = await scope.catalog.find(model)
  return new Set(schema?.table === undefined ? [] : await exists(scope, model, ids))
}

/** The xml ids of records, oldest first. */
export async function externalIds(
  scope: OrmScope,
  model: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const { rows } = await scope.session.query<{ res_id: number; xml_ids: readonly string[] }>(sql`
    SELECT res_id, array_agg(module || '.' || name ORDER BY id) AS xml_ids FROM ir_model_data
     WHERE model = ${model} AND res_id = ANY(${ids}::int[]) GROUP BY res_id`)
  return new Map(rows.map((row) => [row.res_id, row.xml_ids]))
}
