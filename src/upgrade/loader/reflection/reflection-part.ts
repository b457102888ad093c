import type { RegistryModel } from '../../../odoo/registry/index.js'
import type { LoadedModule, LoaderHop, LoaderPart } from '../loader-part.js'
import type { LoaderScope } from '../loader-scope.js'
import type { SchemaPart } from '../schema/schema-part.js'
import { reflectedXmlIds } from './reflected-xml-ids.js'
import { reflectForeignKeys, writeReflection } from './write-reflection.js'
import { writeReflectedXmlIds } from './write-xml-ids.js'

/** The rows of `ir_model…` that tell what models there are; behind the schema. */
export class ReflectionPart implements LoaderPart {
  readonly name = 'reflection'
  readonly #schema: SchemaPart
  readonly #docstrings: ReadonlyMap<string, string>

  constructor(schema: SchemaPart, docstrings: ReadonlyMap<string, string>) {
    this.#schema = schema
    this.#docstrings = docstrings
  }

  replay({ module, load }: LoadedModule, hop: LoaderHop): void {
    for (const id of this.#xmlIds(module, load.initialised, hop)) {
      hop.xmlIds.add(`${id.module}.${id.name}`)
    }
  }

  async load({ module, load }: LoadedModule, hop: LoaderHop, scope: LoaderScope): Promise<void> {
    await this.#write(load.initialised, hop, scope)
    const ids = this.#xmlIds(module, load.initialised, hop)
    await writeReflectedXmlIds(scope.session, ids, hop.source.release)
    for (const id of ids) hop.xmlIds.add(`${id.module}.${id.name}`)
  }

  /** Fields that are translated no longer are reflected so. */
  async settle(hop: LoaderHop, scope: LoaderScope): Promise<void> {
    const models = this.#schema.settledModels
    if (models.length > 0) await this.#write(models, hop, scope)
  }

  async #write(
    models: readonly RegistryModel[],
    { registry }: LoaderHop,
    { session }: LoaderScope,
  ): Promise<void> {
    await writeReflection(session, {
      models,
      registry: registry.models,
      docstrings: this.#docstrings,
      staysTranslated: (field) => this.#schema.staysTranslated(field),
    })
    await reflectForeignKeys(session, this.#schema.madeForeignKeys, registry.models)
  }

  #xmlIds(module: string, models: readonly RegistryModel[], { source, registry }: LoaderHop) {
    const { release } = source
    return reflectedXmlIds({ module, models, registry: registry.models, release })
  }
}
