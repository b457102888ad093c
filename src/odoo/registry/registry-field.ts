import type { CustomFieldClass, FieldDefinition, SourceValue } from '../models/index.js'

/** `ttype` of `ir.model.fields`; modules may add words of their own (`serialized`). */
export type FieldType =
  | 'binary'
  | 'boolean'
  | 'char'
  | 'date'
  | 'datetime'
  | 'float'
  | 'html'
  | 'integer'
  | 'json'
  | 'many2many'
  | 'many2one'
  | 'many2one_reference'
  | 'monetary'
  | 'one2many'
  | 'properties'
  | 'properties_definition'
  | 'reference'
  | 'selection'
  | 'serialized'
  | 'text'
  | (string & {})

/** Kinds of index that a field may ask for; up to 15 there is only `btree`. */
export type IndexKind = 'btree' | 'btree_not_null' | 'trigram'

/** Lower case, as in `ir_model_fields.on_delete`. */
export type DeleteRule = 'cascade' | 'set null' | 'restrict'

/** A value of a selection with its label. */
export interface SelectionValue {
  readonly value: string
  readonly label: string
  /** Modules that define the value, in merge order; they own its xml ids. */
  readonly modules: readonly string[]
}

/** Table and columns of a many2many field. */
export interface RelationTable {
  readonly table: string
  /** Refers to the model of the field. */
  readonly column1: string
  /** Refers to the comodel. */
  readonly column2: string
  /** Whether the definition names the table. */
  readonly explicit: boolean
}

/** A column of a model's table, as the field wants it. */
export interface WantedColumn {
  readonly name: string
  /** `udt_name` of information_schema: `varchar`, `int4`, `jsonb`, … */
  readonly type: string
  /** The type for DDL: `varchar(8)`, `int4`, … */
  readonly ddlType: string
  readonly notNull: boolean
  /** Comment on the column: the field's label. */
  readonly comment: string
  /** PostgreSQL index of the column, as the field's `index` says and the release honours it. */
  readonly index: IndexKind | undefined
}

/**
 * A field of a model as all modules loaded so far make it. Values are derived as the release's own ORM
 * derives them (schema specification §1.3 to §1.8).
 */
export interface RegistryField {
  readonly model: string
  readonly name: string
  readonly type: FieldType
  /** Class of the last definition: `Image` where the type is `binary`. */
  readonly fieldClass: string
  /** Of a class that a module defines. */
  readonly customClass: CustomFieldClass | undefined
  /** `string`; never empty unless the source says so. */
  readonly label: string
  readonly help: string | undefined
  readonly store: boolean
  readonly required: boolean
  readonly readonly: boolean
  readonly copied: boolean
  /** Any kind of translation. */
  readonly translate: boolean
  /** As the definition has it, also where no index is made. */
  readonly index: IndexKind | undefined
  readonly companyDependent: boolean
  /** Comodel of a relational field. */
  readonly comodel: string | undefined
  /** Field of the comodel that a one2many is the other side of. */
  readonly inverseName: string | undefined
  /** Of a stored many2many that is not related; otherwise what the definition names, see `relationArgs`. */
  readonly relation: RelationTable | undefined
  /** Of a many2one and many2many; undefined for a related many2one. */
  readonly onDelete: DeleteRule | undefined
  readonly size: number | undefined
  /** `dynamic`: a method, function or expression knows the values. Only for selection and reference. */
  readonly selection: readonly SelectionValue[] | 'dynamic' | undefined
  /** Policies for selection values that vanish, by value: texts, or unevaluated functions. */
  readonly selectionOnDelete: Readonly<Record<string, SourceValue>>
  /** Path of a related field: `['partner_id', 'email']`. */
  readonly related: readonly string[] | undefined
  /** Comes from a parent by `_inherits`. */
  readonly inherited: boolean
  /** Name of the compute method, or the expression; set for company-dependent and sparse fields too. */
  readonly compute: SourceValue | undefined
  /** Has an inverse; also what the ORM gives to company-dependent, sparse and related fields. */
  readonly hasInverse: boolean
  readonly hasSearch: boolean
  /** `default`: undefined without one; `default=None` takes one away. */
  readonly default: SourceValue | undefined
  /** Of a binary. */
  readonly attachment: boolean | undefined
  /** Added by the framework itself: `id`, `create_uid`, … */
  readonly automatic: boolean
  /** A custom field of the database. */
  readonly manual: boolean
  /** All merged arguments, as given. */
  readonly args: Readonly<Record<string, SourceValue>>
  /** Definitions that took part, oldest first; empty for fields that come from `_inherits`. */
  readonly definitions: readonly FieldDefinition[]
  /** The module of the last definition; undefined for custom fields and those nobody defines. */
  readonly module: string | undefined
  /** Modules that take part in it, without repetition. For an inherited field also those of link and target. */
  readonly modules: readonly string[]
  /** Undefined without a column. */
  readonly column: WantedColumn | undefined
}
