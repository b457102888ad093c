import { isTrue, textIn } from '../../../odoo/models/index.js'
import type { RegistryField, RegistryModel } from '../../../odoo/registry/index.js'

/** A row of a reflection table: values of its columns, references by names. */
export type ReflectedRow = Readonly<Record<string, string | number | boolean | null>>

export interface ReflectionGiven {
  /** Models to reflect, in Odoo's order. */
  readonly models: readonly RegistryModel[]
  readonly registry: ReadonlyMap<string, RegistryModel>
  /** Docstrings of the framework's classes; where one is missing, `info` is left as it is. */
  readonly docstrings: ReadonlyMap<string, string>
  /** Fields that count as translated because the database says so. */
  readonly staysTranslated: (field: RegistryField) => boolean
}

/** Columns that `mail` adds to ir_model: whether a model has the mixin. */
const MIXINS: Readonly<Record<string, string>> = {
  is_mail_thread: 'mail.thread',
  is_mail_activity: 'mail.activity.mixin',
  is_mail_blacklist: 'mail.thread.blacklist',
}

/** What `tracking=True` stands for (addons/mail/models/ir_model_fields.py). */
const DEFAULT_TRACKING = 100

/** Flags of html fields that are reflected from 17 on. */
const HTML_FLAGS = [
  'sanitize_overridable',
  'sanitize_tags',
  'sanitize_attributes',
  'sanitize_style',
  'sanitize_form',
  'strip_style',
  'strip_classes',
] as const

/** What `fields.Html` has where a definition says nothing. */
const HTML_TRUE: ReadonlySet<string> = new Set([
  'sanitize_tags',
  'sanitize_attributes',
  'sanitize_form',
])

/** Rows of ir_model (`_reflect_model_params`). */
export function modelRows({
  models,
  registry,
  docstrings,
}: ReflectionGiven): readonly ReflectedRow[] {
  const known = registry.get('ir.model')?.fields
  const mixins = Object.entries(MIXINS).filter(([column]) => known?.has(column) === true)
  return models.map((model) => ({
    model: model.name,
    name: model.description,
    order: model.order,
    info: model.docstring ?? docstrings.get(model.frameworkClass) ?? null,
    state: model.module === '' ? 'manual' : 'base',
    transient: model.kind === 'transient',
    ...Object.fromEntries(
      mixins.map(([column, mixin]) => [
        column,
        model.name === mixin || model.ancestors.includes(mixin),
      ]),
    ),
  }))
}

/** Rows of ir_model_fields (`_reflect_field_params`). */
export function fieldRows(given: ReflectionGiven): readonly ReflectedRow[] {
  const known = given.registry.get('ir.model.fields')?.fields
  const has = (column: string): boolean => known?.has(column) === true
  return given.models.flatMap((model) =>
    [...model.fields.values()].map((field) => ({
      ...commonColumns(model, field, given),
      ...(has('tracking') && { tracking: trackingOf(field) }),
      ...(has('currency_field') && {
        currency_field: field.type === 'monetary' ? argument(field, 'currency_field') : null,
      }),
      ...(has('sanitize') && htmlColumns(field)),
      ...(has('company_dependent') && { company_dependent: field.companyDependent }),
      ...(has('serialization_field_id') && { sparse: argument(field, 'sparse') }),
    })),
  )
}

function commonColumns(
  model: RegistryModel,
  field: RegistryField,
  { staysTranslated }: ReflectionGiven,
): ReflectedRow {
  const isMany2many = field.type === 'many2many'
  return {
    model: model.name,
    name: field.name,
    field_description: field.label,
    help: field.help === '' ? null : (field.help ?? null),
    ttype: field.type,
    state: field.manual ? 'manual' : 'base',
    relation: field.comodel ?? null,
    index: field.index !== undefined,
    store: field.store,
    copied: field.copied,
    on_delete: field.type === 'many2one' ? (field.onDelete ?? null) : null,
    related: field.related?.join('.') ?? null,
    readonly: field.readonly,
    required: field.required,
    selectable: field.hasSearch || field.store,
    size: field.size ?? null,
    translate: field.translate || staysTranslated(field),
    relation_field: field.type === 'one2many' ? (field.inverseName ?? null) : null,
    relation_table: isMany2many ? (field.relation?.table ?? argument(field, 'relation')) : null,
    column1: isMany2many ? (field.relation?.column1 ?? argument(field, 'column1')) : null,
    column2: isMany2many ? (field.relation?.column2 ?? argument(field, 'column2')) : null,
  }
}

function argument({ args }: RegistryField, name: string): string | null {
  return textIn(args[name]) ?? null
}

function trackingOf({ args }: RegistryField): number | null {
  const { tracking } = args
  if (tracking === true) return DEFAULT_TRACKING
  return typeof tracking === 'number' ? tracking : null
}

function htmlColumns(field: RegistryField): ReflectedRow {
  const isHtml = field.type === 'html'
  const forMail = field.args.sanitize === 'email_outgoing'
  const flag = (name: string): boolean | null => {
    if (!isHtml) return null
    if (forMail && (name === 'sanitize_tags' || name === 'sanitize_attributes')) return false
    const given = field.args[name]
    return given === undefined ? HTML_TRUE.has(name) : isTrue(given)
  }
  const { sanitize } = field.args
  return {
    sanitize: isHtml ? sanitize === undefined || isTrue(sanitize) : null,
    ...Object.fromEntries(HTML_FLAGS.map((name) => [name, flag(name)])),
  }
}

/** Rows of ir_model_fields_selection: of fields whose values the source tells. */
export function selectionRows({ models }: ReflectionGiven): readonly ReflectedRow[] {
  return models.flatMap((model) =>
    [...model.fields.values()].flatMap((field) => {
      if (field.selection === undefined || field.selection === 'dynamic') return []
      return field.selection.map(({ value, label }, sequence) => ({
        model: model.name,
        field: field.name,
        value,
        name: label,
        sequence,
      }))
    }),
  )
}

/** Rows of ir_model_constraint for SQL constraints; foreign keys are reflected where they are made. */
export function constraintRows({ models }: ReflectionGiven): readonly ReflectedRow[] {
  return models.flatMap((model) =>
    model.constraints.map(({ name, definition, message, module }) => ({
      name,
      module,
      model: model.name,
      type: 'u',
      definition: normalised(definition),
      message,
    })),
  )
}

function normalised(definition: string): string {
  return definition.toLowerCase().replaceAll(', ', ',').replaceAll(' (', '(')
}

/** Rows of ir_model_relation: one for each table of a many2many and the module of its field. */
export function relationRows({ models }: ReflectionGiven): readonly ReflectedRow[] {
  const rows = new Map<string, ReflectedRow>()
  for (const model of models) {
    if (!model.auto) continue
    for (const field of model.fields.values()) {
      const { relation, module } = field
      if (field.type !== 'many2many' || !field.store || field.manual) continue
      if (relation === undefined || module === undefined) continue
      const key = `${relation.table}\n${module}`
      if (!rows.has(key)) rows.set(key, { name: relation.table, module, model: model.name })
    }
  }
  return [...rows.values()]
}

/** Rows of ir_model_inherit (17 and later). */
export function inheritRows({ models }: ReflectionGiven): readonly ReflectedRow[] {
  const rows = new Map<string, ReflectedRow>()
  for (const { name: model, inherits, ownClasses } of models) {
    for (const { inherit } of ownClasses) {
      for (const parent of inherit) {
        if (parent === model || parent === 'base') continue
        rows.set(`${model}\n${parent}`, { model, parent, link: null })
      }
    }
    for (const [parent, link] of inherits) rows.set(`${model}\n${parent}`, { model, parent, link })
  }
  return [...rows.values()]
}
