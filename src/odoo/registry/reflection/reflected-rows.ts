/** A row of `ir_model`, by its columns. */
export interface ModelRow {
  readonly model: string
  readonly name: string
  readonly order: string
  /** Undefined where only the framework has a docstring and it was not given. */
  readonly info: string | undefined
  readonly state: 'base' | 'manual'
  readonly transient: boolean
  /** With the module `mail`. */
  readonly mail?: {
    readonly thread: boolean
    readonly activity: boolean
    readonly blacklist: boolean
  }
}

/** A row of `ir_model_fields`, by its columns; `model_id` is that of `model`. */
export interface FieldRow {
  readonly model: string
  readonly name: string
  readonly field_description: string
  readonly help: string | null
  readonly ttype: string
  readonly state: 'base' | 'manual'
  readonly relation: string | null
  readonly index: boolean
  readonly store: boolean
  readonly copied: boolean
  readonly on_delete: string | null
  readonly related: string | null
  readonly readonly: boolean
  readonly required: boolean
  readonly selectable: boolean
  readonly size: number | null
  readonly translate: boolean
  readonly relation_field: string | null
  readonly relation_table: string | null
  readonly column1: string | null
  readonly column2: string | null
  /** Columns that a release or a module adds: `currency_field`, `sanitize`, `tracking`, … */
  readonly more: Readonly<Record<string, string | number | boolean | null>>
}

/** A row of `ir_model_fields_selection`. */
export interface SelectionRow {
  readonly model: string
  readonly field: string
  readonly value: string
  readonly name: string
  readonly sequence: number
}

/** A row of `ir_model_constraint` of type `u`. Rows of type `f` follow from keys that are made. */
export interface ConstraintRow {
  readonly name: string
  readonly model: string
  readonly module: string
  readonly definition: string
  readonly message: string
}

/** A row of `ir_model_relation`. */
export interface RelationRow {
  readonly name: string
  readonly model: string
  readonly module: string
}

/** A row of `ir_model_inherit` (17 and later). */
export interface InheritRow {
  readonly model: string
  readonly parent: string
  /** Link field of `_inherits`. */
  readonly parentField: string | null
}

/** A row of `ir_model_data` that a load writes; `key` finds the record among the rows of its model. */
export interface XmlIdRow {
  readonly module: string
  readonly name: string
  readonly model:
    | 'ir.model'
    | 'ir.model.fields'
    | 'ir.model.fields.selection'
    | 'ir.model.constraint'
    | 'ir.model.inherit'
  /** Model; model and field; model, field and value; constraint and module; model and parent. */
  readonly key: readonly string[]
}

/** What loading a module writes about its models. */
export interface ModuleReflection {
  readonly models: readonly ModelRow[]
  readonly fields: readonly FieldRow[]
  readonly selections: readonly SelectionRow[]
  readonly constraints: readonly ConstraintRow[]
  readonly relations: readonly RelationRow[]
  /** Empty before 17. */
  readonly inherits: readonly InheritRow[]
  readonly xmlIds: readonly XmlIdRow[]
}
