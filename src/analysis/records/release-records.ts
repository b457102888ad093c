/** Where something stands in the source of a release: a path that begins with the module, a line counted from 1. */
export interface RecordPlace {
  readonly file: string
  readonly line: number
}

/** Attributes of a field that the analysis compares; texts, those that are false or empty left out. */
export type FieldAttribute =
  | 'type'
  | 'isfunction'
  | 'isproperty'
  | 'isrelated'
  | 'relation'
  | 'table'
  | 'required'
  | 'stored'
  | 'selection_keys'
  | 'hasdefault'
  | 'attachment'
  | 'column1'
  | 'column2'
  | '_inherits'
  | '_order'

/** What loading a module made of a field: its creation, or attributes that got another value. */
export interface FieldRecord {
  readonly module: string
  readonly mode: 'create' | 'modify'
  readonly model: string
  readonly field: string
  readonly attributes: Readonly<Partial<Record<FieldAttribute, string>>>
  readonly place?: RecordPlace
  /** Its label; only guesses about renames read it. */
  readonly label?: string
}

/** An xml id that a module's data name while it is loaded, its own or another module's. */
export interface XmlIdRecord {
  /** The module that is loaded. */
  readonly module: string
  readonly model: string
  /** With the module in front: `base.main_company`. */
  readonly name: string
  readonly noupdate: boolean
  /** Of an `ir.actions.act_window`. */
  readonly domain?: string
  /** Of an `ir.model.constraint`. */
  readonly definition?: string
  /** Table of an `ir.model.constraint`. */
  readonly table?: string
  readonly place?: RecordPlace
}

/** What a model is; empty for one with a table. */
export type RecordedModelType = '' | 'transient' | 'abstract' | 'sql_view'

export interface ModelRecord {
  /** The module that made it. */
  readonly module: string
  readonly model: string
  readonly type: RecordedModelType
  readonly place?: RecordPlace
}

/** What the analysis knows of a module beside its records. */
export interface RecordedModule {
  readonly name: string
  /** With the series in front: the name of the folder for its files. */
  readonly version: string
  readonly folder: string
}

/** All that an analysis compares of a release: plain data. */
export interface ReleaseRecords {
  /** `16.0`. */
  readonly series: string
  /** Modules whose records these are, in loading order. */
  readonly modules: readonly RecordedModule[]
  readonly models: readonly ModelRecord[]
  readonly fields: readonly FieldRecord[]
  readonly xmlIds: readonly XmlIdRecord[]
}
