import type { HelperContext } from '../helper-context.js'
import { installedModules } from '../modules/installed-modules.js'

/** Two columns that point to a record of any model: the model's name and the record's id. */
export interface Many2oneReference {
  readonly model: string
  readonly idColumn: string
  readonly modelColumn: string
  /** Column with the id of the `ir.model` row; empty when there is none. */
  readonly modelIdColumn: string
}

const REFERENCES: readonly (readonly [module: string, string, string, string, string])[] = [
  ['base', 'ir.model.data', 'res_id', 'model', ''],
  ['base', 'ir.attachment', 'res_id', 'res_model', ''],
  ['mail', 'mail.activity', 'res_id', 'res_model', 'res_model_id'],
  ['mail', 'mail.followers', 'res_id', 'res_model', ''],
  ['mail', 'mail.message', 'res_id', 'model', ''],
  ['mail', 'mail.scheduled.message', 'res_id', 'model', ''],
  ['calendar', 'calendar.event', 'res_id', 'res_model', 'res_model_id'],
  ['rating', 'rating.rating', 'res_id', 'res_model', 'res_model_id'],
  ['rating', 'rating.rating', 'parent_res_id', 'parent_res_model', 'parent_res_model_id'],
  ['loyalty', 'loyalty.history', 'order_id', 'order_model', ''],
  ['mass_mailing', 'mailing.trace', 'res_id', 'model', ''],
]

/** The references without a foreign key that Odoo's installed modules have. */
export async function many2oneReferences(
  context: HelperContext,
): Promise<readonly Many2oneReference[]> {
  const installed = await installedModules(context)
  return REFERENCES.filter(([module]) => module === 'base' || installed.has(module)).map(
    ([, model, idColumn, modelColumn, modelIdColumn]) => ({
      model,
      idColumn,
      modelColumn,
      modelIdColumn,
    }),
  )
}
