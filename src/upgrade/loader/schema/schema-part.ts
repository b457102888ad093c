import type { RegistryField, RegistryModel } from '../../../odoo/registry/index.js'
import { releaseRules } from '../../../odoo/release/index.js'
import type { LoadedModule, LoaderHop, LoaderPart } from '../loader-part.js'
import type { LoaderFact, LoaderScope } from '../loader-scope.js'
import { applyConstraints, applyStructure } from './apply-schema.js'
import { type Delayed, delayedFact, nothingDelayed, recallDelayed } from './delayed.js'
import { dropStrayNotNulls } from './drop-stray-not-nulls.js'
import { fillUnfilled } from './fill-unfilled.js'
import { finishDelayed } from './finish-delayed.js'
import { type InitSource, initModels } from './init-models.js'
import { staysTranslated } from './plan-draft.js'
import { planSchema, schemaScope } from './plan-schema.js'
import { readLiveSchema } from './read-live-schema.js'
import { indexRefused } from './schema-findings.js'
import type { PlannedForeignKey } from './schema-plan.js'
import { type SchemaRules, schemaRules } from './schema-rules.js'
import { readTranslatedFields } from './translated-fields.js'

const PART = 'schema'

/**
 * Tables, columns, constraints, indexes, foreign keys and views of models. What the data stands against is
 * tried again at the end of the hop.
 */
export class SchemaPart implements LoaderPart {
  readonly name = PART
  readonly #inits: InitSource
  readonly #delayed: Delayed = nothingDelayed()
  #translatedBefore: ReadonlySet<string> = new Set()
  #made: readonly PlannedForeignKey[] = []
  #settled: readonly RegistryModel[] = []
  #rules: SchemaRules | undefined

  constructor(inits: InitSource) {
    this.#inits = inits
  }

  /** Foreign keys that the last module got, for their reflection. */
  get madeForeignKeys(): readonly PlannedForeignKey[] {
    return this.#made
  }

  /** Models that were brought up again because they translate less than before. */
  get settledModels(): readonly RegistryModel[] {
    return this.#settled
  }

  /** Whether a field counts as translated because the database says so. */
  staysTranslated(field: RegistryField): boolean {
    const rules = this.#rules
    return (
      rules !== undefined &&
      staysTranslated(field, { rules, translatedBefore: this.#translatedBefore })
    )
  }

  async begin({ source }: LoaderHop, { session, keep }: LoaderScope): Promise<void> {
    if (!releaseRules(source.release).mendsUntranslatedColumns) return
    const fields = await readTranslatedFields(session)
    this.#translatedBefore = new Set(fields)
    keep({ part: PART, value: { translated: fields } })
  }

  recall(facts: readonly LoaderFact[]): void {
    for (const { value } of facts) {
      recallDelayed(value, this.#delayed)
      if (typeof value === 'object' && value !== null && 'translated' in value) {
        this.#translatedBefore = new Set(value.translated as readonly string[])
      }
    }
  }

  async load(loaded: LoadedModule, hop: LoaderHop, scope: LoaderScope): Promise<void> {
    await this.#bringUp(loaded.load.initialised, loaded.module, hop, scope)
  }

  /** Columns that no module translates any longer get their plain type back. */
  async settle(hop: LoaderHop, scope: LoaderScope): Promise<void> {
    this.#settled = this.#untranslated(hop)
    this.#translatedBefore = new Set()
    this.#made = []
    if (this.#settled.length > 0) await this.#bringUp(this.#settled, '', hop, scope)
  }

  /** Models with fields that the database translates and the release does not. */
  #untranslated({ registry }: LoaderHop): readonly RegistryModel[] {
    const names = new Set<string>()
    for (const full of this.#translatedBefore) {
      const dot = full.lastIndexOf('.')
      const field = registry.models.get(full.slice(0, dot))?.fields.get(full.slice(dot + 1))
      if (field !== undefined && !field.translate) names.add(field.model)
    }
    return [...names].sort().flatMap((name) => registry.models.get(name) ?? [])
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
    this.#rules = schemaRules(hop.source.release)
    const turn = { module, models, hop, scope }
    const inits = await initModels(this.#inits, turn)
    await inits.before()
    const wanted = {
      models,
      registry: hop.registry.models,
      rules: this.#rules,
      translatedBefore: this.#translatedBefore,
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
