import { GuestError } from '../../values/index.js'
import { type HelperCall, helper } from '../calling/helper-function.js'
import { m2oToX2m } from '../records/m2o-to-x2m.js'
import { moveFieldM2o } from '../records/move-field-m2o.js'
import { modelArgument } from './model-argument.js'

const M2O_TO_X2M: HelperCall = async (context, given) => {
  const { model } = await modelArgument(context, given, 'model')
  await m2oToX2m(context, {
    model,
    table: given.text('table'),
    field: given.text('field'),
    source: given.text('source_field'),
  })
}

/** Links between records. */
export const LINK_FUNCTIONS = [
  helper('m2o_to_x2m(cr, model, table, field, source_field)', M2O_TO_X2M),
  helper('m2o_to_m2m(cr, model, table, field, source_field)', M2O_TO_X2M),
  helper(
    'move_field_m2o(cr, pool, registry_old_model, field_old_model, m2o_field_old_model, registry_new_model, ' +
      'field_new_model, quick_request=True, compute_func=None, binary_field=False)',
    async (context, given) => {
      if (!given.flag('quick_request') || given.flag('compute_func')) {
        throw new GuestError('needs-odoo', 'move_field_m2o', given.text('registry_new_model'))
      }
      await moveFieldM2o(context, {
        fromModel: given.text('registry_old_model'),
        fromField: given.text('field_old_model'),
        m2oField: given.text('m2o_field_old_model'),
        toModel: given.text('registry_new_model'),
        toField: given.text('field_new_model'),
      })
    },
  ),
]
