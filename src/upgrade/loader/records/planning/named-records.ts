import { id, sql } from '../../../../db/index.js'
import type { CsvDataFile } from '../../../../odoo/data/index.js'
import type { RecordsTurn } from '../records-turn.js'
import type { NamedRecords } from './csv-planner.js'

/** Looks up the records that a CSV file names as they are shown; one statement for each such column. */
export async function namedRecords(
  { model: name, columns, rows }: CsvDataFile,
  { hop, scope }: RecordsTurn,
): Promise<NamedRecords> {
  const found = new Map<string, number>()
  const model = hop.registry.models.get(name)
  for (const [at, column] of columns.entries()) {
    const field = model?.fields.get(column)
    const comodel = hop.registry.models.get(field?.comodel ?? '')
    const shown = comodel?.fields.get(comodel.recName ?? 'name')
    if (field?.type !== 'many2one' || comodel === undefined || shown?.column === undefined) continue
    const names = [...new Set(rows.map(({ values }) => values[at] ?? ''))].filter(
      (one) => one !== '',
    )
    if (names.length === 0) continue
    const label =
      shown.column.type === 'jsonb' ? sql`${id(shown.name)} ->> 'en_US'` : id(shown.name)
    const result = await scope.session.query<{ id: number; name: string }>(
      sql`SELECT id, ${label} AS name FROM ${id(comodel.table)}
           WHERE ${label} = ANY(${names}::text[]) ORDER BY id DESC`,
    )
    for (const row of result.rows) found.set(`${comodel.name} ${row.name}`, row.id)
  }
  return (comodel, text) => found.get(`${comodel} ${text}`)
}
