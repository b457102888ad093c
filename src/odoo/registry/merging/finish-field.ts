import { textIn } from '../../models/index.js'
import type { RegistryField, RelationTable, WantedColumn } from '../registry-field.js'
import type { RegistryRules } from '../registry-rules.js'
import { type BaseField, flag } from './derive-field.js'
import { columnTypeOf } from './field-classes.js'

/** What a field has to know of a model. */
export interface ModelFacts {
  readonly table: string
  readonly isTransient: boolean
}

/** What a field is completed with. */
export interface FieldContext {
  readonly own: ModelFacts
  /** Undefined while no module defines it. */
  readonly comodel: ModelFacts | undefined
  readonly rules: RegistryRules
}

/** The end of a related path, and the field with which the path begins. */
export interface RelatedEnds {
  readonly target: RegistryField
  readonly link: RegistryField | undefined
}

/** Completes a field that is not related (Field.setup_nonrelated). */
export function finishField(base: BaseField, context: FieldContext): RegistryField {
  const { own, comodel, rules } = context
  const isLink = base.type === 'many2one'
  return {
    ...base,
    onDelete: isLink ? (base.onDelete ?? defaultDelete(base, own, comodel)) : base.onDelete,
    relation: base.type === 'many2many' ? relationOf(base, context) : undefined,
    column: columnOf(base, rules),
  }
}

/**
 * Completes a related field from the end of its path: what it is not given itself (Field.setup_related).
 * Without an end it stays as it is.
 */
export function finishRelated(
  base: BaseField,
  ends: RelatedEnds | undefined,
  rules: RegistryRules,
): RegistryField {
  if (ends === undefined) {
    return { ...base, label: base.label || base.name, column: columnOf(base, rules) }
  }
  const { target, link } = ends
  const { args } = base
  const isGiven = (name: string): boolean => name in args
  const modules = [...base.modules, ...(link?.modules ?? []), ...target.modules]
  const finished: RegistryField = {
    ...base,
    label: isGiven('string') ? base.label : target.label,
    help: isGiven('help') ? base.help : target.help,
    comodel: isGiven('comodel_name') ? base.comodel : target.comodel,
    translate: isGiven('translate') ? base.translate : target.translate,
    size: isGiven('size') ? base.size : target.size,
    hasSearch: base.hasSearch || target.store || target.hasSearch,
    required: base.required || (base.inherited && target.required),
    args: withBorrowed(args, target),
    modules: base.inherited ? [...new Set(modules)] : base.modules,
  }
  return { ...finished, column: columnOf(finished, rules) }
}

const BORROWED: readonly string[] = [
  ...['comodel_name', 'digits', 'model_field', 'groups', 'sanitize', 'sanitize_overridable'],
  ...['sanitize_tags', 'sanitize_attributes', 'sanitize_style', 'sanitize_form'],
  ...['strip_style', 'strip_classes'],
]

function withBorrowed(args: RegistryField['args'], target: RegistryField): RegistryField['args'] {
  const borrowed = BORROWED.filter((name) => !(name in args) && target.args[name] !== undefined)
  if (borrowed.length === 0) return args
  return {
    ...Object.fromEntries(borrowed.map((name) => [name, target.args[name] ?? null])),
    ...args,
  }
}

function defaultDelete(
  field: Pick<RegistryField, 'required'>,
  own: ModelFacts,
  comodel: ModelFacts | undefined,
): RegistryField['onDelete'] {
  if (!field.required) return 'set null'
  return own.isTransient && comodel?.isTransient === false ? 'cascade' : 'restrict'
}

function relationOf(base: BaseField, { own, comodel }: FieldContext): RelationTable | undefined {
  if (!base.store) return undefined
  const { args } = base
  const given = textIn(args.relation)
  const other = comodel?.table ?? '_unknown'
  const [first, second] = [own.table, other].sort()
  return {
    table: given || `${first}_${second}_rel`,
    column1: textIn(args.column1) || `${own.table}_id`,
    column2: textIn(args.column2) || `${other}_id`,
    explicit: Boolean(given),
  }
}

function columnOf(field: RegistryField, rules: RegistryRules): WantedColumn | undefined {
  if (!field.store) return undefined
  const { digits } = field.args
  const type = columnTypeOf(
    {
      className: field,
      translate: field.translate,
      companyDependent: field.companyDependent,
      attachment: field.attachment === true,
      hasDigits: digits !== undefined && digits !== null,
    },
    rules,
  )
  if (type === undefined) return undefined
  const isSized = type === 'varchar' && field.size !== undefined
  return {
    name: field.name,
    type,
    ddlType: isSized ? `varchar(${field.size})` : type,
    notNull: field.required || field.fieldClass === 'Id',
    comment: field.label,
    index: honouredIndex(field, rules),
  }
}

/** A btree over translations is not made. */
function honouredIndex(field: RegistryField, rules: RegistryRules): WantedColumn['index'] {
  const isTranslated = rules.jsonTranslations && field.translate
  return isTranslated && field.index !== 'trigram' ? undefined : field.index
}

/** Whether a many2one delegates to its comodel (`delegate=True`). */
export function delegates(base: BaseField): boolean {
  return (
    base.type === 'many2one' && base.related === undefined && flag(base.args, 'delegate') === true
  )
}

/** A link of `_inherits` must be required, and cascade or restrict; it is forced to. */
export function asDelegate(base: BaseField): BaseField {
  const isProper = base.required && (base.onDelete === 'cascade' || base.onDelete === 'restrict')
  return isProper ? base : { ...base, required: true, onDelete: 'cascade' }
}
