import type { FieldDefinition, ModelClass, ModelKind } from '../models/index.js'
import { type ClassNode, isBody, lookUpAttribute, type MergedNode } from './class-nodes.js'
import type { BaseField } from './merging/derive-field.js'
import type { ModelFacts } from './merging/finish-field.js'
import type { RegistryField } from './registry-field.js'
import type { RegistryModel, SqlConstraint } from './registry-model.js'

/** What a model's own classes and parents say of it as a whole. */
export interface ModelTraits {
  readonly kind: ModelKind
  readonly table: string
  readonly description: string
  readonly logAccess: boolean
  readonly auto: boolean
  readonly inherits: ReadonlyMap<string, string>
  readonly constraints: readonly SqlConstraint[]
}

/** A field between its definitions and its completion, with what it was made of. */
export interface Prepared {
  readonly base: BaseField
  readonly definitions: readonly FieldDefinition[]
  /** Of a field that comes by `_inherits`: the parent's. */
  readonly of?: BaseField
}

/** A completed field, with what it was made of: the same parts need not be completed again. */
export interface Finished {
  readonly field: RegistryField
  readonly base: BaseField
  readonly own: ModelFacts | undefined
  readonly comodel: ModelFacts | undefined
  readonly target: RegistryField | undefined
  readonly link: RegistryField | undefined
}

/** Definitions of a model's fields, oldest first. */
export interface DefinitionsByName {
  readonly order: readonly ClassNode[]
  readonly byName: ReadonlyMap<string, readonly FieldDefinition[]>
}

/** All that is known of a model while modules are loaded. */
export class ModelState {
  readonly name: string
  /** The module that created it. */
  readonly module: string
  readonly node: MergedNode
  readonly modules: string[] = []
  /** Definition classes, newest first, then parents. */
  bases: readonly (ModelClass | ModelState)[] = []
  /** Parent → the module whose class named it last. */
  readonly introduced = new Map<string, string>()
  readonly children = new Set<string>()
  readonly delegating = new Set<string>()
  /** Models with related fields whose path goes through this one. */
  readonly followers = new Set<string>()
  order: readonly ClassNode[] = []
  traits: ModelTraits | undefined
  /** The same object as long as it says the same. */
  facts: ModelFacts
  /** Definitions by field, and the order of which they were collected. */
  definitions: DefinitionsByName | undefined
  prepared: ReadonlyMap<string, Prepared> = new Map()
  finished: ReadonlyMap<string, Finished> = new Map()
  /** Whether `finished` is another than `current` shows. */
  hasNewFields = true
  /** As others see it; undefined until it is set up for the first time. */
  current: RegistryModel | undefined

  constructor(name: string, module: string) {
    this.name = name
    this.module = module
    this.node = { merged: name }
    this.facts = { table: name.replaceAll('.', '_'), isTransient: false }
  }

  ownClasses(): readonly ModelClass[] {
    return this.bases.filter((base): base is ModelClass => !(base instanceof ModelState))
  }

  parents(): readonly ModelState[] {
    return this.bases.filter((base) => base instanceof ModelState)
  }

  /** All definition classes along the resolution order. */
  classes(): readonly ModelClass[] {
    return this.order.filter((node): node is ModelClass => isBody(node) && 'inherit' in node)
  }

  attribute(name: string): ReturnType<typeof lookUpAttribute> {
    return lookUpAttribute(this.order, name)
  }

  /** Whether the model inherits from another one, or is it. */
  derivesFrom(other: ModelState): boolean {
    const seen = new Set<ModelState>([this])
    for (const state of seen) {
      if (state === other) return true
      for (const parent of state.parents()) seen.add(parent)
    }
    return false
  }
}
