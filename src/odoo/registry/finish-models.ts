import type { BaseField } from './merging/derive-field.js'
import { isKnownClass } from './merging/field-classes.js'
import { finishField, finishRelated } from './merging/finish-field.js'
import type { Finished, ModelState } from './model-state.js'
import type { RegistryField } from './registry-field.js'
import type { RegistryFindings } from './registry-findings.js'
import type { RegistryRules } from './registry-rules.js'

/** Rounds in which changes may travel along related paths; real ones need three. */
const MOST_ROUNDS = 20
const RELATIONAL: ReadonlySet<string> = new Set(['many2one', 'one2many', 'many2many'])
const LONGEST_NAME = 63

/** Completes fields of models: comodels, relation tables, related paths. */
export class ModelFinisher {
  readonly #states: ReadonlyMap<string, ModelState>
  readonly #rules: RegistryRules
  readonly #findings: RegistryFindings
  /** Models that are being completed, with what is done of them. */
  readonly #open = new Map<ModelState, Map<string, Finished>>()
  readonly #running = new Set<BaseField>()
  /** Fields that wait for a model that nobody has defined yet. */
  readonly #waiting = new Map<string, Set<ModelState>>()

  constructor(
    states: ReadonlyMap<string, ModelState>,
    rules: RegistryRules,
    findings: RegistryFindings,
  ) {
    this.#states = states
    this.#rules = rules
    this.#findings = findings
  }

  /** Completes `affected` models, and all whose fields follow them. Returns those that changed. */
  finish(affected: readonly ModelState[]): ReadonlySet<ModelState> {
    const changed = new Set<ModelState>()
    let batch: readonly ModelState[] = [...affected, ...this.#woken(affected)]
    for (let round = 0; round < MOST_ROUNDS && batch.length > 0; round += 1) {
      for (const state of batch) this.#open.set(state, new Map())
      const news = batch.filter((state) => this.#finishAll(state))
      this.#open.clear()
      for (const state of news) changed.add(state)
      const done = new Set(batch)
      const next = new Set<ModelState>()
      for (const state of news) {
        for (const name of state.followers) {
          const follower = this.#states.get(name)
          if (follower !== undefined && !done.has(follower)) next.add(follower)
        }
      }
      batch = [...next]
    }
    return changed
  }

  /** Models with fields towards one that was not there before. */
  #woken(affected: readonly ModelState[]): readonly ModelState[] {
    const woken = new Set<ModelState>()
    for (const { name } of affected) {
      for (const state of this.#waiting.get(name) ?? []) woken.add(state)
      this.#waiting.delete(name)
    }
    return [...woken].filter((state) => !affected.includes(state))
  }

  #finishAll(state: ModelState): boolean {
    const before = state.finished
    const after: Finished[] = []
    let isChanged = before.size !== state.prepared.size
    for (const [name, { base }] of state.prepared) {
      const known = before.get(name)
      const isDone = known !== undefined && isSettled(known, base)
      const finished = isDone ? known : this.#finish(state, base)
      after.push(finished)
      isChanged ||= known !== finished
    }
    if (!isChanged) return false
    state.finished = new Map(after.map((one) => [one.base.name, one]))
    state.hasNewFields = true
    return true
  }

  #finish(state: ModelState, base: BaseField): Finished {
    const open = this.#open.get(state)
    const known = open?.get(base.name)
    if (known !== undefined) return known
    const finished =
      base.related === undefined ? this.#plain(state, base) : this.#related(state, base)
    open?.set(base.name, finished)
    return finished
  }

  /** The field as it is now: of models that are being completed, completed first. */
  #fieldOf(state: ModelState, name: string): RegistryField | undefined {
    if (!this.#open.has(state)) return state.finished.get(name)?.field
    const base = state.prepared.get(name)?.base
    if (base === undefined || this.#running.has(base)) return undefined
    this.#running.add(base)
    try {
      return this.#finish(state, base).field
    } finally {
      this.#running.delete(base)
    }
  }

  #plain(state: ModelState, base: BaseField): Finished {
    const before = state.finished.get(base.name)
    if (before !== undefined && isSettled(before, base)) return before
    const isRelational = RELATIONAL.has(base.type)
    const own = isRelational ? state.facts : undefined
    const comodel = base.comodel === undefined ? undefined : this.#states.get(base.comodel)?.facts
    if (isRelational && comodel === undefined) this.#wait(state, base)
    const isSame = before?.base === base && before.comodel === comodel && before.own === own
    if (isSame) return before
    const field = finishField(base, { own: state.facts, comodel, rules: this.#rules })
    this.#check(base, field)
    return { field, base, own, comodel, target: undefined, link: undefined }
  }

  #related(state: ModelState, base: BaseField): Finished {
    const ends = this.#endsOf(state, base)
    const { target, link } = ends ?? { target: undefined, link: undefined }
    const before = state.finished.get(base.name)
    const isSame = before?.base === base && before.target === target && before.link === link
    if (isSame) return before
    const field = finishRelated(base, ends, this.#rules)
    return { field, base, own: undefined, comodel: undefined, target, link }
  }

  #endsOf(
    state: ModelState,
    base: BaseField,
  ): { readonly target: RegistryField; readonly link: RegistryField | undefined } | undefined {
    const path = base.related ?? []
    let at: ModelState | undefined = state
    let link: RegistryField | undefined
    let field: RegistryField | undefined
    for (const [index, name] of path.entries()) {
      field = at === undefined ? undefined : this.#fieldOf(at, name)
      if (field === undefined) {
        if (!base.manual) this.#findings.relatedBroken(base, name)
        if (at === undefined) return undefined
        at.followers.add(state.name)
        return undefined
      }
      if (at !== state) at?.followers.add(state.name)
      if (index === 0) link = field
      at = field.comodel === undefined ? undefined : this.#states.get(field.comodel)
      if (at === undefined && index < path.length - 1) this.#wait(state, base, field.comodel)
    }
    return field === undefined ? undefined : { target: field, link }
  }

  #wait(state: ModelState, base: BaseField, model = base.comodel): void {
    if (model === base.comodel) this.#findings.comodelUnknown(base)
    if (model === undefined) return
    const waiting = this.#waiting.get(model) ?? new Set()
    this.#waiting.set(model, waiting.add(state))
  }

  #check(base: BaseField, field: RegistryField): void {
    if (!isKnownClass(base)) this.#findings.classUnknown(base)
    if (base.type === 'many2one' && base.required && base.onDelete === 'set null') {
      this.#findings.deleteRuleInvalid(base)
    }
    const { relation } = field
    if (relation === undefined) return
    if (!relation.explicit && relation.column1 === relation.column2) {
      this.#findings.relationInvalid(
        base,
        'both models have the same table, so there is no name for the relation',
      )
    } else if (relation.table.length > LONGEST_NAME) {
      this.#findings.relationInvalid(
        base,
        `the name of its relation table ${relation.table} is too long`,
      )
    }
  }
}

/** A field that needs no other: as long as its definitions are the same, so is the field. */
function isSettled(known: Finished, base: BaseField): boolean {
  return known.base === base && base.related === undefined && !RELATIONAL.has(base.type)
}
