import type { DataFile, XmlMenuitem, XmlOperation } from '../../../odoo/data/index.js'
import type { LoaderHop } from '../loader-part.js'
import { fullXmlId } from './values/value-scope.js'

/** Notes the external identifiers that a file names as loaded, without loading it. */
export function noteXmlIds(file: DataFile, module: string, hop: LoaderHop): void {
  const note = (id: string | undefined, model: string): void => {
    if (id === undefined || id === '') return
    const full = fullXmlId(id, module)
    hop.xmlIds.add(full)
    for (const parent of hop.registry.models.get(model)?.inherits.keys() ?? []) {
      hop.xmlIds.add(`${full}_${parent.replaceAll('.', '_')}`)
    }
  }
  if (file.kind === 'csv') {
    const at = file.columns.indexOf('id')
    if (at >= 0) for (const { values } of file.rows) note(values[at], file.model)
  } else if (file.kind === 'xml') {
    for (const operation of file.operations) noteOperation(operation, note)
  }
}

type Note = (id: string | undefined, model: string) => void

function noteOperation(operation: XmlOperation, note: Note): void {
  if (operation.kind === 'record') {
    note(operation.id, operation.model)
    for (const { records = [] } of operation.fields) {
      for (const record of records) noteOperation(record, note)
    }
  } else if (operation.kind === 'menuitem') noteMenu(operation, note)
  else if (operation.kind !== 'delete' && operation.kind !== 'function') note(operation.id, '')
}

function noteMenu({ id, menuitems }: XmlMenuitem, note: Note): void {
  note(id, 'ir.ui.menu')
  for (const inner of menuitems) noteMenu(inner, note)
}
