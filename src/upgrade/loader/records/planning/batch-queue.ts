import type { RegistryModel } from '../../../../odoo/registry/index.js'
import { isReserved } from '../new-ids.js'
import {
  type FieldValue,
  isBinary,
  type PendingClear,
  type PendingLinks,
  type PendingRecord,
  type PendingXmlId,
} from '../pending-record.js'

/** Records of one model that are written together. */
export interface RecordBatch {
  readonly model: RegistryModel
  readonly records: PendingRecord[]
}

/** Lines that go. */
export interface ClearBatch {
  readonly clear: PendingClear
}

export type Batch = RecordBatch | ClearBatch

/** What is to be written between two barriers. */
export interface Pending {
  readonly batches: readonly Batch[]
  readonly links: readonly PendingLinks[]
  readonly xmlIds: readonly PendingXmlId[]
}

/**
 * Collects what data files want written, by model, so that a model takes few statements: a record comes into the
 * first batch of its model behind everything it refers to.
 */
export class BatchQueue {
  #batches: Batch[] = []
  #links: PendingLinks[] = []
  #xmlIds: PendingXmlId[] = []
  /** Batches in which a model's records are. */
  readonly #ofModel = new Map<string, number[]>()
  readonly #createdIn = new Map<number, number>()
  readonly #lastWrite = new Map<
    string,
    { readonly batch: number; readonly record: PendingRecord }
  >()
  /** Before this batch nothing of a model may come: its lines are cleared there. */
  readonly #floor = new Map<string, number>()

  get isEmpty(): boolean {
    return this.#batches.length + this.#links.length + this.#xmlIds.length === 0
  }

  /** Adds a record, or more values to one that is there. */
  add(record: PendingRecord): void {
    const { model, values } = record
    const needed = this.#neededBatch(model, values)
    const before = this.#lastWrite.get(keyOf(record))
    if (before !== undefined && needed <= before.batch) {
      for (const [name, value] of values) before.record.values.set(name, value)
      return
    }
    const batch = this.#batchFor(model, Math.max(needed, before?.batch ?? 0))
    const place = this.#batches[batch]
    if (place !== undefined && 'records' in place) place.records.push(record)
    if (record.isNew) this.#createdIn.set(record.id, batch)
    this.#lastWrite.set(keyOf(record), { batch, record })
  }

  /** Lines of the model are going to be cleared, and with them what names them. */
  clears(model: string): boolean {
    return this.#floor.has(model)
  }

  /** A record that is pending already; undefined for all others. */
  find(model: string, id: number): PendingRecord | undefined {
    return this.#lastWrite.get(`${model} ${id}`)?.record
  }

  clear(clear: PendingClear): void {
    this.#batches.push({ clear })
    this.#floor.set(clear.model.name, this.#batches.length)
  }

  link(links: PendingLinks): void {
    this.#links.push(links)
  }

  name(xmlId: PendingXmlId): void {
    this.#xmlIds.push(xmlId)
  }

  /** Takes everything out. */
  take(): Pending {
    const taken = { batches: this.#batches, links: this.#links, xmlIds: this.#xmlIds }
    this.#batches = []
    this.#links = []
    this.#xmlIds = []
    for (const map of [this.#ofModel, this.#createdIn, this.#lastWrite, this.#floor]) map.clear()
    return taken
  }

  #neededBatch(model: RegistryModel, values: ReadonlyMap<string, FieldValue>): number {
    let needed = this.#floor.get(model.name) ?? 0
    for (const value of values.values()) {
      for (const id of reservedIn(value)) {
        const created = this.#createdIn.get(id)
        if (created === undefined) continue
        const batch = this.#batches[created]
        const isOwn = batch !== undefined && 'model' in batch && batch.model.name === model.name
        needed = Math.max(needed, isOwn ? created : created + 1)
      }
    }
    return needed
  }

  #batchFor(model: RegistryModel, needed: number): number {
    const known = this.#ofModel.get(model.name) ?? []
    const found = known.find((index) => index >= needed)
    if (found !== undefined) return found
    this.#batches.push({ model, records: [] })
    this.#ofModel.set(model.name, [...known, this.#batches.length - 1])
    return this.#batches.length - 1
  }
}

function keyOf({ model, id }: PendingRecord): string {
  return `${model.name} ${id}`
}

/** Only a many2one can refer to what is not there yet: texts are not looked into. */
function reservedIn(value: FieldValue): readonly number[] {
  if (typeof value === 'number') return isReserved(value) ? [value] : []
  if (isBinary(value)) return []
  if (typeof value === 'string' && value.includes(',-20')) {
    return [Number(value.slice(value.indexOf(',') + 1))].filter(isReserved)
  }
  return []
}
