import type { Findings } from '../../base/index.js'
import { isTrue, linearize, type ModelClass, type ModuleModels, textIn } from '../models/index.js'
import type { Release } from '../release/index.js'
import { type ClassNode, isBody, orderOfClass } from './class-nodes.js'
import type { CustomField, CustomModel } from './custom-models.js'
import { ModelFinisher } from './finish-models.js'
import { ModelState } from './model-state.js'
import { traitsOf } from './model-traits.js'
import type { ModuleLoad } from './module-load.js'
import { type MagicFields, prepareFields } from './prepare-fields.js'
import type { RegistryField } from './registry-field.js'
import { RegistryFindings } from './registry-findings.js'
import type { RegistryModel } from './registry-model.js'
import { type RegistryRules, registryRules } from './registry-rules.js'

/** What a database adds to the models of the source. */
export interface RegistryOptions {
  readonly customModels?: readonly CustomModel[]
  readonly customFields?: readonly CustomField[]
  /**
   * `model.field` that are translated in the database: they stay translated while modules are loaded,
   * so that no translation is lost before scripts have run (16 and later).
   */
  readonly translatedFields?: ReadonlySet<string>
}

const ROOT = 'base'
const TABLE_NAME = /^[a-z_][a-z0-9_$]*$/i
const LONGEST_NAME = 63

/**
 * The models of a release, merged over inheritance as Odoo merges them: modules are loaded one after the
 * other, and each makes new models or changes those that are there.
 *
 * What Odoo would refuse goes to the findings, and the registry goes on without it.
 */
export class Registry {
  readonly rules: RegistryRules
  readonly #options: RegistryOptions
  readonly #findings: RegistryFindings
  readonly #states = new Map<string, ModelState>()
  readonly #finisher: ModelFinisher
  readonly #models = new Map<string, RegistryModel>()
  readonly #magic: MagicFields = new WeakMap()
  /** Models whose resolution order, traits and fields are made for the current module. */
  readonly #done = new Set<ModelState>()
  readonly #setUp = new Set<ModelState>()

  /** Errors: RELEASE_UNSUPPORTED. */
  constructor(release: Release, findings: Findings, options: RegistryOptions = {}) {
    this.rules = registryRules(release)
    this.#options = options
    this.#findings = new RegistryFindings(findings)
    this.#finisher = new ModelFinisher(this.#states, this.rules, this.#findings)
  }

  /** All models as they are now, in the order of their creation. */
  get models(): ReadonlyMap<string, RegistryModel> {
    return this.#models
  }

  /** Parent → module whose class made the model inherit from it, as `_inherit_module`. */
  introducedParents(model: string): ReadonlyMap<string, string> {
    return this.#states.get(model)?.introduced ?? new Map()
  }

  /** Loads the next module; modules come in loading order. */
  load({ module, classes }: ModuleModels): ModuleLoad {
    const created: string[] = []
    const touched = new Set<string>()
    for (const definition of classes) {
      if (!this.#states.has(definition.name)) created.push(definition.name)
      if (this.#register(definition)) touched.add(definition.name)
    }
    const affected = this.#descendants([...touched])
    const before = new Map(affected.map((state) => [state, state.current]))
    this.#done.clear()
    this.#setUp.clear()
    const pending = new Set(affected)
    for (const state of affected) this.#order(state, pending)
    for (const state of affected) this.#prepare(state, pending)
    const news = this.#finisher.finish(affected)
    for (const state of new Set([...affected, ...news])) this.#publish(state)
    const changed = new Set([...affected, ...news])
    return {
      module,
      touched: [...touched],
      created: created.filter((name) => this.#models.has(name)),
      initialised: affected.flatMap(({ current }) => (current === undefined ? [] : [current])),
      changed: [...changed].flatMap((state) =>
        state.current === undefined || state.current === before.get(state) ? [] : [state.current],
      ),
    }
  }

  /** Loads the custom models of the database, behind all modules or between them. */
  loadCustomModels(): ModuleLoad {
    const classes = (this.#options.customModels ?? [])
      .filter(({ name }) => !this.#states.has(name))
      .map(classOfCustomModel)
    return this.load({
      ...{ module: '', folder: '', files: [], bytes: 0, classes, functions: {} },
      complete: true,
    })
  }

  /** Adds a class to its model (BaseModel._build_model); false when Odoo would refuse it. */
  #register(definition: ModelClass): boolean {
    const { name, module } = definition
    const known = this.#states.get(name)
    const parents = [...definition.inherit, ...(name === ROOT ? [] : [ROOT])]
    for (const parent of parents) {
      if (this.#states.has(parent)) continue
      if (parent === ROOT && !definition.inherit.includes(ROOT)) continue
      this.#findings.parentUnknown(definition, parent)
      return false
    }
    const extended = definition.creates ? undefined : known
    const kind = extended?.current?.kind
    const isOther = kind !== undefined && kind !== definition.kind
    // An abstract class may extend any model that is not transient.
    if (isOther && (kind !== 'model' || definition.kind !== 'abstract')) {
      this.#findings.kindChanged(definition, kind)
      return false
    }
    const state = extended ?? new ModelState(name, module)
    const bases: (ModelClass | ModelState)[] = [definition]
    const add = (base: ModelClass | ModelState): void => {
      const at = bases.indexOf(base)
      if (at >= 0) bases.splice(at, 1)
      bases.push(base)
    }
    for (const parent of parents) {
      if (parent === name) {
        for (const base of state.bases) add(base)
        continue
      }
      const other = this.#states.get(parent)
      if (other === undefined) continue
      if (other.derivesFrom(state)) {
        this.#findings.inheritanceCycle(definition, parent)
        continue
      }
      add(other)
      state.introduced.set(parent, module)
      other.children.add(name)
    }
    state.bases = bases
    if (!state.modules.includes(module)) state.modules.push(module)
    this.#states.set(name, state)
    return true
  }

  /** The models and all that inherit from them in any way, breadth first (Registry.descendants). */
  #descendants(names: readonly string[]): readonly ModelState[] {
    const found = new Set<ModelState>()
    const queue = [...names]
    for (let at = 0; at < queue.length; at += 1) {
      const state = this.#states.get(queue[at] ?? '')
      if (state === undefined || found.has(state)) continue
      found.add(state)
      queue.push(...state.children, ...state.delegating)
    }
    return [...found]
  }

  /** Makes the resolution order and what follows from it, parents first. */
  #order(state: ModelState, pending: ReadonlySet<ModelState>): void {
    if (this.#done.has(state) || !pending.has(state)) return
    this.#done.add(state)
    for (const parent of state.parents()) this.#order(parent, pending)
    const orders = new Map<ClassNode, readonly ClassNode[]>()
    const nodes = state.bases.map((base): ClassNode => {
      const node = base instanceof ModelState ? base.node : base
      orders.set(node, base instanceof ModelState ? base.order : orderOfClass(base))
      return node
    })
    const { order, isConsistent } = linearize<ClassNode>(
      state.node,
      nodes,
      (node) => orders.get(node) ?? [node],
    )
    const [newest] = state.ownClasses()
    if (!isConsistent && newest !== undefined) this.#findings.orderInconsistent(newest)
    state.order = order
    state.traits = traitsOf(state)
    const { table } = state.traits
    const isTransient = state.traits.kind === 'transient'
    if (state.facts.table !== table || state.facts.isTransient !== isTransient) {
      state.facts = { table, isTransient }
    }
    const isProper = TABLE_NAME.test(table) && table.length <= LONGEST_NAME
    if (!isProper && newest !== undefined) this.#findings.tableInvalid(newest, table)
    for (const parent of state.traits.inherits.keys())
      this.#states.get(parent)?.delegating.add(state.name)
  }

  /** Merges the model's fields, behind those of the models that it delegates to. */
  #prepare(state: ModelState, pending: ReadonlySet<ModelState>): void {
    if (this.#setUp.has(state) || !pending.has(state) || state.traits === undefined) return
    this.#setUp.add(state)
    const { fields, inherits } = prepareFields(state, {
      rules: this.rules,
      magic: this.#magic,
      traits: state.traits,
      customFields: (this.#options.customFields ?? []).filter(({ model }) => model === state.name),
      translated: this.#options.translatedFields ?? new Set(),
      parent: (name) => {
        const parent = this.#states.get(name)
        if (parent !== undefined) this.#prepare(parent, pending)
        return parent
      },
    })
    state.prepared = fields
    state.traits = { ...state.traits, inherits }
    for (const parent of inherits.keys()) this.#states.get(parent)?.delegating.add(state.name)
  }

  #publish(state: ModelState): void {
    const { traits } = state
    if (traits === undefined) return
    const classes = state.classes()
    const fields = state.hasNewFields
      ? new Map([...state.finished].map(([name, { field }]) => [name, field]))
      : (state.current?.fields ?? new Map<string, RegistryField>())
    state.hasNewFields = false
    const ancestors = state.order.flatMap((node) =>
      'merged' in node && node !== state.node && node.merged !== ROOT ? [node.merged] : [],
    )
    const documented = state.order.find(
      (node) => 'framework' in node || (isBody(node) && node.docstring !== undefined),
    )
    const framework = state.order.find((node) => 'framework' in node)
    const isFramework = documented !== undefined && 'framework' in documented
    const { kind, table, description, auto, logAccess, inherits, constraints } = traits
    const model: RegistryModel = {
      ...{ name: state.name, kind, table, description, auto, logAccess, inherits, constraints },
      order: textIn(state.attribute('_order')) ?? 'id',
      recName: recNameOf(state),
      isQuery: hasTableQuery(state, classes),
      parentStore: isTrue(state.attribute('_parent_store')),
      parentName: textIn(state.attribute('_parent_name')) ?? 'parent_id',
      docstring: documented !== undefined && isBody(documented) ? documented.docstring : undefined,
      frameworkClass: (isFramework ? documented : framework)?.framework ?? 'BaseModel',
      module: state.module,
      modules: [...state.modules],
      ownClasses: state.ownClasses(),
      ...{ classes, ancestors, fields },
    }
    state.current = model
    this.#models.set(state.name, model)
  }
}

function recNameOf(state: ModelState): string | undefined {
  const given = textIn(state.attribute('_rec_name'))
  if (given) return given
  return ['name', 'x_name'].find((name) => state.prepared.has(name))
}

/** `_table_query` is mostly a property. */
function hasTableQuery(state: ModelState, classes: readonly ModelClass[]): boolean {
  if (isTrue(state.attribute('_table_query'))) return true
  return classes.some((definition) =>
    [definition, ...definition.pythonBases].some(({ methods }) =>
      methods.some(({ name }) => name === '_table_query'),
    ),
  )
}

function classOfCustomModel(model: CustomModel): ModelClass {
  const { name, description, order, transient, auto } = model
  return {
    ...{ name, module: '', className: name, place: { file: '', line: 0 } },
    ...{ inherit: [], creates: true, kind: transient ? 'transient' : 'model', pythonBases: [] },
    ...{ docstring: undefined, fields: [], methods: [] },
    attributes: { _name: name, _description: description, _order: order, _auto: auto },
  }
}
