import type { GuestValue } from '../values/index.js'

/**
 * Where the values of a field are: in a column of the model's table, in an attachment, in `ir_property`
 * (company-dependent, up to 17), in other tables, at the end of a path of many2ones, or nowhere, so that only
 * Odoo's own code can tell them.
 */
export type FieldKind =
  | 'column'
  | 'attachment'
  | 'property'
  | 'one2many'
  | 'many2many'
  | 'related'
  | 'none'

/** A field as the database's reflection tables and its catalog show it. */
export interface FieldSchema {
  /** Of its row in `ir_model_fields`; 0 for a column without reflection. */
  readonly id: number
  readonly name: string
  /** Odoo's word: `char`, `many2one`, … */
  readonly type: string
  readonly kind: FieldKind
  /** Comodel of a relational field. */
  readonly relation?: string
  /** Field of the comodel that a one2many is the inverse of. */
  readonly relationField?: string
  readonly relationTable?: string
  /** Column of the relation table with the own id. */
  readonly column1?: string
  /** Column of the relation table with the comodel's id. */
  readonly column2?: string
  /** Dotted path that a related field follows. */
  readonly related?: string
  /** Link field, for a field of a delegated (`_inherits`) parent. */
  readonly inherited?: string
  readonly translate: boolean
  readonly required: boolean
  readonly readonly: boolean
  readonly copied: boolean
  readonly companyDependent: boolean
  readonly digits?: readonly [precision: number, scale: number]
  /** Domain that limits a relational field. */
  readonly domain?: GuestValue
  /** Field that holds the model's name of a many2one_reference. */
  readonly modelField?: string
  readonly selection?: readonly (readonly [value: string, label: string])[]
  readonly default?: GuestValue
  /** Policy of a many2one's foreign key. */
  readonly onDelete?: string
}

/** A column of a model's table. */
export interface TableColumn {
  readonly name: string
  /** As `format_type` writes it. */
  readonly type: string
  readonly notNull: boolean
  /** Expression of the default. */
  readonly default?: string
}

/** A model as the database shows it now; in the middle of an upgrade that may be less than the source says. */
export interface ModelSchema {
  readonly model: string
  /** Undefined for an abstract model, and one whose table does not exist. */
  readonly table?: string
  readonly order: string
  readonly recName?: string
  /** Field that archives records. */
  readonly activeName?: string
  /** Many2one to the model itself that makes its hierarchy. */
  readonly parentName?: string
  readonly transient: boolean
  readonly fields: ReadonlyMap<string, FieldSchema>
  /** Link field of each delegated parent model. */
  readonly inherits: ReadonlyMap<string, string>
  readonly columns: ReadonlyMap<string, TableColumn>
  /** Whether records have messages and followers, or activities, that end with them. */
  readonly mailThread: boolean
  readonly mailActivity: boolean
}

/** What the reflection tables do not tell and the source does; wins over what was guessed from the database. */
export interface ModelFacts {
  readonly table?: string
  readonly order?: string
  readonly recName?: string
  readonly activeName?: string
  readonly parentName?: string
  readonly inherits?: ReadonlyMap<string, string>
  readonly fields?: ReadonlyMap<string, FieldFacts>
}

export interface FieldFacts {
  readonly domain?: GuestValue
  readonly modelField?: string
  readonly digits?: readonly [precision: number, scale: number]
  readonly companyDependent?: boolean
  /** A default known without running code. */
  readonly default?: GuestValue
}
