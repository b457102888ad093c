import type { ModuleLoad } from '../module-load.js'
import type { Registry } from '../registry.js'
import type { RegistryModel } from '../registry-model.js'
import { relationsOf } from '../schema/wanted-relations.js'
import { reflectField } from './reflect-field.js'
import type {
  ConstraintRow,
  InheritRow,
  ModelRow,
  ModuleReflection,
  RelationRow,
  SelectionRow,
  XmlIdRow,
} from './reflected-rows.js'

/** What the rows need that is not in the models. */
export interface ReflectionOptions {
  /** Docstrings of the framework's classes, which stand in `ir_model.info` of most models. */
  readonly frameworkDocs?: Readonly<Record<string, string>>
}

const MAIL = 'mail.thread'
const ROOT = 'base'

/** Rows and xml ids that Odoo writes about the models which a load initialises. */
export function reflectModule(
  load: ModuleLoad,
  registry: Registry,
  options: ReflectionOptions = {},
): ModuleReflection {
  const { models, rules } = registry
  const hasMail = models.has(MAIL)
  const { module, initialised } = load
  const constraints: ConstraintRow[] = []
  const inherits: InheritRow[] = []
  const xmlIds: XmlIdRow[] = []
  for (const model of initialised) {
    const { name } = model
    if (model.ownClasses[0]?.module === module) {
      xmlIds.push({ module, name: `model_${idPart(name)}`, model: 'ir.model', key: [name] })
    }
    xmlIds.push(...fieldIds(model, module, registry), ...selectionIds(model, module, registry))
    for (const constraint of model.constraints) {
      constraints.push({ ...constraint, model: name, definition: simplify(constraint.definition) })
      xmlIds.push(constraintId(constraint.module, constraint.name))
    }
    if (!rules.reflectsInheritance) continue
    for (const row of inheritsOf(model)) {
      inherits.push(row)
      const id = `model_inherit__${idPart(name)}__${idPart(row.parent)}`
      const key = [name, row.parent]
      for (const owner of ownersOf(model, row.parent)) {
        if (owner === module) xmlIds.push({ module, name: id, model: 'ir.model.inherit', key })
      }
    }
  }
  return {
    models: initialised.map((model) => reflectModel(model, hasMail, options)),
    fields: initialised.flatMap((model) =>
      [...model.fields.values()].map((field) =>
        reflectField(field, { rules, hasTracking: hasMail, models }),
      ),
    ),
    selections: initialised.flatMap(selectionsOf),
    ...{ constraints, inherits, xmlIds },
    relations: relationRows(load, registry),
  }
}

/** A model's or field's name as part of an xml id. */
export function idPart(name: string): string {
  return name.replaceAll('.', '_')
}

function reflectModel(
  model: RegistryModel,
  hasMail: boolean,
  { frameworkDocs }: ReflectionOptions,
): ModelRow {
  const { name, ancestors } = model
  return {
    model: name,
    name: model.description,
    order: model.order,
    info: model.docstring ?? frameworkDocs?.[model.frameworkClass],
    state: model.module === '' ? 'manual' : 'base',
    transient: model.kind === 'transient',
    ...(hasMail && {
      mail: {
        thread: name === MAIL || ancestors.includes(MAIL),
        activity: name === 'mail.activity.mixin' || ancestors.includes('mail.activity.mixin'),
        blacklist: name === 'mail.thread.blacklist' || ancestors.includes('mail.thread.blacklist'),
      },
    }),
  }
}

/** By which module a field's xml id is written: see ir.model.fields._reflect_fields. */
function fieldIds(model: RegistryModel, module: string, registry: Registry): readonly XmlIdRow[] {
  const introduced = [...registry.introducedParents(model.name)]
    .filter(([, by]) => by === module)
    .flatMap(([parent]) => registry.models.get(parent) ?? [])
  return [...model.fields.values()].flatMap((field) => {
    const isOwn =
      model.module === module ||
      field.modules.includes(module) ||
      introduced.some(({ fields }) => fields.has(field.name))
    if (!isOwn) return []
    const name = `field_${idPart(model.name)}__${field.name}`
    return [{ module, name, model: 'ir.model.fields' as const, key: [model.name, field.name] }]
  })
}

function selectionsOf(model: RegistryModel): readonly SelectionRow[] {
  return [...model.fields.values()].flatMap(({ name, selection }) =>
    typeof selection !== 'object'
      ? []
      : selection.map(({ value, label }, sequence) => ({
          ...{ model: model.name, field: name, value, sequence },
          name: label,
        })),
  )
}

function selectionIds(
  model: RegistryModel,
  module: string,
  { rules }: Registry,
): readonly XmlIdRow[] {
  return [...model.fields.values()].flatMap(({ name, selection }) => {
    if (typeof selection !== 'object') return []
    return selection.flatMap(({ value, modules }) => {
      const part = value.replace(/[. ]/g, '_').toLowerCase()
      const owners = rules.selectionIdsOfLoadedModule
        ? modules.filter((owner) => owner === module)
        : modules
      return owners.map((owner) => ({
        module: owner,
        name: `selection__${idPart(model.name)}__${name}__${part}`,
        model: 'ir.model.fields.selection' as const,
        key: [model.name, name, value],
      }))
    })
  })
}

function constraintId(module: string, name: string): XmlIdRow {
  return { module, name: `constraint_${name}`, model: 'ir.model.constraint', key: [name, module] }
}

/** As `ir_model_constraint.definition` has it. */
function simplify(definition: string): string {
  return definition.toLowerCase().replaceAll(', ', ',').replaceAll(' (', '(')
}

function inheritsOf(model: RegistryModel): readonly InheritRow[] {
  const rows = new Map<string, InheritRow>()
  for (const { inherit } of model.ownClasses) {
    for (const parent of inherit) {
      if (parent !== model.name && parent !== ROOT) {
        rows.set(parent, { model: model.name, parent, parentField: null })
      }
    }
  }
  for (const [parent, parentField] of model.inherits) {
    rows.set(parent, { model: model.name, parent, parentField })
  }
  return [...rows.values()]
}

/** Modules whose classes name the parent. */
function ownersOf(model: RegistryModel, parent: string): readonly string[] {
  const link = model.inherits.get(parent)
  const named = model.ownClasses.filter(
    ({ inherit, fields, attributes }) =>
      inherit.includes(parent) ||
      (link !== undefined &&
        ('_inherits' in attributes || fields.some(({ name }) => name === link))),
  )
  return [...new Set(named.map(({ module }) => module))]
}

/** One for each table and module. */
function relationRows(load: ModuleLoad, { models, rules }: Registry): readonly RelationRow[] {
  const rows = new Map<string, RelationRow>()
  for (const { table, model, module } of relationsOf(load, models, rules)) {
    if (module === undefined) continue
    const key = `${table} ${module}`
    if (!rows.has(key)) rows.set(key, { name: table, model, module })
  }
  return [...rows.values()]
}
