import {
  type ClassBody,
  type FieldDefinition,
  isTrue,
  type ModelClass,
  type SourceValue,
} from '../models/index.js'
import { isBody } from './class-nodes.js'
import type { CustomField } from './custom-models.js'
import { type BaseField, deriveField } from './merging/derive-field.js'
import { asDelegate, delegates } from './merging/finish-field.js'
import { magicFields, magicFieldsOf } from './merging/magic-fields.js'
import { mergeDefinitions } from './merging/merge-definitions.js'
import type { ModelState, ModelTraits, Prepared } from './model-state.js'
import { attributeOfClass } from './model-traits.js'
import type { RegistryRules } from './registry-rules.js'

/** Magic fields by the class that gets them: the same objects each time, by which they are recognised. */
export type MagicFields = WeakMap<object, readonly FieldDefinition[]>

/** What the fields of a model are made with. */
export interface PrepareContext {
  readonly rules: RegistryRules
  readonly magic: MagicFields
  readonly traits: ModelTraits
  readonly customFields: readonly CustomField[]
  /** `model.field` that are translated in the database: they stay so while modules are loaded. */
  readonly translated: ReadonlySet<string>
  /** Sets a parent of `_inherits` up; undefined when there is none, or it is just being set up. */
  readonly parent: (model: string) => ModelState | undefined
}

/** Fields of a model by name, and the parents that it delegates to. */
export interface PreparedModel {
  readonly fields: ReadonlyMap<string, Prepared>
  readonly inherits: ReadonlyMap<string, string>
}

/** Merges the definitions of a model's fields and adds those of its `_inherits` (BaseModel._setup_base). */
export function prepareFields(state: ModelState, context: PrepareContext): PreparedModel {
  const fields = new Map<string, Prepared>()
  for (const [name, definitions] of definitionsOf(state, context)) {
    const prepared = prepare(state, name, definitions, context)
    if (prepared !== undefined) fields.set(name, prepared)
  }
  const inherits = new Map(context.traits.inherits)
  linkParents(state, fields, inherits, context)
  if (context.traits.kind !== 'abstract') inheritFields(state, fields, inherits, context)
  return { fields, inherits }
}

/** All definitions by field, oldest first, in the order in which the names appear. */
function definitionsOf(
  state: ModelState,
  context: PrepareContext,
): ReadonlyMap<string, readonly FieldDefinition[]> {
  const known = state.definitions
  if (known !== undefined && areSame(known.order, state.order)) return known.byName
  const byName = collectDefinitions(state, context)
  state.definitions = { order: state.order, byName }
  return byName
}

function collectDefinitions(
  state: ModelState,
  { rules, magic: known, traits, customFields, translated }: PrepareContext,
): ReadonlyMap<string, readonly FieldDefinition[]> {
  const all = new Map<string, FieldDefinition[]>()
  const add = (definition: FieldDefinition): void => {
    const known = all.get(definition.name)
    if (known === undefined) all.set(definition.name, [definition])
    else if (known.at(-1) !== definition) known.push(definition)
  }
  for (const node of [...state.order].reverse()) {
    if (!isBody(node)) continue
    const magic =
      rules.magicFieldsOfClasses && isModelClass(node) ? magicOf(node, rules, known) : NONE
    const replaced = magic.length === 0 ? undefined : new Set(magic.map(({ name }) => name))
    for (const definition of node.fields) {
      if (replaced?.has(definition.name) !== true) add(definition)
    }
    for (const definition of magic) add(definition)
  }
  if (!rules.magicFieldsOfClasses) addLateMagic(state, traits, rules, all)
  for (const field of customFields) {
    if (!all.has(field.name)) add(customDefinition(field))
  }
  for (const [name, definitions] of all) {
    if (!translated.has(`${state.name}.${name}`)) continue
    const given = definitions.findLast(({ args }) => 'translate' in args)
    const [first] = definitions
    if (isTrue(given?.args.translate) || first === undefined) continue
    definitions.push({ ...first, args: { translate: true }, module: '' })
  }
  return all
}

function isModelClass(node: ClassBody): node is ModelClass {
  return 'creates' in node
}

const NONE: readonly FieldDefinition[] = []

function magicOf(
  node: ModelClass,
  rules: RegistryRules,
  made: MagicFields,
): readonly FieldDefinition[] {
  if (!node.creates || node.kind === 'abstract') return NONE
  const known = made.get(node)
  if (known !== undefined) return known
  const log = node.attributes._log_access ?? attributeOfClass(node, '_auto')
  const magic = magicFieldsOf(node, isTrue(log), rules)
  made.set(node, magic)
  return magic
}

/** Up to 14 every model gets them behind its own fields; `id` and `__last_update` replace those. */
function addLateMagic(
  state: ModelState,
  { logAccess }: ModelTraits,
  rules: RegistryRules,
  all: Map<string, FieldDefinition[]>,
): void {
  const place = state.ownClasses().at(-1)?.place ?? { file: '', line: 0 }
  for (const definition of magicFields({ module: '', place }, logAccess, rules)) {
    const isForced = definition.name === 'id' || definition.name.startsWith('__')
    if (!isForced && all.has(definition.name)) continue
    const known = state.prepared.get(definition.name)?.definitions[0]
    all.set(definition.name, [known?.args.automatic === true ? known : definition])
  }
}

function customDefinition({ name, fieldClass, args }: CustomField): FieldDefinition {
  const place = { file: '', line: 0 }
  return { name, fieldClass, place, module: '', args: { ...args, manual: true } }
}

function prepare(
  state: ModelState,
  name: string,
  definitions: readonly FieldDefinition[],
  { rules }: PrepareContext,
): Prepared | undefined {
  const known = state.prepared.get(name)
  if (known !== undefined && areSame(known.definitions, definitions)) return known
  const merged = mergeDefinitions(name, definitions)
  if (merged === undefined) return undefined
  return { base: deriveField(state.name, merged, rules), definitions }
}

function areSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}

/** Makes missing links, forces existing ones, and follows `delegate=True` (BaseModel._inherits_check). */
function linkParents(
  state: ModelState,
  fields: Map<string, Prepared>,
  inherits: Map<string, string>,
  context: PrepareContext,
): void {
  for (const [parent, link] of inherits) {
    const known = fields.get(link)
    if (known === undefined) {
      const made = prepare(state, link, [automaticLink(state, parent, link)], context)
      if (made !== undefined) fields.set(link, made)
      continue
    }
    const base = asDelegate(known.base)
    if (base !== known.base) fields.set(link, sameAsBefore(state, link, { ...known, base }))
  }
  for (const [name, known] of fields) {
    if (!delegates(known.base) || known.base.comodel === undefined) continue
    const base = asDelegate(known.base)
    if (base !== known.base) fields.set(name, sameAsBefore(state, name, { ...known, base }))
    inherits.set(known.base.comodel, name)
  }
}

/** What was forced in the same way before stays the same object. */
function sameAsBefore(state: ModelState, name: string, now: Prepared): Prepared {
  const before = state.prepared.get(name)
  if (before === undefined || !areSame(before.definitions, now.definitions)) return now
  return before.base.required === now.base.required && before.base.onDelete === now.base.onDelete
    ? before
    : now
}

function automaticLink(state: ModelState, parent: string, name: string): FieldDefinition {
  const before = state.prepared.get(name)?.definitions[0]
  if (before?.module === '' && before.args.comodel_name === parent) return before
  const args: Record<string, SourceValue> = {
    comodel_name: parent,
    string: `Automatically created field to link to parent ${parent}`,
    required: true,
    ondelete: 'cascade',
  }
  const place = state.ownClasses()[0]?.place ?? { file: '', line: 0 }
  return { name, fieldClass: 'Many2one', args, module: '', place }
}

/** Fields of parents that the model lacks become related ones (BaseModel._add_inherited_fields). */
function inheritFields(
  state: ModelState,
  fields: Map<string, Prepared>,
  inherits: ReadonlyMap<string, string>,
  context: PrepareContext,
): void {
  const inherited = new Map<string, { readonly link: string; readonly of: BaseField }>()
  for (const [parent, link] of inherits) {
    for (const [name, { base }] of context.parent(parent)?.prepared ?? []) {
      if (!fields.has(name)) inherited.set(name, { link, of: base })
    }
  }
  for (const [name, { link, of }] of inherited) {
    const known = state.prepared.get(name)
    const isSame = known?.of === of && known.base.related?.[0] === link
    fields.set(name, isSame ? known : inheritField(state, { name, link, of }, context))
  }
}

function inheritField(
  state: ModelState,
  { name, link, of }: { readonly name: string; readonly link: string; readonly of: BaseField },
  { rules }: PrepareContext,
): Prepared {
  const args: Record<string, SourceValue> = {
    ...{ related: `${link}.${name}`, inherited: true },
    ...{ copy: of.copied, readonly: of.readonly },
  }
  const { fieldClass, customClass } = of
  const merged = {
    ...{ name, args, fieldClass, definitions: [], modules: [], module: undefined },
    ...(customClass !== undefined && { customClass }),
  }
  return { base: deriveField(state.name, merged, rules), definitions: [], of }
}
