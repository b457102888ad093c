import type { Sql } from '../../../db/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'
import type {
  AttachmentWrite,
  ModelSchema,
  OrmScope,
  RecordChange,
  RecordEffects,
} from '../../../scripts/orm/index.js'
import type { LoaderHop } from '../loader-part.js'
import { columnDefaults } from './column-defaults.js'
import { logCreation } from './creation-messages.js'
import type { EffectsScope } from './effects-scope.js'
import { fittedContents, type PictureFitter } from './pictures.js'
import { computeStored } from './stored-computes.js'
import { askGuards } from './unlink-guards.js'

/** What effects work with. */
export interface EffectsOptions {
  /** Without it pictures stay as they are. */
  readonly fitter?: PictureFitter
  /** The release's own code does what is left undone here: nothing is told of it. */
  readonly isComplete?: boolean
}

/**
 * Side effects of what scripts do with records, as the source of the modules that are loaded so far has them. A
 * model of none of them has none: its database is still the old release's.
 */
export class LoaderEffects implements RecordEffects {
  readonly #hop: () => Promise<LoaderHop>
  readonly #fitter: PictureFitter | undefined
  readonly #isComplete: boolean

  constructor(hop: () => Promise<LoaderHop>, { fitter, isComplete = false }: EffectsOptions = {}) {
    this.#hop = hop
    this.#fitter = fitter
    this.#isComplete = isComplete
  }

  async defaults(scope: OrmScope, schema: ModelSchema): Promise<ReadonlyMap<string, Sql>> {
    const found = await this.#find(scope, schema.model)
    return found === undefined ? new Map() : columnDefaults(found.model, schema, found.scope)
  }

  async contents(
    { findings, session, files }: OrmScope,
    writes: readonly AttachmentWrite[],
  ): Promise<readonly AttachmentWrite[]> {
    if (this.#fitter === undefined) return writes
    const { registry } = await this.#hop()
    return fittedContents(writes, {
      models: registry.models,
      fitter: this.#fitter,
      session,
      read: files?.read.bind(files),
      addFinding: (finding) => findings?.add(finding),
    })
  }

  async created(scope: OrmScope, { model, ids }: RecordChange): Promise<void> {
    const found = await this.#find(scope, model)
    if (found === undefined) return
    await computeStored(found.model, ids, 'all', found.scope)
    await logCreation(found.model, ids, found.scope)
  }

  async written(scope: OrmScope, { model, ids, fields }: RecordChange): Promise<void> {
    const found = await this.#find(scope, model)
    if (found !== undefined) await computeStored(found.model, ids, new Set(fields), found.scope)
  }

  async beforeUnlink(scope: OrmScope, model: string, ids: readonly number[]): Promise<void> {
    const found = await this.#find(scope, model)
    if (found !== undefined) await askGuards(found.model, ids, found.scope)
  }

  async #find(
    { session, context, findings }: OrmScope,
    name: string,
  ): Promise<{ readonly model: RegistryModel; readonly scope: EffectsScope } | undefined> {
    const { registry, source } = await this.#hop()
    const model = registry.models.get(name)
    if (model === undefined) return undefined
    const scope: EffectsScope = {
      session,
      models: registry.models,
      release: source.release,
      uid: context.uid,
      addFinding: (finding) => {
        if (!this.#isComplete) findings?.add(finding)
      },
    }
    return { model, scope }
  }
}
