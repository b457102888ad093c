import { isTrue, textIn } from '../../odoo/models/index.js'
import type { RegistryField } from '../../odoo/registry/index.js'
import { compareCodePoints } from '../../odoo/release/index.js'
import { reprList } from './python-repr.js'
import type { FieldAttribute } from './release-records.js'

export type FieldAttributes = Readonly<Partial<Record<FieldAttribute, string>>>

/** Looks up a field of the registry as it stands. */
export type FieldLookup = (model: string, field: string) => RegistryField | undefined

/**
 * What upgrade_analysis records of a field (its upgrade_log.py): texts, and only those that are not empty.
 */
export function fieldAttributes(field: RegistryField, lookUp: FieldLookup): FieldAttributes {
  const isRelated = field.related !== undefined
  const computes = isTrue(field.compute)
  const isFunction =
    computes && !isRelated && !field.companyDependent && (field.readonly || field.hasInverse)
  const given: Partial<Record<FieldAttribute, string | undefined>> = {
    type: field.type === 'monetary' ? 'float' : field.type,
    isfunction: isFunction ? 'function' : undefined,
    isproperty: field.companyDependent ? 'property' : undefined,
    isrelated: isRelated ? 'related' : undefined,
    relation: relationOf(field, lookUp),
    table: tableOf(field),
    required: field.required ? 'required' : undefined,
    stored: field.store ? 'stored' : undefined,
    selection_keys: selectionKeys(field),
    hasdefault: defaultOf(field, computes),
    attachment: field.type === 'binary' ? (field.attachment ? 'True' : 'False') : undefined,
  }
  return withoutEmpty(given)
}

/** A record of attributes without those that are empty. */
export function withoutEmpty(
  given: Partial<Record<FieldAttribute, string | undefined>>,
): FieldAttributes {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== ''),
  )
}

/** Of a related many2many only the table that its definition names. */
function tableOf({ type, relation, args }: RegistryField): string | undefined {
  return type === 'many2many' ? (relation?.table ?? textIn(args.relation)) : undefined
}

const RELATIONAL = new Set(['many2one', 'one2many', 'many2many'])

function relationOf(field: RegistryField, lookUp: FieldLookup): string | undefined {
  if (RELATIONAL.has(field.type)) return field.comodel
  if (field.type !== 'many2one_reference') return undefined
  return textIn(endOfChain(field, lookUp).args.model_field)
}

/** The field that a related one shows; itself where the chain cannot be followed. */
function endOfChain(field: RegistryField, lookUp: FieldLookup, depth = 0): RegistryField {
  if (field.related === undefined || depth > 10) return field
  let found: RegistryField | undefined
  let model: string | undefined = field.model
  for (const name of field.related) {
    found = model === undefined ? undefined : lookUp(model, name)
    model = found?.comodel
  }
  return found === undefined ? field : endOfChain(found, lookUp, depth + 1)
}

function selectionKeys(field: RegistryField): string | undefined {
  if (field.type !== 'selection') return undefined
  if (field.related !== undefined || !Array.isArray(field.selection)) return 'function'
  const values = field.selection.map(({ value }: { readonly value: string }) => value)
  return reprList([...values].sort(compareCodePoints))
}

function defaultOf(field: RegistryField, computes: boolean): string | undefined {
  if (field.readonly || field.hasInverse || field.related !== undefined) return undefined
  if (field.default !== undefined) return 'default'
  return computes ? 'compute' : undefined
}
