import type { ModelClass, ModelKind, SourceValue } from '../models/index.js'
import type { RegistryField } from './registry-field.js'

/** One entry of `_sql_constraints` as it ends up on a model. */
export interface SqlConstraint {
  readonly key: string
  /** `<table>_<key>`, not shortened. */
  readonly name: string
  readonly definition: string
  readonly message: string
  /** Module of the last class that declares the key. */
  readonly module: string
}

/** A model as all modules loaded so far make it. A later module makes a new object of it. */
export interface RegistryModel {
  readonly name: string
  readonly kind: ModelKind
  readonly table: string
  readonly description: string
  readonly order: string
  /** Undefined where the ORM falls back to the id. */
  readonly recName: string | undefined
  /** `_auto`: moult (Odoo) keeps a table for it. False for abstract models and SQL views. */
  readonly auto: boolean
  /** Has `_table_query`: there is no database object. */
  readonly isQuery: boolean
  readonly logAccess: boolean
  readonly parentStore: boolean
  readonly parentName: string
  /** Parent model → link field, as `_inherits` and `delegate=True` make it. */
  readonly inherits: ReadonlyMap<string, string>
  /** First docstring along the linearisation; undefined where only the framework has one. */
  readonly docstring: string | undefined
  /** Of which framework class the docstring would be if `docstring` is undefined. */
  readonly frameworkClass: 'BaseModel' | 'Model' | 'TransientModel'
  /** The module that created it. */
  readonly module: string
  /** Modules with a class of it, in loading order. */
  readonly modules: readonly string[]
  /** Its own definition classes, the last one first. */
  readonly ownClasses: readonly ModelClass[]
  /** All definition classes along the linearisation, most derived first; those of parents and `base` too. */
  readonly classes: readonly ModelClass[]
  /** Models whose definitions it takes over, nearest first: its mixins and theirs, without `base`. */
  readonly ancestors: readonly string[]
  /** In the order in which the ORM sets them up. */
  readonly fields: ReadonlyMap<string, RegistryField>
  /** Merged by key, in the ORM's order. */
  readonly constraints: readonly SqlConstraint[]
}

/** The value of a class attribute along the linearisation: what Python's attribute access gives. */
export function attributeOf(model: RegistryModel, name: string): SourceValue | undefined {
  for (const definition of model.classes) {
    for (const body of [definition, ...definition.pythonBases]) {
      const value = body.attributes[name]
      if (value !== undefined) return value
    }
  }
  return undefined
}

/** Classes that define a method, most derived first: the first one is called, the others by `super()`. */
export function definersOf(model: RegistryModel, method: string): readonly ModelClass[] {
  return model.classes.filter((definition) =>
    [definition, ...definition.pythonBases].some((body) =>
      body.methods.some(({ name }) => name === method),
    ),
  )
}
