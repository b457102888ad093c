import type { PoEntry } from '../../../../odoo/data/index.js'
import type { RegistryField } from '../../../../odoo/registry/index.js'
import type { ModelRegistry } from '../../loader-source.js'
import { translationKind } from '../translation-kind.js'

/** Texts by language. */
export type ByLanguage = Record<string, string>

/** A record by its external identifier, with texts of its fields. */
export interface TranslatedRecord<T> {
  readonly module: string
  readonly name: string
  readonly fields: Map<string, T>
}

type Records<T> = Map<string, Map<string, TranslatedRecord<T>>>

/** Translations of files, for the fields that the models have at this moment; the last one of a text wins. */
export class ModuleTexts {
  /** Of fields that are translated as a whole, by model and external identifier. */
  readonly whole: Records<ByLanguage> = new Map()
  /** Of terms, by their source. */
  readonly terms: Records<Map<string, ByLanguage>> = new Map()
  readonly #registry: ModelRegistry

  constructor(registry: ModelRegistry) {
    this.#registry = registry
  }

  get isEmpty(): boolean {
    return this.whole.size === 0 && this.terms.size === 0
  }

  /** Takes what an entry says about fields; code is read from the files when it runs. */
  add({ source, translation, references }: PoEntry, language: string): void {
    if (source === '' || translation === '') return
    for (const reference of references) {
      if (reference.kind !== 'model' && reference.kind !== 'model_terms') continue
      const { model, field: fieldName } = reference
      const field = this.#storedField(model, fieldName)
      const kind = field && translationKind(field)
      if (kind === undefined || (kind === 'whole') !== (reference.kind === 'model')) continue
      if (kind === 'whole') {
        textsOf(this.whole, reference, (): ByLanguage => ({}))[language] = translation
      } else {
        const terms = textsOf(this.terms, reference, () => new Map<string, ByLanguage>())
        const texts = terms.get(source)
        if (texts === undefined) terms.set(source, { [language]: translation })
        else texts[language] = translation
      }
    }
  }

  #storedField(model: string, name: string): RegistryField | undefined {
    const known = this.#registry.models.get(model)
    if (known?.auto !== true) return undefined
    const field = known.fields.get(name)
    return field?.store === true && field.column !== undefined ? field : undefined
  }
}

interface Target {
  readonly model: string
  readonly field: string
  readonly module: string
  readonly name: string
}

function textsOf<T>(records: Records<T>, target: Target, create: () => T): T {
  const { model, field, module, name } = target
  const ofModel = records.get(model) ?? new Map<string, TranslatedRecord<T>>()
  records.set(model, ofModel)
  const key = `${module}.${name}`
  const record = ofModel.get(key) ?? { module, name, fields: new Map<string, T>() }
  ofModel.set(key, record)
  const texts = record.fields.get(field) ?? create()
  record.fields.set(field, texts)
  return texts
}
