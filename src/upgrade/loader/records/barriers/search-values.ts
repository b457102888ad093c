import type { XmlField, XmlRecord } from '../../../../odoo/data/index.js'
import { itemsOf, type SourceValue } from '../../../../odoo/models/index.js'
import { Orm, readDatabaseCatalog } from '../../../../scripts/orm/index.js'
import { type GuestValue, PyFloat, PyTuple } from '../../../../scripts/values/index.js'
import type { FieldValue } from '../pending-record.js'
import type { RecordsTurn } from '../records-turn.js'
import { namesOf } from '../values/value-scope.js'
import { writePending } from '../writing/write-pending.js'

/** Finds what fields of a record search for; everything that is pending is written before. */
export async function searchValues(
  record: XmlRecord,
  known: Map<XmlField, FieldValue>,
  turn: RecordsTurn,
): Promise<void> {
  for (const field of record.fields) {
    for (const inner of field.records ?? []) await searchValues(inner, known, turn)
    if (field.search === undefined) continue
    const model = turn.hop.registry.models.get(record.model)
    const registered = model?.fields.get(field.name)
    const comodel = field.model ?? registered?.comodel
    const ids = comodel === undefined ? undefined : await searchIds(comodel, field.search, turn)
    if (ids === undefined) continue
    known.set(field, await foundValue(field, registered?.type, comodel ?? '', ids, turn))
  }
}

async function foundValue(
  field: XmlField,
  type: string | undefined,
  comodel: string,
  ids: readonly number[],
  turn: RecordsTurn,
): Promise<FieldValue> {
  if (type === 'many2many') return [{ kind: 'tuple', items: [6, 0, [...ids]] }]
  const [first] = ids
  if (first === undefined) return false
  if (field.use === undefined || field.use === 'id') return first
  const page = await ormOf(turn).read(comodel, [first], [field.use])
  const at = page.columns.findIndex(([name]) => name === field.use)
  const value = page.rows[0]?.[at]
  return value ?? false
}

/** Ids that meet the domain; undefined for a domain that only Python knows. */
export async function searchIds(
  model: string,
  text: string,
  turn: RecordsTurn,
): Promise<readonly number[] | undefined> {
  const { module, hop, folder, xmlIds, seen, now } = turn
  await writePending(turn)
  const scope = { module, release: hop.source.release, folder, xmlIds, seen, now }
  const domain = folder.fold(text, namesOf(scope))
  if (domain === undefined) return undefined
  return ormOf(turn).search(model, guestValue(domain, turn))
}

function ormOf({ scope, hop }: RecordsTurn): Orm {
  const { release } = hop.source
  return new Orm(scope.session, readDatabaseCatalog(scope.session, release), { release })
}

function guestValue(value: SourceValue, turn: RecordsTurn): GuestValue {
  if (typeof value === 'number') return turn.ids.real(value)
  if (typeof value !== 'object' || value === null) return value
  const items = itemsOf(value)
  if (items !== undefined) {
    const converted = items.map((item) => guestValue(item, turn))
    return 'kind' in value ? new PyTuple(converted) : converted
  }
  return 'kind' in value && value.kind === 'float' ? new PyFloat(value.value) : null
}
