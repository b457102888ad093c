import type {
  CsvDataFile,
  DataFile,
  XmlField,
  XmlMenuitem,
  XmlOperation,
} from '../../../../odoo/data/index.js'
import { fullXmlId } from '../values/value-scope.js'

/** What data files speak of, to be looked up at once. */
export interface Mentioned {
  readonly xmlIds: Set<string>
  /** `module/path` of files that are read. */
  readonly files: Set<string>
  /** Models of records that the files may write. */
  readonly models: Set<string>
}

const REFERENCE = /\bref\(\s*['"]([^'"]+)['"]/g
const PLACEHOLDER = /%\((.*?)\)[ds]/g
const NO_ID: ReadonlySet<string> = new Set(['0', 'false', 'no', ''])

/** Collects external identifiers and files that data files of a module mention. */
export function mentioned(module: string, files: readonly DataFile[]): Mentioned {
  const found: Mentioned = { xmlIds: new Set(), files: new Set(), models: new Set() }
  const add = (xmlId: string): void => {
    found.xmlIds.add(fullXmlId(xmlId.replace(/^-/, ''), module))
  }
  for (const file of files) {
    if (file.kind === 'csv') fromCsv(file, add, found)
    if (file.kind !== 'xml') continue
    for (const operation of file.operations) fromOperation(operation, add, found)
  }
  return found
}

function fromOperation(
  operation: XmlOperation,
  add: (xmlId: string) => void,
  found: Mentioned,
): void {
  if ('id' in operation && operation.id !== undefined) add(operation.id)
  switch (operation.kind) {
    case 'record':
      found.models.add(operation.model)
      for (const field of operation.fields) fromField(field, add, found)
      return
    case 'template':
      found.models.add('ir.ui.view')
      for (const name of ['inherit_id', 'website_id']) {
        const value = operation.attributes[name]
        if (value) add(value)
      }
      for (const group of (operation.attributes.groups ?? '').split(',')) if (group) add(group)
      fromText(operation.xml, PLACEHOLDER, add)
      return
    case 'menuitem':
      fromMenu(operation, add, found)
      return
    case 'function':
      for (const argument of operation.arguments) {
        if (!('kind' in argument)) fromField({ ...argument, name: '' }, add, found)
      }
      if (operation.eval !== undefined) fromText(operation.eval, REFERENCE, add)
      return
    case 'delete':
      return
    default:
      for (const group of (operation.attributes.groups ?? '').split(',')) if (group) add(group)
  }
}

function fromMenu(menu: XmlMenuitem, add: (xmlId: string) => void, found: Mentioned): void {
  const { id, attributes } = menu
  if (id !== undefined) add(id)
  if (attributes.parent) add(attributes.parent)
  if (attributes.action) add(attributes.action)
  for (const group of (attributes.groups ?? '').split(',')) if (group) add(group)
  if (attributes.web_icon) found.files.add(attributes.web_icon.replace(',', '/'))
  for (const inner of menu.menuitems) fromMenu(inner, add, found)
}

function fromField(field: XmlField, add: (xmlId: string) => void, found: Mentioned): void {
  if (field.ref !== undefined) add(field.ref)
  if (field.eval !== undefined) fromText(field.eval, REFERENCE, add)
  if (field.search !== undefined) fromText(field.search, REFERENCE, add)
  if (field.content !== undefined) fromText(field.content, PLACEHOLDER, add)
  if (field.file !== undefined) found.files.add(field.file)
  if (field.name === 'web_icon' && field.text !== undefined) {
    found.files.add(field.text.replace(',', '/'))
  }
  for (const record of field.records ?? []) fromOperation(record, add, found)
}

function fromText(text: string, pattern: RegExp, add: (xmlId: string) => void): void {
  for (const match of text.matchAll(pattern)) if (match[1]) add(match[1])
}

function fromCsv(
  { columns, rows, model }: CsvDataFile,
  add: (xmlId: string) => void,
  found: Mentioned,
): void {
  found.models.add(model)
  for (const [at, column] of columns.entries()) {
    const isReference = column.endsWith(':id') || column.endsWith('/id')
    if (column !== 'id' && !isReference) continue
    for (const { values } of rows) {
      for (const part of (values[at] ?? '').split(',')) {
        const xmlId = part.trim()
        if (!NO_ID.has(xmlId.toLowerCase())) add(xmlId)
      }
    }
  }
}
