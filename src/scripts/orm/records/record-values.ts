import type { GuestValue } from '../../values/index.js'
import { needsOdoo } from '../guest-errors.js'
import type { FieldSchema, ModelSchema } from '../model-schema.js'
import { fieldOf } from '../select/place.js'
import { isList } from '../select/sql-type.js'

/** Values of one record by field. */
export type RecordValues = ReadonlyMap<string, GuestValue>

/** What records get, by where it goes. */
export interface SortedValues {
  readonly columns: RecordValues
  readonly properties: RecordValues
  readonly attachments: RecordValues
  readonly lists: RecordValues
  /** By link field, values of the delegated parent. */
  readonly parents: ReadonlyMap<string, RecordValues>
  /** Values of fields that follow another path. */
  readonly related: RecordValues
}

/** Set by the ORM itself, whatever a script says. */
const OWN_AFFAIR = new Set(['id', 'parent_path', '__last_update', 'display_name'])

/** Sorts values by where they are kept; unknown fields and those that only Odoo can write are errors. */
export function sortValues(schema: ModelSchema, values: RecordValues): SortedValues {
  const columns = new Map<string, GuestValue>()
  const properties = new Map<string, GuestValue>()
  const attachments = new Map<string, GuestValue>()
  const lists = new Map<string, GuestValue>()
  const related = new Map<string, GuestValue>()
  const parents = new Map<string, Map<string, GuestValue>>()
  for (const [name, value] of values) {
    const field = fieldOf(schema, name)
    if (OWN_AFFAIR.has(name)) continue
    if (field.inherited !== undefined && field.kind === 'related') {
      const parent = parents.get(field.inherited) ?? new Map<string, GuestValue>()
      parents.set(field.inherited, parent.set(name, value))
    } else
      target(schema, field, { columns, properties, attachments, lists, related }).set(name, value)
  }
  return { columns, properties, attachments, lists, parents, related }
}

type Targets = Record<
  'columns' | 'properties' | 'attachments' | 'lists' | 'related',
  Map<string, GuestValue>
>

function target(schema: ModelSchema, field: FieldSchema, to: Targets): Map<string, GuestValue> {
  switch (field.kind) {
    case 'column':
      return to.columns
    case 'property':
      return to.properties
    case 'attachment':
      return to.attachments
    case 'one2many':
    case 'many2many':
      return to.lists
    case 'related':
      return isList(field) ? to.lists : to.related
    case 'none':
      throw needsOdoo(schema.model, field.name)
  }
}
