import { type GuestValue, PyTuple } from '../../values/index.js'
import { itemsOf } from '../domain/parse-domain.js'
import { invalid } from '../guest-errors.js'
import type { OrmScope } from '../orm-scope.js'
import { fieldOf } from '../select/place.js'
import { namesOf } from '../select/record-names.js'
import { periodOf } from './date-label.js'
import { type GroupOptions, type GroupPage, group } from './group.js'
import type { GroupSpec } from './group-spec.js'

export interface ReadGroupQuery {
  readonly model: string
  readonly domain: GuestValue
  readonly fields: readonly string[]
  readonly groupBy: readonly string[]
  /** Only the first group field counts, the others are for later; default true. */
  readonly lazy: boolean
}

interface Aggregate {
  readonly key: string
  readonly spec: string
}

/** The groups as the dicts that `read_group` returns. */
export async function readGroup(
  scope: OrmScope,
  query: ReadGroupQuery,
  options: GroupOptions = {},
): Promise<readonly ReadonlyMap<GuestValue, GuestValue>[]> {
  const schema = await scope.catalog.model(query.model)
  const groupBy = query.lazy ? query.groupBy.slice(0, 1) : query.groupBy
  const aggregates = query.fields.flatMap((spec): readonly Aggregate[] => {
    const one = aggregateOf(spec, (name) => fieldOf(schema, name).type)
    return one === undefined || groupBy.some((by) => by.split(':')[0] === one.key) ? [] : [one]
  })
  const specs = [...new Set(aggregates.map(({ spec }) => spec)), '__count']
  const page = await group(
    scope,
    { model: query.model, domain: query.domain, groupBy, aggregates: specs },
    options,
  )
  const names = await groupNames(scope, page)
  const [first] = groupBy
  const countKey = query.lazy && first !== undefined ? `${first.split(':')[0]}_count` : '__count'
  return page.result.rows.map((row) => {
    const cell = (name: string) =>
      row[page.result.columns.findIndex(([one]) => one === name)] ?? null
    const dict = new Map<GuestValue, GuestValue>([[countKey, Number(cell('__count'))]])
    for (const { key, spec } of aggregates) dict.set(key, aggregateValue(cell(spec)))
    const ranges = new Map<GuestValue, GuestValue>()
    const leaves: GuestValue[] = []
    for (const spec of page.specs) {
      const shown = showGroup(spec, cell(spec.spec), names)
      dict.set(spec.spec, shown.value)
      leaves.push(...shown.leaves)
      if (spec.granularity !== undefined) ranges.set(spec.spec, shown.range)
    }
    dict.set('__domain', conjunction(leaves, query.domain))
    if (ranges.size > 0 && scope.release.major >= 15) dict.set('__range', ranges)
    const rest = query.groupBy.slice(groupBy.length)
    if (query.lazy && rest.length > 0) dict.set('__context', new Map([['group_by', rest]]))
    return dict
  })
}

const SUMMED: readonly string[] = ['integer', 'float', 'monetary']

/** `amount`, `amount:sum` or `total:sum(amount)`; undefined for a field that has no aggregate. */
function aggregateOf(spec: string, typeOf: (field: string) => string): Aggregate | undefined {
  if (spec === '__count' || spec === 'id') return undefined
  const match = /^(\w+)(?::(\w+)(?:\((\w+)\))?)?$/.exec(spec)
  if (match === null) throw invalid(`Invalid field specification "${spec}"`)
  const [, key = '', name, field = key] = match
  if (name !== undefined) return { key, spec: `${field}:${name}` }
  return SUMMED.includes(typeOf(field)) ? { key, spec: `${field}:sum` } : undefined
}

function aggregateValue(cell: string | null): GuestValue {
  if (cell === null) return false
  if (cell === 't' || cell === 'f') return cell === 't'
  if (cell.startsWith('{')) {
    const items = cell.slice(1, -1)
    return items === '' ? [] : items.split(',').map(aggregateValue)
  }
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(cell) ? Number(cell) : cell
}

/** Names of the records that groups stand for, one statement per group field. */
async function groupNames(
  scope: OrmScope,
  page: GroupPage,
): Promise<ReadonlyMap<string, ReadonlyMap<number, string>>> {
  const names = new Map<string, ReadonlyMap<number, string>>()
  for (const [at, { spec, at: place }] of page.specs.entries()) {
    const { type, relation } = place.field
    if ((type !== 'many2one' && type !== 'many2many') || relation === undefined) continue
    const ids = page.result.rows.flatMap((row) => (row[at] ? [Number(row[at])] : []))
    names.set(spec, await namesOf(scope, relation, ids))
  }
  return names
}

interface ShownGroup {
  readonly value: GuestValue
  readonly leaves: readonly GuestValue[]
  readonly range: GuestValue
}

function showGroup(
  spec: GroupSpec,
  cell: string | null,
  names: ReadonlyMap<string, ReadonlyMap<number, string>>,
): ShownGroup {
  const [path = ''] = spec.spec.split(':')
  const { type } = spec.at.field
  const leaf = (operator: string, value: GuestValue) => new PyTuple([path, operator, value])
  if (cell === null) return { value: false, leaves: [leaf('=', false)], range: false }
  if (spec.granularity !== undefined) {
    const { label, end } = periodOf(cell, spec.granularity)
    const tail = type === 'datetime' ? ' 00:00:00' : ''
    const from = `${cell.slice(0, 10)}${tail}`
    const to = `${end}${tail}`
    const range = new Map([
      ['from', from],
      ['to', to],
    ])
    return { value: label, leaves: ['&', leaf('>=', from), leaf('<', to)], range }
  }
  const value = groupValue(type, cell)
  const name = typeof value === 'number' ? names.get(spec.spec)?.get(value) : undefined
  return {
    value: name === undefined ? value : new PyTuple([value, name]),
    leaves: [leaf('=', value)],
    range: false,
  }
}

function groupValue(type: string, cell: string): GuestValue {
  if (type === 'boolean') return cell === 't' || cell === 'true'
  const isNumber = ['integer', 'float', 'monetary', 'many2one', 'many2many', 'many2one_reference']
  return isNumber.includes(type) ? Number(cell) : cell
}

/** The group's conditions and the domain, as `expression.AND` joins them. */
function conjunction(leaves: readonly GuestValue[], domain: GuestValue): GuestValue {
  const given = itemsOf(domain) ?? []
  const all = [...leaves, ...given]
  const operands = all.filter((item) => typeof item !== 'string').length
  const joined = all.reduce<number>((n, item) => n + (item === '&' || item === '|' ? 1 : 0), 0)
  return [...Array<string>(Math.max(0, operands - 1 - joined)).fill('&'), ...all]
}
