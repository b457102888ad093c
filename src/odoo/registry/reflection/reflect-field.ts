import { isTrue, isUnevaluated, type SourceValue, textIn } from '../../models/index.js'
import type { RegistryField } from '../registry-field.js'
import { definersOf, type RegistryModel } from '../registry-model.js'
import type { RegistryRules } from '../registry-rules.js'
import type { FieldRow } from './reflected-rows.js'

type Cell = string | number | boolean | null

const SANITIZING: readonly (readonly [name: string, byDefault: boolean])[] = [
  ['sanitize', true],
  ['sanitize_overridable', false],
  ['sanitize_tags', true],
  ['sanitize_attributes', true],
  ['sanitize_style', false],
  ['sanitize_form', true],
  ['strip_style', false],
  ['strip_classes', false],
]
/** `tracking=True` stands for this place among the tracked values. */
const TRACKED = 100
const MAIL = 'mail.thread'

/** What columns beside the usual ones a field's row has. */
export interface ReflectionTraits {
  readonly rules: RegistryRules
  /** The module `mail` is there. */
  readonly hasTracking: boolean
  readonly models: ReadonlyMap<string, RegistryModel>
}

/** The row of `ir_model_fields` (ir.model.fields._reflect_field_params). */
export function reflectField(field: RegistryField, traits: ReflectionTraits): FieldRow {
  const { args, relation, type } = field
  const isRelation = type === 'many2many'
  // What a related field names is shown, though nothing is made of it.
  const isShown = isRelation && field.related !== undefined
  const shown = (name: string): string | null => (isShown ? (textIn(args[name]) ?? null) : null)
  return {
    model: field.model,
    name: field.name,
    field_description: field.label,
    help: field.help || null,
    ttype: type,
    state: field.manual ? 'manual' : 'base',
    relation: field.comodel || null,
    index: field.index !== undefined,
    store: field.store,
    copied: field.copied,
    on_delete: type === 'many2one' ? (field.onDelete ?? null) : null,
    related: field.related?.join('.') ?? null,
    readonly: field.readonly,
    required: field.required,
    selectable: field.store || field.hasSearch,
    size: field.size ?? null,
    translate: field.translate,
    relation_field: field.inverseName ?? null,
    relation_table: relation?.table ?? shown('relation'),
    column1: relation?.column1 ?? shown('column1'),
    column2: relation?.column2 ?? shown('column2'),
    more: moreOf(field, traits),
  }
}

function moreOf(
  field: RegistryField,
  { rules, hasTracking, models }: ReflectionTraits,
): Readonly<Record<string, Cell>> {
  const more: Record<string, Cell> = {}
  const { args, type } = field
  if (rules.reflectsSanitizing) {
    more.currency_field = type === 'monetary' ? (textIn(args.currency_field) ?? null) : null
    for (const [name, byDefault] of SANITIZING) {
      more[name] = type === 'html' ? sanitizing(args, name, byDefault) : null
    }
  }
  if (rules.companyDependentColumns) more.company_dependent = field.companyDependent
  if (hasTracking) more.tracking = trackingOf(trackedAs(field, models))
  return more
}

/** `email_outgoing` (18) stands for sanitizing that keeps what mails need. */
function sanitizing(args: RegistryField['args'], name: string, byDefault: boolean): boolean {
  if (textIn(args.sanitize) === 'email_outgoing') return name === 'sanitize'
  const value = args[name]
  return value === undefined || isUnevaluated(value) ? byDefault : isTrue(value)
}

/**
 * A related field has what the definition of its target says, as of every argument that the framework does not know,
 * where its own model takes such arguments (Field.setup_related, `_valid_field_parameter`).
 */
function trackedAs(
  { args, model, related = [] }: RegistryField,
  models: ReflectionTraits['models'],
): SourceValue | undefined {
  if (args.tracking !== undefined || related.length === 0) return args.tracking
  let current = models.get(model)
  if (current === undefined || !takesTracking(current)) return undefined
  let target: RegistryField | undefined
  for (const name of related) {
    target = current?.fields.get(name)
    current = models.get(target?.comodel ?? '')
  }
  return target?.args.tracking
}

function takesTracking(model: RegistryModel): boolean {
  if (model.kind === 'abstract' || model.ancestors.includes(MAIL)) return true
  // A model that has the method says which argument it takes; here it is the one that its own fields have.
  return (
    definersOf(model, '_valid_field_parameter').some(({ name }) => name === model.name) &&
    [...model.fields.values()].some(({ args }) => args.tracking !== undefined)
  )
}

function trackingOf(value: SourceValue | undefined): number | null {
  if (value === true) return TRACKED
  return typeof value === 'number' ? value : null
}
