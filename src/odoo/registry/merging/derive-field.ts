import {
  isTrue,
  isUnevaluated,
  itemsOf,
  type SourceValue,
  textIn,
  titleCase,
} from '../../models/index.js'
import type { DeleteRule, IndexKind, RegistryField } from '../registry-field.js'
import type { RegistryRules } from '../registry-rules.js'
import { typeOfClass } from './field-classes.js'
import type { MergedField } from './merge-definitions.js'
import { mergeSelection } from './merge-selection.js'

type Args = Readonly<Record<string, SourceValue>>

/** A field before its comodel and the end of its related path are looked at: it has no column yet. */
export type BaseField = RegistryField

const ID_CLASS = 'Id'
const INDEX_KINDS: ReadonlySet<string> = new Set(['btree', 'btree_not_null', 'trigram'])

/** What follows from a field's own arguments (Field._get_attrs and its overrides). */
export function deriveField(model: string, merged: MergedField, rules: RegistryRules): BaseField {
  const { args, name, fieldClass } = merged
  const type = typeOfClass(merged)
  const related = pathOf(args.related)
  const companyDependent = flag(args, 'company_dependent') === true
  const isComputed = isTrue(args.compute) || isTrue(args.sparse) || type === 'properties'
  const store = isStored(args, rules, type)
  const readonly = isReadonly(args, fieldClass)
  const hasSelection = type === 'selection' || type === 'reference'
  const selection = hasSelection ? mergeSelection(merged.definitions) : undefined
  // All members in one literal: objects put together from parts are slow in the millions of look-ups.
  return {
    model,
    name,
    type,
    fieldClass,
    customClass: merged.customClass,
    store,
    readonly,
    companyDependent,
    related,
    args,
    label: textIn(args.string) || classLabel(fieldClass) || ownLabel(name, related),
    help: textIn(args.help) || undefined,
    required: flag(args, 'required') === true,
    copied: isCopied(args, { name, type, store }),
    translate: isTrue(args.translate),
    index: indexOf(args, rules),
    comodel: textIn(args.comodel_name),
    inverseName: type === 'one2many' ? textIn(args.inverse_name) : undefined,
    relation: undefined,
    onDelete: deleteRuleOf(type, args),
    size: typeof args.size === 'number' && type === 'char' && args.size > 0 ? args.size : undefined,
    selection: selection === undefined || related === undefined ? selection?.values : 'dynamic',
    selectionOnDelete: selection?.onDelete ?? {},
    inherited: isTrue(args.inherited),
    compute: computeOf(args, companyDependent, isComputed),
    hasInverse: hasInverse(args, companyDependent, readonly),
    hasSearch: isTrue(args.search) || (companyDependent && !rules.companyDependentColumns),
    default: args.default === null ? undefined : args.default,
    attachment: type === 'binary' ? store && flag(args, 'attachment') !== false : undefined,
    automatic: isTrue(args.automatic),
    manual: isTrue(args.manual),
    definitions: merged.definitions,
    module: merged.module,
    modules: merged.modules,
    column: undefined,
  }
}

function classLabel(fieldClass: string): string {
  return fieldClass === ID_CLASS ? 'ID' : ''
}

/** A related field takes the label of what it shows. */
function ownLabel(name: string, related: readonly string[] | undefined): string {
  return related === undefined ? defaultLabel(name) : ''
}

/** The label that a field has without `string`. */
export function defaultLabel(name: string): string {
  return titleCase(name.replace(/_ids$|_id$/, '').replaceAll('_', ' '))
}

/** Whether an argument is given, and true; what only Python knows counts as not given. */
export function flag(args: Args, name: string): boolean | undefined {
  const value = args[name]
  return value === undefined || isUnevaluated(value) ? undefined : isTrue(value)
}

function isStored(args: Args, rules: RegistryRules, type: string): boolean {
  if (flag(args, 'company_dependent') === true && !rules.companyDependentColumns) return false
  if (isTrue(args.sparse)) return false
  const given = flag(args, 'store')
  if (given !== undefined) return given
  return type === 'properties' || !(isTrue(args.compute) || isTrue(args.related))
}

function isReadonly(args: Args, fieldClass: string): boolean {
  const given = flag(args, 'readonly')
  if (given !== undefined) return given
  if (isTrue(args.related) || fieldClass === ID_CLASS) return true
  return isTrue(args.compute) && !isTrue(args.inverse)
}

function isCopied(
  args: Args,
  { name, type, store }: { readonly name: string; readonly type: string; readonly store: boolean },
): boolean {
  const given = flag(args, 'copy')
  if (given !== undefined) return given
  if (name === 'state' || type === 'one2many' || type === 'properties') return false
  if (isTrue(args.related) || isTrue(args.sparse) || flag(args, 'company_dependent') === true) {
    return false
  }
  return !isTrue(args.compute) || (store && flag(args, 'readonly') === false)
}

function computeOf(
  args: Args,
  companyDependent: boolean,
  isComputed: boolean,
): SourceValue | undefined {
  if (isTrue(args.compute)) return args.compute
  if (companyDependent) return '_compute_company_dependent'
  if (!isComputed) return undefined
  return isTrue(args.sparse) ? '_compute_sparse' : '_compute_properties'
}

function hasInverse(args: Args, companyDependent: boolean, readonly: boolean): boolean {
  if (isTrue(args.inverse)) return true
  return (companyDependent || isTrue(args.sparse) || isTrue(args.related)) && !readonly
}

function indexOf(args: Args, rules: RegistryRules): IndexKind | undefined {
  const { index } = args
  const isDefault = index === undefined && rules.companyDependentColumns
  if (isDefault && flag(args, 'company_dependent') === true) return 'btree_not_null'
  if (!isTrue(index) || isUnevaluated(index)) return undefined
  const isKind = rules.indexKinds && typeof index === 'string' && INDEX_KINDS.has(index)
  return isKind ? (index as IndexKind) : 'btree'
}

function deleteRuleOf(type: string, args: Args): DeleteRule | undefined {
  if (type !== 'many2one' && type !== 'many2many') return undefined
  const rule = textIn(args.ondelete)?.toLowerCase()
  if (rule === 'cascade' || rule === 'restrict' || rule === 'set null') return rule
  return type === 'many2many' ? 'cascade' : undefined
}

/** `related`, as text or as a tuple of texts. */
function pathOf(value: SourceValue | undefined): readonly string[] | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value.split('.')
  const parts = itemsOf(value)
  if (parts === undefined || parts.length === 0) return undefined
  return parts.flatMap((part) => (typeof part === 'string' ? [part] : []))
}
