import type { RegistryField, RegistryModel } from '../../../odoo/registry/index.js'
import type { Release } from '../../../odoo/release/index.js'

/** An external identifier of a reflected row, which is found by its names. */
export interface ReflectedXmlId {
  readonly module: string
  readonly name: string
  readonly kind: 'model' | 'field' | 'selection' | 'constraint' | 'inherit'
  /** The model; of a constraint its name, unshortened. */
  readonly owner: string
  /** Field, or parent model. */
  readonly member: string
  /** Value of a selection. */
  readonly value: string
}

export interface XmlIdGiven {
  /** The module at its turn. */
  readonly module: string
  readonly models: readonly RegistryModel[]
  readonly registry: ReadonlyMap<string, RegistryModel>
  readonly release: Release
}

/**
 * The external identifiers that a module's turn gives to the reflected rows of its models, as `_reflect_…` of
 * odoo/addons/base/models/ir_model.py do; pure, so that a process that resumes a run knows them as well.
 */
export function reflectedXmlIds(given: XmlIdGiven): readonly ReflectedXmlId[] {
  const { models, release } = given
  return [
    ...models.flatMap((model) => modelIds(model, given)),
    ...models.flatMap((model) => fieldIds(model, given)),
    ...models.flatMap((model) => selectionIds(model, given)),
    ...models.flatMap(constraintIds),
    ...(release.major >= 17 ? models.flatMap((model) => inheritIds(model, given)) : []),
  ]
}

function modelIds(model: RegistryModel, { module }: XmlIdGiven): readonly ReflectedXmlId[] {
  if (model.modules.at(-1) !== module) return []
  const name = `model_${flat(model.name)}`
  return [{ module, name, kind: 'model', owner: model.name, member: '', value: '' }]
}

function fieldIds(model: RegistryModel, given: XmlIdGiven): readonly ReflectedXmlId[] {
  const { module, registry } = given
  const introduced = [...introducers(model)]
    .filter(([, introducer]) => introducer === module)
    .flatMap(([parent]) => registry.get(parent) ?? [])
  const isOwned = (field: RegistryField): boolean =>
    model.module === module ||
    field.modules.includes(module) ||
    introduced.some((parent) => parent.fields.has(field.name))
  return [...model.fields.values()].filter(isOwned).map((field) => ({
    module,
    name: `field_${flat(model.name)}__${field.name}`,
    kind: 'field',
    owner: model.name,
    member: field.name,
    value: '',
  }))
}

/** Which module made a model inherit each of its parents, the last one where several did. */
function introducers(model: RegistryModel): ReadonlyMap<string, string> {
  const parents = new Map<string, string>()
  for (const { inherit, module } of [...model.ownClasses].reverse()) {
    for (const parent of [...inherit, 'base']) {
      if (parent !== model.name) parents.set(parent, module)
    }
  }
  return parents
}

function selectionIds(
  model: RegistryModel,
  { module, release }: XmlIdGiven,
): readonly ReflectedXmlId[] {
  return [...model.fields.values()].flatMap((field) => {
    if (field.selection === undefined || field.selection === 'dynamic') return []
    return field.selection.flatMap(({ value, modules }) =>
      modules
        .filter((definer) => release.major > 14 || definer === module)
        .map((definer): ReflectedXmlId => {
          const plain = value.replaceAll('.', '_').replaceAll(' ', '_').toLowerCase()
          return {
            module: definer,
            name: `selection__${flat(model.name)}__${field.name}__${plain}`,
            kind: 'selection',
            owner: model.name,
            member: field.name,
            value,
          }
        }),
    )
  })
}

function constraintIds({ constraints }: RegistryModel): readonly ReflectedXmlId[] {
  return constraints.map(({ name, module }) => ({
    module,
    name: `constraint_${name}`,
    kind: 'constraint',
    owner: name,
    member: '',
    value: '',
  }))
}

function inheritIds(model: RegistryModel, { module }: XmlIdGiven): readonly ReflectedXmlId[] {
  const own = model.ownClasses.filter((definition) => definition.module === module)
  const parents = new Set([
    ...own.flatMap(({ inherit }) =>
      inherit.filter((name) => name !== model.name && name !== 'base'),
    ),
    ...(own.length > 0 ? model.inherits.keys() : []),
  ])
  return [...parents].map((parent) => ({
    module,
    name: `model_inherit__${flat(model.name)}__${flat(parent)}`,
    kind: 'inherit',
    owner: model.name,
    member: parent,
    value: '',
  }))
}

function flat(model: string): string {
  return model.replaceAll('.', '_')
}
