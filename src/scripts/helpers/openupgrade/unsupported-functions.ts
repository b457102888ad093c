import { GuestError } from '../../values/index.js'
import { helper } from '../calling/helper-function.js'

/** Functions for releases that are not upgraded to any more; their names can be imported. */
const OLD = [
  'update_workflow_workitems(cr, pool, ref_spec_actions)',
  'delete_model_workflow(cr, model, drop_indexes=False)',
  'deactivate_workflow_transitions(cr, model, transitions=None)',
  'reactivate_workflow_transitions(cr, transition_conditions)',
  'openupgrade_70.set_partner_id_from_partner_address_id(cr, pool, model_name, partner_field, address_field, table=None)',
  'openupgrade_70.get_partner_id_from_user_id(cr, user_id)',
  'openupgrade_80.get_last_post_for_model(cr, uid, ids, model_pool)',
  'openupgrade_80.set_message_last_post(cr, uid, pool, models)',
  'openupgrade_80.update_aliases(cr, registry, model_name, set_parent_thread_id, alias_defaults=None, defaults_id_key=False)',
  'openupgrade_90.replace_account_types(env, type_spec, unlink=True)',
]

export const UNSUPPORTED_FUNCTIONS = OLD.map((signature) =>
  helper(signature, async () => {
    const name = signature.slice(0, signature.indexOf('('))
    throw new GuestError('helper', `${name} is not supported for targets from 11.0 on`)
  }),
)
