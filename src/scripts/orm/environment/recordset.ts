import { type GuestValue, PyTuple } from '../../values/index.js'
import type { GroupOptions } from '../groups/group.js'
import { invalid, missingRecords } from '../guest-errors.js'
import type { Orm } from '../orm.js'
import type { OrmContext } from '../orm-context.js'
import type { ReadPage } from '../select/read.js'
import type { SearchOptions } from '../select/search.js'
import { cellValue, type ReadValue } from './cell-value.js'
import {
  type Domain,
  guestValue,
  guestValues,
  type Records,
  type ScriptValues,
} from './script-value.js'

/** What was read of one record. */
export type ReadRecord = { readonly id: number } & Readonly<Record<string, ReadValue>>

/** What to group records by. */
export interface GroupQuery {
  readonly domain?: Domain
  /** `state`, `date_order:month`, `partner_id.country_id` */
  readonly groupBy: readonly string[]
  /** `amount_total:sum`, `__count` */
  readonly aggregates: readonly string[]
}

/**
 * Records of one model, in order. Nothing is read before it is asked for; everything is asked for all records at
 * once, so that a loop never needs a statement of its own.
 *
 * @example
 * const drafts = await env('sale.order').search([['state', '=', 'draft']], { limit: 100 })
 * const lines = await drafts.follow('order_line')
 * await lines.write({ discount: 0 })
 */
export class Recordset implements Records {
  readonly model: string
  readonly ids: readonly number[]
  readonly #orm: Orm

  constructor(orm: Orm, model: string, ids: readonly number[] = []) {
    this.#orm = orm
    this.model = model
    this.ids = [...new Set(ids)]
  }

  get length(): number {
    return this.ids.length
  }

  /** The only id; fails when there is not exactly one record. */
  get id(): number {
    const [one] = this.ids
    if (one === undefined || this.ids.length > 1) {
      throw invalid(`Expected one record of ${this.model}, not ${this.ids.length}`)
    }
    return one
  }

  /** Records of the same model with these ids; whether they exist is not asked. */
  browse(ids: number | readonly number[]): Recordset {
    return new Recordset(this.#orm, this.model, typeof ids === 'number' ? [ids] : ids)
  }

  /** All records of the model that meet the domain, in the model's order or the given one. */
  async search(domain: Domain = [], options?: SearchOptions): Promise<Recordset> {
    return this.browse(await this.#orm.search(this.model, guestValue(domain), options))
  }

  count(domain: Domain = []): Promise<number> {
    return this.#orm.count(this.model, guestValue(domain))
  }

  /** Makes a record, or several at once. */
  async create(values: ScriptValues | readonly ScriptValues[]): Promise<Recordset> {
    const all = isList(values) ? values : [values]
    return this.browse(await this.#orm.create(this.model, all.map(guestValues)))
  }

  /**
   * Values of all records, in their order; a name may be a path of many2ones. A record that does not exist is
   * an error.
   * @example
   * const rows = await partners.read(['name', 'country_id.code'])
   */
  async read(fields?: readonly string[]): Promise<readonly ReadRecord[]> {
    const records = recordsOf(await this.#orm.read(this.model, this.ids, fields))
    if (records.length < this.ids.length) {
      const found = new Set(records.map(({ id }) => id))
      throw missingRecords(
        this.model,
        this.ids.filter((one) => !found.has(one)),
      )
    }
    return records
  }

  /** Search and read in one statement. */
  async searchRead(
    domain: Domain,
    fields?: readonly string[],
    options?: SearchOptions,
  ): Promise<readonly ReadRecord[]> {
    return recordsOf(await this.#orm.searchRead(this.model, guestValue(domain), fields, options))
  }

  /** One field of all records; a path may lead through lists. */
  async mapped(path: string): Promise<readonly ReadValue[]> {
    const names = path.split('.')
    const last = names.pop() ?? ''
    const owners = names.length === 0 ? this : await this.follow(names.join('.'))
    return (await owners.read([last])).map((record) => record[last] ?? null)
  }

  /** The records that a path of relations leads to, each once. */
  async follow(path: string): Promise<Recordset> {
    let records: Recordset = this
    for (const name of path.split('.')) records = await records.#step(name)
    return records
  }

  async #step(name: string): Promise<Recordset> {
    const page = await this.#orm.read(this.model, this.ids, [name])
    const field = page.fields[1]
    if (field?.relation === undefined) throw invalid(`${this.model}.${name} leads to no records`)
    const ids = page.rows.flatMap((row) => {
      const value = cellValue(field, row[1] ?? null)
      return Array.isArray(value) ? (value as readonly number[]) : ((value as number | null) ?? [])
    })
    return new Recordset(this.#orm, field.relation, ids)
  }

  /**
   * Those that meet a domain, or a condition on fields that are read for it; archived records stay.
   * @example
   * const paid = await orders.filtered(['amount_total', 'amount_paid'], (o) => o.amount_paid === o.amount_total)
   */
  filtered(domain: Domain): Promise<Recordset>
  filtered(fields: readonly string[], keep: (record: ReadRecord) => boolean): Promise<Recordset>
  async filtered(
    what: Domain | readonly string[],
    keep?: (record: ReadRecord) => boolean,
  ): Promise<Recordset> {
    if (keep !== undefined) {
      const records = await this.read(what as readonly string[])
      return this.browse(records.filter(keep).map(({ id }) => id))
    }
    const found = new Set(await this.#within(guestValue(what as Domain)))
    return this.browse(this.ids.filter((one) => found.has(one)))
  }

  /** The same records in another order: the model's, or the given one. */
  async sorted(order?: string): Promise<Recordset> {
    return this.browse(await this.#within([], order))
  }

  #within(domain: GuestValue, order?: string): Promise<readonly number[]> {
    const own = new PyTuple(['id', 'in', this.ids])
    const items = Array.isArray(domain) ? domain : []
    const all = this.#orm.withContext({ activeTest: false })
    return all.search(this.model, [own, ...items], order === undefined ? {} : { order })
  }

  /** Gives all records the same values. */
  write(values: ScriptValues): Promise<void> {
    return this.#orm.write(this.model, this.ids, guestValues(values))
  }

  /**
   * Gives each record its own values, in as few statements as there are different sets of fields.
   * @example
   * await partners.writeEach(rows.map((row) => ({ id: row.id, values: { ref: row.name } })))
   */
  writeEach(
    rows: readonly { readonly id: number; readonly values: ScriptValues }[],
  ): Promise<void> {
    return this.#orm.writeMany(
      this.model,
      rows.map(({ id, values }) => ({ ids: [id], values: guestValues(values) })),
    )
  }

  unlink(): Promise<void> {
    return this.#orm.unlink(this.model, this.ids)
  }

  async copy(values: ScriptValues = {}): Promise<Recordset> {
    return this.browse(await this.#orm.copy(this.model, this.ids, guestValues(values)))
  }

  /** Those that exist. */
  async exists(): Promise<Recordset> {
    return this.browse(await this.#orm.exists(this.model, this.ids))
  }

  /** The xml ids of the records that have one. */
  externalIds(): Promise<ReadonlyMap<number, readonly string[]>> {
    return this.#orm.externalIds(this.model, this.ids)
  }

  /**
   * Groups of the model's records, one object per group.
   * @example
   * await env('sale.order').readGroup({ groupBy: ['date_order:month'], aggregates: ['amount_total:sum'] })
   */
  async readGroup(
    query: GroupQuery,
    options?: GroupOptions,
  ): Promise<readonly Readonly<Record<string, ReadValue>>[]> {
    const { result, specs } = await this.#orm.group(
      this.model,
      { ...query, domain: guestValue(query.domain ?? []) },
      options,
    )
    return result.rows.map((row) =>
      Object.fromEntries(
        result.columns.map(([name, oid], at) => {
          const cell = row[at] ?? null
          const spec = specs[at]
          if (spec === undefined) return [name, aggregateValue(oid, cell)]
          const single = spec.at.field.type === 'many2many' ? 'many2one' : spec.at.field.type
          return [name, cellValue({ ...spec.at.field, type: single }, cell)]
        }),
      ),
    )
  }

  /** These, then those of the other that are not among them. */
  union(other: Records): Recordset {
    return this.browse([...this.ids, ...this.#same(other)])
  }

  minus(other: Records): Recordset {
    const gone = new Set(this.#same(other))
    return this.browse(this.ids.filter((one) => !gone.has(one)))
  }

  intersect(other: Records): Recordset {
    const kept = new Set(this.#same(other))
    return this.browse(this.ids.filter((one) => kept.has(one)))
  }

  /** The same records in another context: language, company, archived records. */
  withContext(context: Partial<OrmContext>): Recordset {
    return new Recordset(this.#orm.withContext(context), this.model, this.ids)
  }

  withCompany(company: number | Records): Recordset {
    const companyId = typeof company === 'number' ? company : company.ids[0]
    return this.withContext({ companyId })
  }

  #same(other: Records): readonly number[] {
    if (other.model !== this.model) throw invalid(`${other.model} is not ${this.model}`)
    return other.ids
  }
}

function isList(values: ScriptValues | readonly ScriptValues[]): values is readonly ScriptValues[] {
  return Array.isArray(values)
}

function recordsOf(page: ReadPage): readonly ReadRecord[] {
  return page.rows.map((row) => {
    const entries = page.columns.map(([name], at): [string, ReadValue] => {
      const field = page.fields[at]
      return [name, field === undefined ? null : cellValue(field, row[at] ?? null)]
    })
    return { ...Object.fromEntries(entries), id: Number(row[0]) }
  })
}

const INT_ARRAY = 1007
const NUMBERS: readonly number[] = [20, 21, 23, 700, 701, 1700]

function aggregateValue(oid: number, cell: string | null): ReadValue {
  if (cell === null) return null
  if (oid === 16) return cell === 't'
  if (oid === INT_ARRAY) return cell === '{}' ? [] : cell.slice(1, -1).split(',').map(Number)
  return NUMBERS.includes(oid) ? Number(cell) : cell
}
