import type { Finding } from '../../base/index.js'
import type { CsvDataFile, DataFile, XmlDataFile } from './data-file.js'
import type { XmlMenuitem, XmlOperation, XmlRecord } from './xml/xml-operation.js'

/** An xml id that a data file names, as it is written there. */
export interface NamedRecord {
  readonly model: string
  readonly id: string
  readonly noupdate: boolean
  readonly line: number
  /** Of a window action: its domain as written, empty where it has none or takes one away. */
  readonly domain?: string
}

/** Which records a data file names, without what it says about them. */
export interface DataFacts {
  readonly path: string
  readonly file: string
  readonly findings: readonly Finding[]
  readonly named: readonly NamedRecord[]
  /** Ids of `<delete>`, as written. */
  readonly deleted: readonly string[]
}

const WINDOW_ACTION = 'ir.actions.act_window'
const NOTHING = new Set(['False', 'None', '""', "''", '[]'])

/** The xml ids of a data file in the order in which Odoo meets them. */
export function dataFacts(data: DataFile, module: string, noupdate: boolean): DataFacts {
  const { path, file, findings } = data
  const base = { path, file, findings }
  if (data.kind === 'csv') return { ...base, named: csvRecords(data, noupdate), deleted: [] }
  if (data.kind !== 'xml') return { ...base, named: [], deleted: [] }
  const flags = scopeFlags(data, noupdate)
  const deleted = data.operations.flatMap((operation) =>
    operation.kind === 'delete' && operation.id !== undefined ? [operation.id] : [],
  )
  const named = data.operations.flatMap((operation) =>
    operationRecords(operation, module, flags[operation.scope] ?? noupdate),
  )
  return { ...base, named, deleted }
}

function scopeFlags({ scopes }: XmlDataFile, outer: boolean): readonly boolean[] {
  const flags: boolean[] = []
  for (const { parent, noupdate } of scopes) {
    flags.push(noupdate ?? (parent === undefined ? outer : (flags[parent] ?? outer)))
  }
  return flags
}

function csvRecords({ columns, rows, model }: CsvDataFile, noupdate: boolean) {
  const column = columns.indexOf('id')
  if (column === -1) return []
  return rows.flatMap(({ line, values }): readonly NamedRecord[] => {
    const id = values[column]
    return id ? [{ model, id, noupdate, line }] : []
  })
}

function operationRecords(
  operation: XmlOperation,
  module: string,
  noupdate: boolean,
): readonly NamedRecord[] {
  const { line } = operation
  const theme = module.startsWith('theme_') ? 'theme.' : ''
  const named = (model: string, id: string | undefined): readonly NamedRecord[] =>
    id === undefined ? [] : [{ model, id, noupdate, line }]
  switch (operation.kind) {
    case 'record':
      return recordAndNested(operation, noupdate)
    case 'template':
      return named(`${theme}ir.ui.view`, operation.id)
    case 'menuitem':
      return menus(operation, noupdate)
    case 'report':
      return named('ir.actions.report', operation.id)
    case 'asset':
      return named(`${theme}ir.asset`, operation.id)
    case 'act_window': {
      const domain = domainText(operation.attributes.domain)
      return named(WINDOW_ACTION, operation.id).map((record) => ({ ...record, domain }))
    }
    default:
      return []
  }
}

function recordAndNested(record: XmlRecord, noupdate: boolean): readonly NamedRecord[] {
  const { model, id, line } = record
  const nested = record.fields.flatMap(({ records = [] }) =>
    records.flatMap((inner) => recordAndNested(inner, noupdate)),
  )
  if (id === undefined) return nested
  const domain = model === WINDOW_ACTION ? domainOf(record) : undefined
  return [{ model, id, noupdate, line, ...(domain !== undefined && { domain }) }, ...nested]
}

function domainOf({ fields }: XmlRecord): string | undefined {
  const field = fields.findLast(({ name }) => name === 'domain')
  return field === undefined ? undefined : domainText(field.eval ?? field.text)
}

function domainText(text = ''): string {
  const value = text.trim()
  return NOTHING.has(value) && value !== '[]' ? '' : value
}

function menus(menu: XmlMenuitem, noupdate: boolean): readonly NamedRecord[] {
  const { id, line } = menu
  const own = id === undefined ? [] : [{ model: 'ir.ui.menu', id, noupdate, line }]
  return [...own, ...menu.menuitems.flatMap((inner) => menus(inner, noupdate))]
}
