import type { ModuleLoad, RegistryField, RegistryModel } from '../../odoo/registry/index.js'
import { type FieldAttributes, fieldAttributes, withoutEmpty } from './field-attributes.js'
import { reprDict } from './python-repr.js'
import type { FieldAttribute, FieldRecord, RecordPlace } from './release-records.js'

/** The registry as the recorder needs it. */
export interface RegistryView {
  readonly models: ReadonlyMap<string, RegistryModel>
}

interface Draft extends FieldRecord {
  readonly attributes: Partial<Record<FieldAttribute, string>>
}

/**
 * Records what each module makes of each field, as upgrade_analysis does while a server loads the modules: an
 * attribute belongs to the first module whose loading makes its value appear, and one that becomes empty is
 * not noticed.
 */
export class FieldRecorder {
  readonly #registry: RegistryView
  /** Model, then field → attributes so far. */
  readonly #known = new Map<string, Map<string, Partial<Record<string, string>>>>()
  /** The field object that was looked at last: the same object holds the same attributes. */
  readonly #seen = new WeakMap<RegistryField, true>()
  readonly #records: Draft[] = []

  constructor(registry: RegistryView) {
    this.#registry = registry
  }

  /** Records what one module did; to be called right behind its loading. */
  record({ module, changed }: ModuleLoad): void {
    for (const model of changed) {
      if (!model.auto || model.kind !== 'model') continue
      this.#recordModel(module, model)
    }
  }

  /** All records, with the columns of many2many tables as the whole release has them. */
  finish(): readonly FieldRecord[] {
    return this.#records.map((record) => {
      if (record.attributes.table === undefined) return record
      const relation = this.#registry.models.get(record.model)?.fields.get(record.field)?.relation
      const columns = { column1: relation?.column1, column2: relation?.column2 }
      return { ...record, attributes: { ...record.attributes, ...withoutEmpty(columns) } }
    })
  }

  #recordModel(module: string, model: RegistryModel): void {
    const [own] = model.ownClasses
    const pseudo = (field: '_order' | '_inherits', value: string): void =>
      this.#add(module, model.name, field, { [field]: value }, own?.place)
    const lookUp = (name: string, field: string): RegistryField | undefined =>
      this.#registry.models.get(name)?.fields.get(field)
    for (const field of model.fields.values()) {
      if (this.#seen.has(field)) continue
      this.#seen.set(field, true)
      const place = field.definitions.at(-1)?.place
      this.#add(module, model.name, field.name, fieldAttributes(field, lookUp), place, field.label)
    }
    pseudo('_order', model.order)
    if (model.inherits.size > 0) pseudo('_inherits', reprDict(model.inherits))
  }

  #add(
    module: string,
    model: string,
    field: string,
    attributes: FieldAttributes,
    place: RecordPlace | undefined,
    label?: string,
  ): void {
    const fields = this.#known.get(model) ?? new Map<string, Partial<Record<string, string>>>()
    this.#known.set(model, fields)
    const known = fields.get(field)
    const news = Object.entries(attributes).filter(([name, value]) => known?.[name] !== value)
    if (known !== undefined && news.length === 0) return
    fields.set(field, { ...known, ...attributes })
    this.#records.push({
      module,
      mode: known === undefined ? 'create' : 'modify',
      model,
      field,
      attributes: Object.fromEntries(news),
      ...(place !== undefined && { place }),
      ...(label !== undefined && { label }),
    })
  }
}
