import { DatabaseError, id, lit, type Sql, sql } from '../../../../db/index.js'
import {
  type RegistryField,
  type RegistryModel,
  staticDefaultOf,
} from '../../../../odoo/registry/index.js'
import { type AttachmentWrite, writeAttachmentRows } from '../../../../scripts/orm/index.js'
import { fittedContents } from '../../effects/pictures.js'
import { defaultValue } from '../../schema/column-value.js'
import { schemaRules } from '../../schema/schema-rules.js'
import { handlersOf } from '../handlers/model-handler.js'
import { type FieldValue, isBinary, type PendingRecord } from '../pending-record.js'
import type { Batch, ClearBatch, Pending, RecordBatch } from '../planning/batch-queue.js'
import { recordsRefused, valueLeft } from '../record-findings.js'
import type { RecordsTurn } from '../records-turn.js'
import { withGuestDefaults } from './guest-defaults.js'
import { type Cell, lowerValue } from './lower-value.js'
import { writeLinks } from './write-links.js'
import { type PropertyWrite, writeProperties } from './write-properties.js'
import { insertRows, type Row, updateRows } from './write-rows.js'
import { writeXmlIds } from './write-xml-ids.js'

/** What of a batch does not go into the model's own table. */
interface Beside {
  readonly attachments: AttachmentWrite[]
  readonly properties: PropertyWrite[]
}

/** Writes everything that is queued. What PostgreSQL refuses is told and left out, the rest is written. */
export async function writePending(turn: RecordsTurn): Promise<void> {
  if (turn.queue.isEmpty) return
  const pending = turn.queue.take()
  const { session } = turn.scope
  for (const batch of pending.batches) {
    if (!('records' in batch)) continue
    for (const record of batch.records) {
      for (const handler of handlersOf(batch.model)) handler.prepare?.(record, turn)
    }
  }
  await turn.ids.allocate(session)
  const refused = await writeBatches(pending.batches, turn)
  const stands = (number: number): boolean => !refused.has(number)
  await writeLinks(
    session,
    pending.links.filter((link) => stands(link.id) && link.add.every(stands)),
    turn.ids,
  )
  await writeXmlIds(
    session,
    pending.xmlIds.filter((one) => stands(one.id)),
    turn.ids,
    { release: turn.hop.source.release, isUpdate: turn.mode === 'update' },
  )
  await afterWriting(pending, refused, turn)
}

async function writeBatches(
  batches: readonly Batch[],
  turn: RecordsTurn,
): Promise<ReadonlySet<number>> {
  const refused = new Set<number>()
  const writeAll = async (): Promise<void> => {
    for (const batch of batches) await writeBatch(batch, turn)
  }
  try {
    await turn.scope.session.savepoint(writeAll)
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    for (const batch of batches) await writeApart(batch, turn, refused)
  }
  return refused
}

/** Finds what is refused by halving. */
async function writeApart(batch: Batch, turn: RecordsTurn, refused: Set<number>): Promise<void> {
  const stands = 'records' in batch ? withoutRefused(batch, refused) : batch
  try {
    await turn.scope.session.savepoint(() => writeBatch(stands, turn))
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    const records = 'records' in stands ? stands.records : []
    const [first] = records
    if (records.length > 1 && 'records' in stands) {
      const middle = Math.ceil(records.length / 2)
      await writeApart({ model: stands.model, records: records.slice(0, middle) }, turn, refused)
      await writeApart({ model: stands.model, records: records.slice(middle) }, turn, refused)
    } else if (first !== undefined) {
      if (first.isNew) refused.add(first.id)
      const name = first.xmlId ?? String(turn.ids.real(first.id))
      turn.scope.addFinding(recordsRefused(first.model.name, [name], error.message, first.place))
    } else if ('clear' in stands) {
      const place = { object: turn.module }
      turn.scope.addFinding(recordsRefused(stands.clear.model.name, [], error.message, place))
    }
  }
}

/** Records that refer to refused ones cannot be written either. */
function withoutRefused(batch: RecordBatch, refused: Set<number>): RecordBatch {
  const records = batch.records.filter((record) => {
    const isLost = [...record.values.values()].some(
      (value) => typeof value === 'number' && refused.has(value),
    )
    if (isLost && record.isNew) refused.add(record.id)
    return !isLost
  })
  return { model: batch.model, records }
}

async function writeBatch(batch: Batch, turn: RecordsTurn): Promise<void> {
  if (!('records' in batch)) return clearLines(batch, turn)
  const { session } = turn.scope
  const { model, records } = batch
  const beside: Beside = { attachments: [], properties: [] }
  const news = records.filter(({ isNew }) => isNew)
  const others = records.filter(({ isNew }) => !isNew)
  const { defaults, unknown } = defaultsOf(model, news, turn)
  const newRows = news.map((record) => rowOf(record, turn, beside))
  const given = { model, records: news, rows: newRows }
  await insertRows(session, model, await withGuestDefaults(given, unknown, turn), defaults)
  for (const handler of handlersOf(model)) await handler.beforeUpdate?.(others, turn)
  await updateRows(
    session,
    model,
    others.map((record) => rowOf(record, turn, beside)),
  )
  await writeProperties(session, beside.properties)
  const { fitter } = turn
  const contents =
    fitter === undefined
      ? beside.attachments
      : await fittedContents(beside.attachments, {
          models: turn.hop.registry.models,
          fitter,
          session,
          read: turn.store?.read?.bind(turn.store),
          addFinding: turn.scope.addFinding,
        })
  await writeAttachmentRows(session, contents, { store: turn.store })
}

function rowOf(record: PendingRecord, turn: RecordsTurn, beside: Beside): Row {
  const cells: Record<string, Cell> = {}
  const { model, values } = record
  const number = turn.ids.real(record.id)
  for (const [name, value] of values) {
    const field = model.fields.get(name)
    if (field === undefined) continue
    if (field.column !== undefined) {
      const cell = lowerValue(value, field, turn.ids)
      if (cell === undefined) turn.scope.addFinding(left(record, name))
      else if (field.companyDependent) beside.properties.push({ field, id: number, value: cell })
      else cells[field.column.name] = cell
    } else if (field.type === 'binary' && field.store && field.attachment !== false) {
      beside.attachments.push({
        ...{ model: model.name, field: name, id: number },
        content: contentOf(value),
      })
    } else if (field.companyDependent) {
      const cell = lowerValue(value, field, turn.ids)
      if (cell !== undefined) beside.properties.push({ field, id: number, value: cell })
    } else if (value !== false && value !== null && value !== '') {
      turn.scope.addFinding(left(record, name))
    }
  }
  return { id: number, cells }
}

function left({ model, xmlId, place, source }: PendingRecord, field: string) {
  return valueLeft(model.name, field, { model: model.name, id: xmlId, place, source })
}

function contentOf(value: FieldValue): Uint8Array | undefined {
  if (isBinary(value)) return value.content
  if (typeof value === 'string' && value !== '') return Buffer.from(value, 'base64')
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'bytes'
    ? Buffer.from(value.text, 'base64')
    : undefined
}

/** Defaults of columns that some of the new records do not give: as SQL, and those that are not known. */
function defaultsOf(
  model: RegistryModel,
  records: readonly PendingRecord[],
  turn: RecordsTurn,
): { readonly defaults: ReadonlyMap<string, Sql>; readonly unknown: readonly RegistryField[] } {
  const { registry, source } = turn.hop
  const defaults = new Map<string, Sql>()
  const unknown: RegistryField[] = []
  if (records.length === 0) return { defaults, unknown }
  const scope = { models: registry.models, rules: schemaRules(source.release) }
  for (const field of model.fields.values()) {
    if (field.column === undefined || field.companyDependent || field.automatic) continue
    const lacking = records.filter(({ values }) => !values.has(field.name)).length
    if (lacking === 0 || field.default === undefined) continue
    const markup = field.type === 'html' ? staticDefaultOf(field) : undefined
    if (typeof markup === 'string') {
      // Columns that are new take the text as it is; records that are new have it sanitised.
      const cell = JSON.stringify(lowerValue(markup, field, turn.ids) ?? null)
      const isJson = field.column.type === 'jsonb'
      defaults.set(
        field.column.name,
        isJson ? sql`${lit(cell)}::jsonb` : lit(String(JSON.parse(cell))),
      )
      continue
    }
    const value = defaultValue(field, scope)
    if (value.kind === 'constant' || value.kind === 'query') {
      defaults.set(field.column.name, value.expression)
    } else if (value.kind === 'unknown') {
      const own = handlersOf(model).some(({ defaults: known = [] }) => known.includes(field.name))
      if (!own) unknown.push(field)
    }
  }
  return { defaults, unknown }
}

async function clearLines({ clear }: ClearBatch, turn: RecordsTurn): Promise<void> {
  const { model, inverse, parents, keep } = clear
  const field = model.fields.get(inverse)
  const given = parents.map((one) => turn.ids.real(one))
  const kept = keep.map((one) => turn.ids.real(one))
  const table = id(model.table)
  const column = id(inverse)
  const which = sql`${column} = ANY(${given}::int[]) AND NOT id = ANY(${kept}::int[])`
  if (field?.required !== true && field?.onDelete !== 'cascade') {
    await turn.scope.session.query(sql`UPDATE ${table} SET ${column} = NULL WHERE ${which}`)
    return
  }
  await turn.scope.session.query(sql`
    WITH gone AS (DELETE FROM ${table} WHERE ${which} RETURNING id)
    DELETE FROM ir_model_data d USING gone WHERE d.model = ${model.name} AND d.res_id = gone.id`)
}

async function afterWriting(
  { batches }: Pending,
  refused: ReadonlySet<number>,
  turn: RecordsTurn,
): Promise<void> {
  const byModel = new Map<RegistryModel, PendingRecord[]>()
  for (const batch of batches) {
    if (!('records' in batch)) continue
    const records = byModel.get(batch.model) ?? []
    byModel.set(batch.model, records)
    for (const record of batch.records) if (!refused.has(record.id)) records.push(record)
  }
  for (const [model, records] of byModel) {
    for (const handler of handlersOf(model)) await handler.after?.(records, turn)
  }
}
