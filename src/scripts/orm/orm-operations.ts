import {
  type GuestAnswer,
  GuestError,
  type GuestOperations,
  type GuestValue,
} from '../values/index.js'
import { idsOf } from './domain/leaf-values.js'
import { itemsOf } from './domain/parse-domain.js'
import type { GroupOptions } from './groups/group.js'
import type { Orm } from './orm.js'
import type { OrmContext } from './orm-context.js'
import type { RecordValues } from './records/record-values.js'
import type { RowValues } from './records/write.js'
import { schemaValue } from './schema-value.js'
import type { ReadPage } from './select/read.js'
import type { SearchOptions } from './select/search.js'

type Keywords = ReadonlyMap<string, GuestValue>

/** What one operation gets: the ORM in the context of the request, the arguments, the keywords. */
type Body = (orm: Orm, args: Arguments, keywords: Keywords) => Promise<GuestAnswer>

/** The operations named `orm.…` of docs/orm-operations.md. */
export function ormOperations(orm: Orm): GuestOperations {
  return Object.fromEntries(
    Object.entries(BODIES).map(([name, body]) => [
      `orm.${name}`,
      async (args: readonly GuestValue[], keywords: Keywords) =>
        body(orm.withContext(contextOf(keywords)), new Arguments(`orm.${name}`, args), keywords),
    ]),
  )
}

const BODIES: Readonly<Record<string, Body>> = {
  model: async (orm, args) => {
    const schema = await orm.catalog.find(args.text(0))
    return value(schema === undefined ? null : schemaValue(schema))
  },
  models: async (orm) => value([...(await orm.catalog.names())]),
  search: async (orm, args, keywords) =>
    value(await orm.search(args.text(0), args.any(1), searchOptions(keywords))),
  count: async (orm, args, keywords) =>
    value(await orm.count(args.text(0), args.any(1), wholeNumber(keywords, 'limit'))),
  read: async (orm, args) => page(await orm.read(args.text(0), args.ids(1), args.names(2))),
  search_read: async (orm, args, keywords) =>
    page(await orm.searchRead(args.text(0), args.any(1), args.names(2), searchOptions(keywords))),
  exists: async (orm, args) => value(await orm.exists(args.text(0), args.ids(1))),
  create: async (orm, args) =>
    value(
      await orm.create(
        args.text(0),
        args.list(1).map((item) => args.dict(item)),
      ),
    ),
  write: async (orm, args) => {
    await orm.write(args.text(0), args.ids(1), args.dict(args.any(2)))
    return value(true)
  },
  write_many: async (orm, args) => {
    const rows = args.list(1).map((item): RowValues => {
      const [ids = null, values = null] = itemsOf(item) ?? []
      return { ids: idsOf(ids), values: args.dict(values) }
    })
    await orm.writeMany(args.text(0), rows)
    return value(true)
  },
  unlink: async (orm, args) => {
    await orm.unlink(args.text(0), args.ids(1))
    return value(true)
  },
  copy: async (orm, args) => {
    const values = args.any(2)
    const given =
      values === null || values === false ? new Map<string, GuestValue>() : args.dict(values)
    return value(await orm.copy(args.text(0), args.ids(1), given))
  },
  default_get: async (orm, args) => value(asDict(await orm.defaults(args.text(0), args.names(1)))),
  read_group: async (orm, args, keywords) => {
    const query = {
      domain: args.any(1),
      fields: args.names(2) ?? [],
      groupBy: args.names(3) ?? [],
      lazy: keywords.get('lazy') !== false,
    }
    return value(await orm.readGroup(args.text(0), query, groupOptions(keywords, 'orderby')))
  },
  group: async (orm, args, keywords) => {
    const query = {
      domain: args.any(1),
      groupBy: args.names(2) ?? [],
      aggregates: args.names(3) ?? [],
    }
    const { result } = await orm.group(args.text(0), query, groupOptions(keywords, 'order'))
    return { kind: 'result', result }
  },
  ref: async (orm, args) => {
    const xmlIds = args.names(0) ?? []
    const found = await orm.refs(xmlIds)
    return value(
      xmlIds.map((xmlId) => {
        const record = found.get(xmlId)
        return record === undefined ? null : [record.model, record.id]
      }),
    )
  },
  external_ids: async (orm, args) =>
    value(asDict(await orm.externalIds(args.text(0), args.ids(1)))),
  user: async (orm, args) => {
    const user = await orm.user(args.ids(0)[0])
    if (user === undefined) return value(null)
    const { id, login, name, lang, tz, partnerId, companyId, companyIds } = user
    return value(
      asDict(
        new Map<string, GuestValue>([
          ['id', id],
          ['login', login],
          ['name', name],
          ['lang', lang],
          ['tz', tz],
          ['partner_id', partnerId],
          ['company_id', companyId],
          ['company_ids', companyIds],
        ]),
      ),
    )
  },
  companies: async (orm) => value((await orm.companies()).map(({ id, name }) => [id, name])),
  parent_store: async (orm, args) => {
    await orm.parentStoreCompute(args.text(0))
    return value(true)
  },
  invalidate: async (orm) => {
    orm.invalidate()
    return value(true)
  },
}

/** Arguments of one request; what has the wrong type is a `TypeError` of the guest. */
class Arguments {
  readonly #operation: string
  readonly #all: readonly GuestValue[]

  constructor(operation: string, all: readonly GuestValue[]) {
    this.#operation = operation
    this.#all = all
  }

  any(at: number): GuestValue {
    return this.#all[at] ?? null
  }

  text(at: number): string {
    const given = this.any(at)
    if (typeof given !== 'string') throw this.#wrong(at, 'a text')
    return given
  }

  list(at: number): readonly GuestValue[] {
    const items = itemsOf(this.any(at))
    if (items === undefined) throw this.#wrong(at, 'a list')
    return items
  }

  ids(at: number): readonly number[] {
    try {
      return idsOf(this.any(at))
    } catch {
      throw this.#wrong(at, 'a list of ids')
    }
  }

  /** Names, or undefined for None. */
  names(at: number): readonly string[] | undefined {
    const given = this.any(at)
    if (given === null) return undefined
    const items = typeof given === 'string' ? [given] : this.list(at)
    if (!items.every((item) => typeof item === 'string')) throw this.#wrong(at, 'a list of names')
    return items
  }

  dict(given: GuestValue): RecordValues {
    if (!(given instanceof Map)) {
      throw new GuestError('type', `${this.#operation}: values must be a dict`)
    }
    return new Map([...given].map(([key, item]) => [String(key), item]))
  }

  #wrong(at: number, what: string): GuestError {
    return new GuestError('type', `${this.#operation}: argument ${at + 1} must be ${what}`)
  }
}

function contextOf(keywords: Keywords): Partial<OrmContext> {
  const uid = wholeNumber(keywords, 'uid')
  const company = wholeNumber(keywords, 'company')
  const lang = keywords.get('lang')
  const defaults = keywords.get('defaults')
  return {
    ...(uid !== undefined && { uid }),
    ...(company !== undefined && { companyId: company }),
    ...(lang !== undefined && { lang: typeof lang === 'string' && lang !== '' ? lang : 'en_US' }),
    ...(keywords.has('active_test') && { activeTest: keywords.get('active_test') !== false }),
    ...(defaults instanceof Map && {
      defaults: new Map([...defaults].map(([key, item]) => [String(key), item])),
    }),
  }
}

function searchOptions(keywords: Keywords): SearchOptions {
  return { ...range(keywords), ...textOption(keywords, 'order', 'order') }
}

function groupOptions(keywords: Keywords, order: 'order' | 'orderby'): GroupOptions {
  const having = keywords.get('having')
  return {
    ...range(keywords),
    ...textOption(keywords, order, 'order'),
    ...(having !== undefined && having !== null && { having }),
  }
}

function range(keywords: Keywords): { limit?: number; offset?: number } {
  const limit = wholeNumber(keywords, 'limit')
  const offset = wholeNumber(keywords, 'offset')
  return { ...(limit !== undefined && { limit }), ...(offset !== undefined && { offset }) }
}

function textOption(keywords: Keywords, from: string, to: 'order'): { order?: string } {
  const given = keywords.get(from)
  return typeof given === 'string' && given.trim() !== '' ? { [to]: given } : {}
}

/** None and False are no number. */
function wholeNumber(keywords: Keywords, name: string): number | undefined {
  const given = keywords.get(name)
  if (given === undefined || given === null || given === false) return undefined
  if (typeof given !== 'number' || !Number.isSafeInteger(given) || given < 0) {
    throw new GuestError('type', `${name} must be a whole number`)
  }
  return given
}

function value(answer: GuestValue): GuestAnswer {
  return { kind: 'value', value: answer }
}

function page({ columns, rows }: ReadPage): GuestAnswer {
  return {
    kind: 'result',
    result: { columns, rows, count: rows.length, tag: `SELECT ${rows.length}` },
  }
}

function asDict(entries: ReadonlyMap<string | number, GuestValue>): GuestValue {
  return new Map<GuestValue, GuestValue>(entries)
}
