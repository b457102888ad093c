import { id, join, raw, type Sql, sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import type { ModelSchema } from '../model-schema.js'
import { SOURCE_LANGUAGE } from '../orm-context.js'
import type { OrmScope } from '../orm-scope.js'
import { fieldOf, tableOf } from '../select/place.js'
import { writeAttachments } from './attachments.js'
import { cellText } from './cell-text.js'
import { columnCell, insertedCell } from './column-cell.js'
import { applyCommands } from './commands.js'
import { defaultsOf } from './defaults.js'
import { logColumns } from './log-columns.js'
import { newIds } from './new-ids.js'
import { fillParentPaths } from './parent-path.js'
import { writeProperties } from './properties.js'
import { type RecordValues, type SortedValues, sortValues } from './record-values.js'
import { fillStoredRelated } from './stored-related.js'
import { writeTranslations } from './translations.js'
import { type RowValues, writeRows } from './write.js'

const LOG = ['create_uid', 'create_date', 'write_uid', 'write_date'] as const

/** Makes records, all in one INSERT; delegated parents first. Returns the ids in the order of the values. */
export async function create(
  scope: OrmScope,
  model: string,
  given: readonly RecordValues[],
): Promise<readonly number[]> {
  if (given.length === 0) return []
  const schema = await scope.catalog.model(model)
  const defaults = await defaultsOf(scope, schema)
  const all = given.map((values) => sortValues(schema, withDefaults(schema, values, defaults)))
  const links = await createParents(scope, schema, all)
  const rows = all.map((sorted, at): SortedValues => {
    return { ...sorted, columns: new Map([...sorted.columns, ...(links[at] ?? [])]) }
  })
  const ids = await newIds(scope, schema, rows.length)
  const computed = (await scope.effects?.defaults(scope, schema)) ?? new Map<string, Sql>()
  await insert(scope, schema, { ids, rows, defaults: computed })
  await fillParentPaths(scope, schema, ids)
  await writeBesides(scope, schema, ids, rows)
  const named = rows.flatMap(({ columns }) => [...columns.keys()])
  const fields = [...new Set([...named, ...computed.keys()])]
  await fillStoredRelated(scope, schema, ids, fields)
  const change = { kind: 'create', model, ids, fields } as const
  await scope.effects?.created(scope, change)
  scope.changed?.(change)
  return ids
}

/** Defaults of a delegated parent do not count when the parent is given. */
function withDefaults(
  schema: ModelSchema,
  values: RecordValues,
  defaults: RecordValues,
): RecordValues {
  const all = new Map(values)
  for (const [name, value] of defaults) {
    if (all.has(name)) continue
    const link = schema.fields.get(name)?.inherited
    if (link === undefined || isEmpty(values.get(link))) all.set(name, value)
  }
  return all
}

function isEmpty(value: GuestValue | undefined): boolean {
  return value === undefined || value === null || value === false
}

/** Makes the delegated parents that are not given, and writes to those that are; returns the links by record. */
async function createParents(
  scope: OrmScope,
  schema: ModelSchema,
  rows: readonly SortedValues[],
): Promise<readonly ReadonlyMap<string, GuestValue>[]> {
  const links = rows.map(() => new Map<string, GuestValue>())
  for (const [parent, link] of schema.inherits) {
    const without = rows.flatMap((row, at) => (isEmpty(row.columns.get(link)) ? [at] : []))
    const values = without.map((at) => rows[at]?.parents.get(link) ?? new Map())
    const made = await create(scope, parent, values)
    without.forEach((at, n) => {
      const id = made[n]
      if (id !== undefined) links[at]?.set(link, id)
    })
    const written = rows.flatMap((row): readonly RowValues[] => {
      const value = cellText(fieldOf(schema, link), row.columns.get(link) ?? null)
      const values = row.parents.get(link)
      return value === null || values === undefined ? [] : [{ ids: [Number(value)], values }]
    })
    await writeRows(scope, parent, written)
  }
  return links
}

interface NewRows {
  readonly ids: readonly number[]
  readonly rows: readonly SortedValues[]
  /** Expressions for fields that a row does not give. */
  readonly defaults: ReadonlyMap<string, Sql>
}

/** One parameter per column, an array: no limit on the number of rows. */
async function insert(
  scope: OrmScope,
  schema: ModelSchema,
  { ids, rows, defaults }: NewRows,
): Promise<void> {
  const given = new Set(rows.flatMap((row) => [...row.columns.keys()]))
  const names = [...given, ...[...defaults.keys()].filter((name) => !given.has(name))]
  const arrays: Sql[] = [sql`${ids}::int[]`]
  const values: Sql[] = [raw('v.id')]
  for (const [at, name] of names.entries()) {
    const field = fieldOf(schema, name)
    const cells = rows.map((row) => cellText(field, row.columns.get(name) ?? null))
    arrays.push(sql`${absentAsNull(rows, name, cells)}::text[]`)
    const cell = insertedCell(scope, await columnCell(scope, schema, field), raw(`v.c${at}`))
    const database = schema.columns.get(name)?.default
    const fallback = defaults.get(name) ?? (database === undefined ? undefined : raw(database))
    values.push(withDefault(name, rows, cell, fallback))
  }
  const log = logColumns(schema, scope.context, LOG).filter(({ name }) => !names.includes(name))
  const columns = [id('id'), ...names.map((name) => id(name)), ...log.map(({ column }) => column)]
  const aliases = ['id', ...names.map((_, at) => `c${at}`), 'n'].join(', ')
  await scope.session.query(sql`
    INSERT INTO ${id(tableOf(schema))} (${join(columns)})
    SELECT ${join([...values, ...log.map(({ value }) => value)])}
      FROM unnest(${join(arrays)}) WITH ORDINALITY AS v(${raw(aliases)}) ORDER BY v.n`)
}

/** A number that is not given is NULL; one that is given empty is 0. */
function absentAsNull(
  rows: readonly SortedValues[],
  name: string,
  cells: readonly (string | null)[],
): readonly (string | null)[] {
  return cells.map((cell, at) => (rows[at]?.columns.has(name) ? cell : null))
}

function withDefault(
  name: string,
  rows: readonly SortedValues[],
  cell: Sql,
  fallback: Sql | undefined,
): Sql {
  const absent = rows.flatMap((row, at) => (row.columns.has(name) ? [] : [at + 1]))
  if (fallback === undefined || absent.length === 0) return cell
  return sql`CASE WHEN v.n = ANY(${absent}::int[]) THEN ${fallback} ELSE ${cell} END`
}

/** Everything that is not in the new rows themselves. */
async function writeBesides(
  scope: OrmScope,
  schema: ModelSchema,
  ids: readonly number[],
  rows: readonly SortedValues[],
): Promise<void> {
  const of = (part: 'properties' | 'attachments' | 'lists' | 'related' | 'columns') =>
    rows.flatMap((row, at): readonly RowValues[] => {
      const one = ids[at]
      return one === undefined || row[part].size === 0 ? [] : [{ ids: [one], values: row[part] }]
    })
  await writeProperties(scope, schema, of('properties'))
  await writeAttachments(scope, schema, of('attachments'))
  if (scope.context.lang !== SOURCE_LANGUAGE) await writeTranslations(scope, schema, of('columns'))
  await writeRows(scope, schema.model, of('related'))
  await applyCommands(scope, schema, of('lists'))
}
