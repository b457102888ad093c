import type { CsvDataFile, CsvRow } from '../../../../odoo/data/index.js'
import type { RegistryField, RegistryModel } from '../../../../odoo/registry/index.js'
import type { FieldValue } from '../pending-record.js'
import { modelUnknown, referenceMissing, valueLeft } from '../record-findings.js'
import type { RecordsTurn } from '../records-turn.js'
import { idOf, MissingXmlId, type ValueScope } from '../values/value-scope.js'
import type { GivenRecord, RecordPlanner } from './record-planner.js'

const EMPTY: ReadonlySet<string> = new Set(['0', 'false', 'no', ''])
const YES: ReadonlySet<string> = new Set(['1', 'true', 'yes'])

/** Records by the name that they are shown with, for columns that name a record so. */
export type NamedRecords = (model: string, name: string) => number | undefined

/** Plans the rows of a CSV file (data specification §1.8). */
export function planCsv(
  file: CsvDataFile,
  noupdate: boolean,
  {
    turn,
    planner,
    named,
  }: {
    readonly turn: RecordsTurn
    readonly planner: RecordPlanner
    readonly named: NamedRecords
  },
): void {
  const { module, hop, folder, xmlIds, seen, now, mode } = turn
  const at = file.columns.indexOf('id')
  if (at === -1 && mode === 'update') return
  const model = hop.registry.models.get(file.model)
  const scope: ValueScope = { module, release: hop.source.release, folder, xmlIds, seen, now }
  for (const row of file.rows) {
    const given: GivenRecord = {
      model: file.model,
      id: at === -1 ? undefined : row.values[at],
      noupdate,
      forcecreate: undefined,
      place: { file: file.file, line: row.line, object: module },
      source: `${module}/${file.path}`,
    }
    if (model === undefined) {
      turn.scope.addFinding(modelUnknown(given))
      return
    }
    const values = rowValues(row, file.columns, model, { given, scope, turn, named })
    if (values === undefined) continue
    const decision = planner.decide(given, { asOfMenu: true })
    if (decision.kind === 'create' || decision.kind === 'write')
      planner.put(decision, given, values)
  }
}

interface RowScope {
  readonly given: GivenRecord
  readonly scope: ValueScope
  readonly turn: RecordsTurn
  readonly named: NamedRecords
}

function rowValues(
  row: CsvRow,
  columns: readonly string[],
  model: RegistryModel,
  within: RowScope,
): ReadonlyMap<string, FieldValue> | undefined {
  const values = new Map<string, FieldValue>()
  for (const [at, column] of columns.entries()) {
    if (column === 'id' || column === '') continue
    const [name = '', ...rest] = column.split(/[/:]/)
    const field = model.fields.get(name)
    const text = row.values[at] ?? ''
    const sub = rest.join('/')
    if (field === undefined) {
      values.set(name, text)
      continue
    }
    try {
      const value = sub === 'id' ? reference(text, field, within) : cell(text, field, within)
      if (value === undefined || (sub !== '' && sub !== 'id')) {
        within.turn.scope.addFinding(valueLeft(model.name, column, within.given))
      } else values.set(name, value)
    } catch (error) {
      if (!(error instanceof MissingXmlId)) throw error
      within.turn.scope.addFinding(referenceMissing(error.xmlId, within.given))
      return undefined
    }
  }
  return values
}

/** External identifiers; a list of them for a many2many. */
function reference(text: string, field: RegistryField, { scope }: RowScope): FieldValue {
  const names = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !EMPTY.has(part.toLowerCase()))
  const ids = names.map((name) => idOf(name, scope))
  if (field.type === 'many2one') return ids[0] ?? false
  return [{ kind: 'tuple', items: [6, 0, ids] }]
}

/** A plain cell; an empty one takes the value away. */
function cell(text: string, field: RegistryField, { named }: RowScope): FieldValue | undefined {
  if (text === '') return false
  switch (field.type) {
    case 'boolean':
      return YES.has(text.toLowerCase())
    case 'integer':
      return Number.parseInt(text, 10)
    case 'float':
    case 'monetary':
      return { kind: 'float', value: Number(text) }
    case 'selection':
      return selected(text, field)
    case 'many2one':
      return named(field.comodel ?? '', text)
    case 'many2many':
    case 'one2many':
      return undefined
    default:
      return text
  }
}

/** The value of a selection, given by itself or by its label, in any case. */
function selected(text: string, { selection }: RegistryField): string | undefined {
  if (selection === undefined || selection === 'dynamic') return text
  const wanted = text.toLowerCase()
  return selection.find(
    ({ value, label }) => value.toLowerCase() === wanted || label.toLowerCase() === wanted,
  )?.value
}
