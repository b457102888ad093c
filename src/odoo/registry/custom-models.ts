import type { SourceValue } from '../models/index.js'

/** A custom field of a database (`ir_model_fields.state = 'manual'`). */
export interface CustomField {
  readonly model: string
  readonly name: string
  /** Class in `odoo.fields`, such as `Many2one`. */
  readonly fieldClass: string
  /** Arguments as a definition in Python would have them. */
  readonly args: Readonly<Record<string, SourceValue>>
}

/** A custom model of a database (`ir_model.state = 'manual'`). */
export interface CustomModel {
  readonly name: string
  readonly description: string
  readonly order: string
  readonly transient: boolean
  /** False for a model on top of a view. */
  readonly auto: boolean
}
