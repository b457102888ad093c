import type { ModelSchema } from './model-schema.js'

/** System tables that a release, or a database in the middle of an upgrade, may lack. */
export type SystemTable =
  | 'ir_attachment'
  | 'ir_default'
  | 'ir_model_data'
  | 'ir_model_fields_selection'
  | 'ir_model_inherit'
  | 'ir_property'
  | 'ir_translation'
  | 'mail_activity'
  | 'mail_followers'
  | 'mail_message'

/** What the records of a database are: models, their fields, where their values lie. */
export interface ModelCatalog {
  /** The model; fails with {@link GuestError} `key` when the database knows none of this name. */
  model(name: string): Promise<ModelSchema>
  find(name: string): Promise<ModelSchema | undefined>
  /** Reads several models in one round trip; unknown names are no error. */
  load(names: readonly string[]): Promise<void>
  names(): Promise<readonly string[]>
  has(table: SystemTable): Promise<boolean>
  /** Stored related fields of all models, for keeping them equal to what they follow. */
  storedRelated(): Promise<readonly StoredRelated[]>
  /** Forgets everything: after DDL, or changes of the reflection tables. */
  invalidate(): void
}

/** A related field that has a column. */
export interface StoredRelated {
  readonly model: string
  readonly field: string
  readonly path: string
}
