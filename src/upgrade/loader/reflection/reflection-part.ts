import {
  type ModuleReflection,
  type RegistryModel,
  reflectModule,
} from '../../../odoo/registry/index.js'
import type { LoadedModule, LoaderHop, LoaderPart } from '../loader-part.js'
import type { LoaderScope } from '../loader-scope.js'
import type { SchemaPart } from '../schema/schema-part.js'
import { reflectForeignKeys } from './reflect-foreign-keys.js'
import { writeReflection } from './write-reflection.js'
import { writeReflectedXmlIds } from './write-xml-ids.js'

/** The rows of `ir_model…` that tell what models there are; behind the schema. */
export class ReflectionPart implements LoaderPart {
  readonly name = 'reflection'
  readonly #schema: SchemaPart
  readonly #docstrings: Readonly<Record<string, string>>

  /** `docstrings`: of the framework's classes; `ir_model.info` stays as it is where one is missing. */
  constructor(schema: SchemaPart, docstrings: Readonly<Record<string, string>>) {
    this.#schema = schema
    this.#docstrings = docstrings
  }

  replay({ load }: LoadedModule, hop: LoaderHop): void {
    noteIds(this.#reflect(load.module, load.initialised, hop), hop)
  }

  async load({ load }: LoadedModule, hop: LoaderHop, scope: LoaderScope): Promise<void> {
    const reflection = await this.#write(load.module, load.initialised, hop, scope)
    await writeReflectedXmlIds(scope.session, reflection.xmlIds, hop.source.release)
    noteIds(reflection, hop)
  }

  /** Fields that are translated no longer are reflected so; external identifiers stay as they are. */
  async settle(again: readonly RegistryModel[], hop: LoaderHop, scope: LoaderScope): Promise<void> {
    if (again.length > 0) await this.#write('', again, hop, scope)
  }

  async #write(
    module: string,
    models: readonly RegistryModel[],
    hop: LoaderHop,
    { session }: LoaderScope,
  ): Promise<ModuleReflection> {
    const reflection = this.#reflect(module, models, hop)
    await writeReflection(session, reflection, hop.registry.models)
    await reflectForeignKeys(session, this.#schema.madeForeignKeys, hop.registry.models)
    return reflection
  }

  #reflect(
    module: string,
    models: readonly RegistryModel[],
    { registry }: LoaderHop,
  ): ModuleReflection {
    const load = { module, touched: [], created: [], initialised: models, changed: [] }
    return reflectModule(load, registry, { frameworkDocs: this.#docstrings })
  }
}

function noteIds({ xmlIds }: ModuleReflection, hop: LoaderHop): void {
  for (const { module, name } of xmlIds) hop.xmlIds.add(`${module}.${name}`)
}
