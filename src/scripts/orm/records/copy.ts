import { id, join, type Sql, sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import { missingRecords } from '../guest-errors.js'
import type { FieldSchema, ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { fieldOf, placeOf, tableOf } from '../select/place.js'
import { exists } from '../select/read.js'
import { manyToMany, oneToMany } from '../select/relation-shape.js'
import { cellText } from './cell-text.js'
import { columnCell, insertedCell } from './column-cell.js'
import { logColumns } from './log-columns.js'
import { newIds } from './new-ids.js'
import { fillParentPaths } from './parent-path.js'
import { type RecordValues, sortValues } from './record-values.js'
import { fillStoredRelated } from './stored-related.js'
import { writeRows } from './write.js'

const LOG = ['create_uid', 'create_date', 'write_uid', 'write_date'] as const

/**
 * Copies records with the fields that are copied: columns with all their languages, many2many links, lines,
 * binary values, delegated parents. Returns the new ids in the order of the old.
 */
export async function copy(
  scope: OrmScope,
  model: string,
  ids: readonly number[],
  values: RecordValues = new Map(),
): Promise<readonly number[]> {
  if (ids.length === 0) return []
  const schema = await scope.catalog.model(model)
  const there = new Set(await exists(scope, model, ids))
  const missing = ids.filter((one) => !there.has(one))
  if (missing.length > 0) throw missingRecords(model, missing)
  const { columns } = sortValues(schema, values)
  const made = await copyRows(scope, schema, ids, new Map(), columns)
  const rest = [...values].filter(([name]) => !columns.has(name))
  await writeRows(scope, model, [{ ids: made, values: new Map(rest) }])
  return made
}

/** `fixed` are columns that do not come from the original: the owner of a line; `values` replace others. */
async function copyRows(
  scope: OrmScope,
  schema: ModelSchema,
  ids: readonly number[],
  fixed: ReadonlyMap<string, readonly number[]>,
  values: RecordValues = new Map(),
): Promise<readonly number[]> {
  const links = new Map(fixed)
  for (const [parent, link] of schema.inherits) {
    if (links.has(link)) continue
    const parents = await linkedParents(scope, schema, link, ids)
    links.set(link, await copyRows(scope, await scope.catalog.model(parent), parents, new Map()))
  }
  const { made, fields } = await insertCopies(scope, schema, ids, { links, values })
  await fillParentPaths(scope, schema, made)
  await copyBesides(scope, schema, ids, made)
  await fillStoredRelated(scope, schema, made, fields)
  scope.changed?.({ kind: 'create', model: schema.model, ids: made, fields })
  return made
}

async function linkedParents(
  scope: OrmScope,
  schema: ModelSchema,
  link: string,
  ids: readonly number[],
): Promise<readonly number[]> {
  const { rows } = await scope.session.query<{ parent: number }>(sql`
    SELECT ${id('t', link)} AS parent FROM unnest(${ids}::int[]) WITH ORDINALITY AS v(id, n)
      JOIN ${id(tableOf(schema))} t ON t.id = v.id ORDER BY v.n`)
  return rows.map((row) => row.parent)
}

async function insertCopies(
  scope: OrmScope,
  schema: ModelSchema,
  ids: readonly number[],
  given: { readonly links: ReadonlyMap<string, readonly number[]>; readonly values: RecordValues },
): Promise<{ readonly made: readonly number[]; readonly fields: readonly string[] }> {
  const { links } = given
  const table = id(tableOf(schema))
  const names = [...links.keys()]
  const values = new Map(defaultsOfCopy(schema))
  for (const [name, value] of given.values) if (!links.has(name)) values.set(name, value)
  const copied = [...schema.fields.values()].filter(
    (field) =>
      field.kind === 'column' &&
      field.copied &&
      !links.has(field.name) &&
      !values.has(field.name) &&
      !isOwn(field),
  )
  const constants: Sql[] = []
  for (const [name, value] of values) {
    const field = fieldOf(schema, name)
    const cell = await columnCell(scope, schema, field)
    constants.push(insertedCell(scope, cell, sql`${cellText(field, value)}::text`))
  }
  const log = logColumns(schema, scope.context, LOG).filter(({ name }) => !values.has(name))
  const aliases = ['old', 'made', ...names.map((_, at) => `c${at}`), 'n'].map((name) => id(name))
  const made = await newIds(scope, schema, ids.length)
  const arrays = [ids, made, ...names.map((name) => links.get(name) ?? [])].map(
    (numbers) => sql`${numbers}::int[]`,
  )
  const columns = ['id', ...copied.map((field) => field.name), ...names, ...values.keys()]
  await scope.session.query(sql`
    INSERT INTO ${table} (${join([...columns.map((name) => id(name)), ...log.map((one) => one.column)])})
    SELECT ${join([
      id('v', 'made'),
      ...copied.map((field) => id('t', field.name)),
      ...names.map((_, at) => id('v', `c${at}`)),
      ...constants,
      ...log.map((one) => one.value),
    ])}
      FROM unnest(${join(arrays)}) WITH ORDINALITY AS v(${join(aliases)})
      JOIN ${table} t ON t.id = v.old ORDER BY v.n`)
  return { made, fields: columns }
}

/** Fields that are not copied get their defaults. */
function defaultsOfCopy(schema: ModelSchema): RecordValues {
  return new Map(
    [...schema.fields.values()].flatMap((field): [string, GuestValue][] =>
      field.kind === 'column' && !field.copied && field.default !== undefined
        ? [[field.name, field.default]]
        : [],
    ),
  )
}

function isOwn(field: FieldSchema): boolean {
  return (
    field.name === 'id' || field.name === 'parent_path' || LOG.some((name) => name === field.name)
  )
}

/** What is not in the rows: one statement per field, lines by one copy of all lines. */
async function copyBesides(
  scope: OrmScope,
  schema: ModelSchema,
  ids: readonly number[],
  made: readonly number[],
): Promise<void> {
  const pairs = sql`unnest(${ids}::int[], ${made}::int[]) AS v(old, made)`
  for (const field of schema.fields.values()) {
    if (!field.copied) continue
    if (field.kind === 'many2many') await copyLinks(scope, schema, field, pairs)
    else if (field.kind === 'one2many')
      await copyLines(scope, schema, field, new Map(zip(ids, made)))
    else if (field.kind === 'attachment') await copyAttachments(scope, schema, field, pairs)
  }
  if (!(await scope.catalog.has('ir_translation'))) return
  const translated = [...schema.fields.values()].filter((one) => one.translate && one.copied)
  const keys = translated.map((field) => `${schema.model},${field.name}`)
  await scope.session.query(sql`
    INSERT INTO ir_translation (type, name, lang, res_id, src, value, state, module, comments)
    SELECT tr.type, tr.name, tr.lang, v.made, tr.src, tr.value, tr.state, tr.module, tr.comments
      FROM ir_translation tr JOIN ${pairs} ON v.old = tr.res_id
     WHERE tr.type IN ('model', 'model_terms') AND tr.name = ANY(${keys}::text[])`)
}

function zip(
  old: readonly number[],
  made: readonly number[],
): readonly (readonly [number, number])[] {
  return old.map((one, at) => [one, made[at] ?? 0] as const)
}

async function copyLinks(
  scope: OrmScope,
  schema: ModelSchema,
  field: FieldSchema,
  pairs: Sql,
): Promise<void> {
  const { table, own, other } = manyToMany(schema, field)
  await scope.session.query(sql`
    INSERT INTO ${id(table)} (${id(own)}, ${id(other)})
    SELECT v.made, ${id('r', other)} FROM ${id(table)} r JOIN ${pairs} ON v.old = ${id('r', own)}
     WHERE NOT EXISTS (SELECT FROM ${id(table)} x
                        WHERE ${id('x', own)} = v.made AND ${id('x', other)} = ${id('r', other)})`)
}

async function copyLines(
  scope: OrmScope,
  schema: ModelSchema,
  field: FieldSchema,
  made: ReadonlyMap<number, number>,
): Promise<void> {
  const shape = oneToMany(schema, field)
  const comodel = await scope.catalog.model(shape.model)
  if (fieldOf(comodel, shape.inverse).type !== 'many2one') return
  const place = placeOf(comodel)
  const key = id(place.alias, shape.inverse)
  const { rows } = await scope.session.query<{ id: number; owner: number }>(sql`
    SELECT ${id(place.alias, 'id')} AS id, ${key} AS owner ${place.from.sql}
     WHERE ${key} = ANY(${[...made.keys()]}::int[]) ORDER BY 1`)
  if (rows.length === 0) return
  const owners = rows.map((row) => made.get(row.owner) ?? row.owner)
  await copyRows(
    scope,
    comodel,
    rows.map((row) => row.id),
    new Map([[shape.inverse, owners]]),
  )
}

async function copyAttachments(
  scope: OrmScope,
  schema: ModelSchema,
  field: FieldSchema,
  pairs: Sql,
): Promise<void> {
  const attachments = await scope.catalog.model('ir.attachment')
  const columns = [...attachments.columns.keys()].filter(
    (name) => name !== 'id' && name !== 'res_id',
  )
  await scope.session.query(sql`
    INSERT INTO ir_attachment (res_id, ${join(columns.map((name) => id(name)))})
    SELECT v.made, ${join(columns.map((name) => id('a', name)))}
      FROM ir_attachment a JOIN ${pairs} ON v.old = a.res_id
     WHERE a.res_model = ${schema.model} AND a.res_field = ${field.name}`)
}
