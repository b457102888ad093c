import type { Place } from '../../../base/index.js'
import type { SourceValue } from '../../../odoo/models/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'

/** Bytes of a file of the source. */
export interface BinaryValue {
  readonly kind: 'binary'
  readonly content: Uint8Array
}

/** The value of a field as a data file gives it. */
export type FieldValue = SourceValue | BinaryValue

export function isBinary(value: FieldValue | undefined): value is BinaryValue {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'binary'
}

/** A record that is going to be written, with values of fields of its own model only. */
export interface PendingRecord {
  readonly model: RegistryModel
  /** Stands for the id that is to come where the record is new, see {@link NewIds}. */
  readonly id: number
  readonly isNew: boolean
  readonly values: Map<string, FieldValue>
  /** What the writing of other models set, by column. */
  readonly place: Place
  /** `module/path` of the data file. */
  readonly source: string
  /** `module.name`, where it has one. */
  readonly xmlId: string | undefined
}

/** An external identifier that is going to be written. */
export interface PendingXmlId {
  readonly xmlId: string
  readonly model: string
  readonly id: number
  readonly noupdate: boolean
}

/** Lines of one2many fields that go before others come. */
export interface PendingClear {
  readonly model: RegistryModel
  /** The many2one of the lines. */
  readonly inverse: string
  readonly parents: readonly number[]
  /** Lines that stay. */
  readonly keep: readonly number[]
}

/** What happens to the links of one record in a many2many field. */
export interface PendingLinks {
  readonly table: string
  readonly column1: string
  readonly column2: string
  readonly id: number
  /** Links that are not among `add` go. */
  readonly isReset: boolean
  readonly add: readonly number[]
  readonly remove: readonly number[]
}
