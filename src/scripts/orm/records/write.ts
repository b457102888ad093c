import { id, join, raw, type Sql, sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import { missingRecords } from '../guest-errors.js'
import type { ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { fieldOf, tableOf } from '../select/place.js'
import { writeAttachments } from './attachments.js'
import { cellText } from './cell-text.js'
import { columnCell, updatedCell } from './column-cell.js'
import { applyCommands } from './commands.js'
import { logColumns } from './log-columns.js'
import { moveParentPaths } from './parent-path.js'
import { writeProperties } from './properties.js'
import { type RecordValues, sortValues } from './record-values.js'
import { writeThrough } from './related-targets.js'
import { fillStoredRelated } from './stored-related.js'
import { writeTranslations } from './translations.js'

/** The same values for some records. */
export interface RowValues {
  readonly ids: readonly number[]
  readonly values: RecordValues
}

/** Writes to records; rows that name the same fields are one UPDATE, whatever their number. */
export async function writeRows(
  scope: OrmScope,
  model: string,
  given: readonly RowValues[],
): Promise<void> {
  const rows = eachRecordOnce(given).filter(({ ids, values }) => ids.length > 0 && values.size > 0)
  if (rows.length === 0) return
  const schema = await scope.catalog.model(model)
  for (const group of byFields(rows)) await writeGroup(scope, schema, group)
}

async function writeGroup(
  scope: OrmScope,
  schema: ModelSchema,
  group: readonly RowValues[],
): Promise<void> {
  const sorted = group.map(({ ids, values }) => ({ ids, sorted: sortValues(schema, values) }))
  const of = (part: 'columns' | 'properties' | 'attachments' | 'lists' | 'related') =>
    sorted.map((row): RowValues => ({ ids: row.ids, values: row.sorted[part] }))
  await update(scope, schema, of('columns'))
  await writeTranslations(scope, schema, of('columns'))
  await writeProperties(scope, schema, of('properties'))
  await writeAttachments(scope, schema, of('attachments'))
  for (const link of schema.inherits.values()) {
    const parents = sorted.map(
      (row): RowValues => ({ ids: row.ids, values: row.sorted.parents.get(link) ?? new Map() }),
    )
    await writeThrough(scope, schema, [link], parents)
  }
  for (const name of sorted[0]?.sorted.related.keys() ?? []) {
    const path = (fieldOf(schema, name).related ?? '').split('.')
    const last = path.at(-1) ?? ''
    const values = sorted.map((row): RowValues => {
      return { ids: row.ids, values: new Map([[last, row.sorted.related.get(name) ?? null]]) }
    })
    await writeThrough(scope, schema, path.slice(0, -1), values)
  }
  await applyCommands(scope, schema, of('lists'))
  const fields = [...(group[0]?.values.keys() ?? [])]
  const ids = group.flatMap((row) => row.ids)
  if (schema.parentName !== undefined && fields.includes(schema.parentName)) {
    await moveParentPaths(scope, schema, ids)
  }
  await fillStoredRelated(scope, schema, ids, fields)
  const change = { kind: 'write', model: schema.model, ids, fields } as const
  await scope.effects?.written(scope, change)
  scope.changed?.(change)
}

/** Records by rows, and the rows' values: what repeats is sent once. */
async function update(
  scope: OrmScope,
  schema: ModelSchema,
  rows: readonly RowValues[],
): Promise<void> {
  const names = [...(rows[0]?.values.keys() ?? [])]
  const arrays: Sql[] = []
  const sets: Sql[] = []
  for (const [at, name] of names.entries()) {
    const field = fieldOf(schema, name)
    arrays.push(sql`${rows.map(({ values }) => cellText(field, values.get(name) ?? null))}::text[]`)
    const cell = await columnCell(scope, schema, field)
    sets.push(sql`${id(name)} = ${updatedCell(scope, cell, 't', raw(`v.c${at}`))}`)
  }
  const log = logColumns(schema, scope.context, ['write_uid', 'write_date'])
  for (const { name, column, value } of log) {
    if (!names.includes(name)) sets.push(sql`${column} = ${value}`)
  }
  if (sets.length === 0) return
  const ids = rows.flatMap((row) => row.ids)
  const numbers = rows.flatMap((row, at) => row.ids.map(() => at + 1))
  const source =
    names.length === 0
      ? sql`unnest(${ids}::int[]) AS u(id) WHERE t.id = u.id`
      : sql`unnest(${ids}::int[], ${numbers}::int[]) AS u(id, n)
         JOIN unnest(${join(arrays)}) WITH ORDINALITY
              AS v(${raw([...names.map((_, at) => `c${at}`), 'n'].join(', '))}) ON v.n = u.n
        WHERE t.id = u.id`
  const { rows: written } = await scope.session.query<{ id: number }>(sql`
    UPDATE ${id(tableOf(schema))} AS t SET ${join(sets)} FROM ${source} RETURNING t.id`)
  if (written.length === ids.length) return
  const found = new Set(written.map((row) => row.id))
  throw missingRecords(
    schema.model,
    ids.filter((one) => !found.has(one)),
  )
}

/** Later values of a record win; commands for its lists come one after the other. */
function eachRecordOnce(rows: readonly RowValues[]): readonly RowValues[] {
  const seen = new Set<number>()
  const ids = rows.flatMap((row) => [...new Set(row.ids)])
  for (const one of ids) seen.add(one)
  if (seen.size === ids.length) return rows.map((row) => ({ ...row, ids: [...new Set(row.ids)] }))
  const merged = new Map<number, Map<string, GuestValue>>()
  for (const { ids: some, values } of rows) {
    for (const one of some) {
      const before = merged.get(one) ?? new Map<string, GuestValue>()
      for (const [name, value] of values) before.set(name, joined(before.get(name), value))
      merged.set(one, before)
    }
  }
  return [...merged].map(([one, values]) => ({ ids: [one], values }))
}

function joined(before: GuestValue | undefined, value: GuestValue): GuestValue {
  return Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value
}

function byFields(rows: readonly RowValues[]): readonly (readonly RowValues[])[] {
  const groups = new Map<string, RowValues[]>()
  for (const row of rows) {
    const key = JSON.stringify([...row.values.keys()].sort())
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return [...groups.values()]
}
