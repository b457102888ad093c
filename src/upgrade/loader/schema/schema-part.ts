import type { RegistryModel } from '../../../odoo/registry/index.js'
import type { LoadedModule, LoaderHop, LoaderPart } from '../loader-part.js'
import type { LoaderFact, LoaderScope } from '../loader-scope.js'
import { applyConstraints, applyStructure } from './apply-schema.js'
import { type Delayed, delayedFact, nothingDelayed, recallDelayed } from './delayed.js'
import { dropStrayNotNulls } from './drop-stray-not-nulls.js'
import { fillUnfilled } from './fill-unfilled.js'
import { finishDelayed } from './finish-delayed.js'
import { type InitSource, initModels } from './init-models.js'
import { planSchema, schemaScope } from './plan-schema.js'
import { readLiveSchema } from './read-live-schema.js'
import { indexRefused } from './schema-findings.js'
import type { PlannedForeignKey } from './schema-plan.js'
import { schemaRules } from './schema-rules.js'

const PART = 'schema'

/**
 * Tables, columns, constraints, indexes, foreign keys and views of models. What the data stands against is
 * tried again at the end of the hop.
 */
export class SchemaPart implements LoaderPart {
  readonly name = PART
  readonly #inits: InitSource
  readonly #delayed: Delayed = nothingDelayed()
  #made: readonly PlannedForeignKey[] = []

  constructor(inits: InitSource) {
    this.#inits = inits
  }

  /** Foreign keys that the last module got, for their reflection. */
  get madeForeignKeys(): readonly PlannedForeignKey[] {
    return this.#made
  }

  recall(facts: readonly LoaderFact[]): void {
    for (const { value } of facts) recallDelayed(value, this.#delayed)
  }

  async load(loaded: LoadedModule, hop: LoaderHop, scope: LoaderScope): Promise<void> {
    await this.#bringUp(loaded.load.initialised, loaded.module, hop, scope)
  }

  /** Columns that are translated no longer get their plain type back. */
  async settle(again: readonly RegistryModel[], hop: LoaderHop, scope: LoaderScope): Promise<void> {
    this.#made = []
    if (again.length > 0) await this.#bringUp(again, '', hop, scope)
  }

  async finish(hop: LoaderHop, scope: LoaderScope): Promise<void> {
    await finishDelayed(this.#delayed, scope)
    await dropStrayNotNulls([...hop.registry.models.values()], scope.session)
  }

  async #bringUp(
    models: readonly RegistryModel[],
    module: string,
    hop: LoaderHop,
    scope: LoaderScope,
  ): Promise<void> {
    const { session } = scope
    const turn = { module, models, hop, scope }
    const inits = await initModels(this.#inits, turn)
    await inits.before()
    const wanted = {
      models,
      registry: hop.registry.models,
      rules: schemaRules(hop.source.release),
      ownInitColumns: inits.ownInitColumns,
      parity: hop.parity,
    }
    const live = await readLiveSchema(session, schemaScope(wanted))
    const plan = planSchema({ ...wanted, live })
    const views = await applyStructure(session, plan)
    await inits.after()
    await fillUnfilled(plan.unfilled, turn)
    const refused = await applyConstraints(session, plan)
    for (const index of refused.indexes) scope.addFinding(indexRefused(index))
    const failed = new Set(refused.foreignKeys.map(({ attempt }) => attempt))
    this.#made = plan.foreignKeys.filter((key) => !failed.has(key))
    this.#delay(
      {
        constraints: refused.constraints.map(({ attempt }) => attempt),
        foreignKeys: [...failed],
        views: hop.parity ? [] : [...views],
      },
      scope,
    )
  }

  #delay(late: Delayed, { keep }: LoaderScope): void {
    this.#delayed.constraints.push(...late.constraints)
    this.#delayed.foreignKeys.push(...late.foreignKeys)
    this.#delayed.views.push(...late.views)
    const fact = delayedFact(late)
    if (fact !== undefined) keep(fact)
  }
}
