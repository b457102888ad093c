import { id, join, lit, type Session, type Sql, sql } from '../../../../db/index.js'
import type { RegistryModel } from '../../../../odoo/registry/index.js'
import type { ModelRegistry } from '../../loader-source.js'
import type { ByLanguage, ModuleTexts, TranslatedRecord } from '../files/module-texts.js'

/** Values of a model that are to come in. */
interface Incoming {
  readonly model: RegistryModel
  readonly columns: readonly string[]
  readonly rows: string
}

/**
 * Puts translations of whole fields into their columns, in one statement for all models: what a column has in a
 * language stays, and an empty column stays empty. Returns how many values keep another wording than the given.
 */
export async function writeWhole(
  session: Session,
  { whole }: Pick<ModuleTexts, 'whole'>,
  registry: ModelRegistry,
): Promise<number> {
  const incoming = [...whole].flatMap(([name, records]): readonly Incoming[] => {
    const model = registry.models.get(name)
    return model === undefined ? [] : [incomingOf(model, [...records.values()])]
  })
  if (incoming.length === 0) return 0
  const parts = incoming.flatMap((one, n) => [wantedOf(one, n), updateOf(one, n)])
  const kept = incoming.map(keptOf)
  const { rows } = await session.query<{ kept: number }>(
    sql`WITH ${join(parts)} SELECT (${join(kept, ' + ')})::int AS kept`,
  )
  return rows[0]?.kept ?? 0
}

function incomingOf(
  model: RegistryModel,
  records: readonly TranslatedRecord<ByLanguage>[],
): Incoming {
  return {
    model,
    columns: [...new Set(records.flatMap(({ fields }) => [...fields.keys()]))],
    rows: JSON.stringify(
      records.map(({ module, name, fields }) => ({
        module,
        name,
        texts: Object.fromEntries(fields),
      })),
    ),
  }
}

function wantedOf({ model, rows }: Incoming, n: number): Sql {
  return sql`${id(`w${n}`)} AS MATERIALIZED (
    SELECT DISTINCT ON (d.res_id) d.res_id AS id, x.texts
      FROM jsonb_to_recordset(${rows}::jsonb) AS x(module text, name text, texts jsonb)
      JOIN ir_model_data d ON d.module = x.module AND d.name = x.name AND d.model = ${model.name}
     ORDER BY d.res_id, d.id)`
}

function updateOf({ model, columns }: Incoming, n: number): Sql {
  const values = columns.map((column) => sql`${given(column)} || ${id('t', column)}`)
  const changes = columns.map((column) => {
    const own = id('t', column)
    return sql`(${given(column)} || ${own}) IS DISTINCT FROM ${own}`
  })
  return sql`${id(`u${n}`)} AS (
    UPDATE ${id(model.table)} t
       SET ${join(columns.map((column, at) => sql`${id(column)} = ${values[at] ?? id('t', column)}`))}
      FROM ${id(`w${n}`)} w WHERE t.id = w.id AND (${join(changes, ' OR ')}))`
}

/** Statements of a WITH all see the table as it was before. */
function keptOf({ model, columns }: Incoming, n: number): Sql {
  const counts = columns.map(
    (column) => sql`(SELECT count(*) FROM jsonb_each(${given(column)}) g
      WHERE ${id('t', column)} -> g.key <> g.value)`,
  )
  return sql`coalesce((SELECT sum(${join(counts, ' + ')})
    FROM ${id(`w${n}`)} w JOIN ${id(model.table)} t ON t.id = w.id), 0)`
}

function given(column: string): Sql {
  return sql`coalesce(w.texts -> ${lit(column)}, '{}')`
}
