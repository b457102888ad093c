import type { RegistryField, RegistryModel } from '../../../../odoo/registry/index.js'
import { askGuest } from '../../ask-guest.js'
import { needDeferred } from '../../schema/schema-findings.js'
import type { PendingRecord } from '../pending-record.js'
import type { RecordsTurn } from '../records-turn.js'
import type { Cell } from './lower-value.js'
import type { Row } from './write-rows.js'

/** New records of a model, and their rows in the same order. */
export interface NewRows {
  readonly model: RegistryModel
  readonly records: readonly PendingRecord[]
  readonly rows: readonly Row[]
}

/** Gives rows the defaults that only the release's own code knows; those it cannot say are needs. */
export async function withGuestDefaults(
  { model, records, rows }: NewRows,
  fields: readonly RegistryField[],
  turn: RecordsTurn,
): Promise<readonly Row[]> {
  if (fields.length === 0) return rows
  const { hop, scope, module } = turn
  const wanted = fields.map((field) => ({
    model: model.name,
    field: field.name,
    count: records.filter(({ values }) => !values.has(field.name)).length,
  }))
  const found = await askGuest(hop, scope, (guest) => guest.defaults(module, wanted, scope))
  if (found === undefined) {
    for (const { field, count } of wanted) {
      const need = { kind: 'default', module, model: model.name, field, rows: count } as const
      if (hop.needs.has(need)) continue
      hop.needs.add(need)
      scope.addFinding(needDeferred(need))
    }
    return rows
  }
  hop.needs.meet(wanted.length)
  const cells = rows.map(({ cells }): Record<string, Cell> => ({ ...cells }))
  for (const { field: name, values } of found.answer) {
    const field = model.fields.get(name)
    const column = field?.column
    if (column === undefined) continue
    const left = [...values]
    for (const [at, record] of records.entries()) {
      const own = cells[at]
      if (own === undefined || record.values.has(name)) continue
      const value = left.shift()
      if (typeof value === 'string') own[column.name] = cellOf(value, column.type)
    }
  }
  return rows.map(({ id }, at) => ({ id, cells: cells[at] ?? {} }))
}

/** PostgreSQL reads texts of all types; a text in a column of translations is one of American English. */
function cellOf(text: string, type: string): Cell {
  if (type !== 'jsonb') return text
  try {
    const value = JSON.parse(text) as Cell
    if (typeof value === 'object') return value
  } catch {
    // Not JSON: the value of a field that is translated.
  }
  return { en_US: text }
}
