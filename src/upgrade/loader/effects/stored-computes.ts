import { id, sql } from '../../../db/index.js'
import { attributeOf, type RegistryModel } from '../../../odoo/registry/index.js'
import { COMPLETE_NAMES } from './complete-names.js'
import type { EffectsScope } from './effects-scope.js'
import { PARTNER_COMPUTES } from './partner-computes.js'
import { concernedFields, holdsFor, methodOf, type StoredCompute } from './stored-compute.js'

/** Mail addresses are compared in lower case; several in one field, or none, give nothing (mail.thread.blacklist). */
const normalizedEmails: StoredCompute = {
  models: (model) => methodOf(model.fields.get('email_normalized')) === '_compute_email_normalized',
  methods: ['_compute_email_normalized'],
  modules: ['mail'],
  releases: [15, 18],
  // The field that holds the address is the model's affair: each write is looked at.
  fields: { email_normalized: ['email', 'email_from', 'partner_email'] },
  update: (ids, _, model) => {
    const primary = attributeOf(model, '_primary_email')
    const address = id('t', typeof primary === 'string' ? primary : 'email')
    const found = sql`regexp_matches(${address}, '[^\\s<>,;:"()]+@[^\\s<>,;:"()]+', 'g')`
    return sql`
      UPDATE ${id(model.table)} t SET email_normalized = (
        SELECT CASE WHEN count(*) = 1 THEN lower(min(m[1])) END FROM ${found} m)
       WHERE t.id = ANY(${ids})`
  },
}

/** A provider's card is blue until its module is there, then it shows the state (payment_provider.py). */
const providerColors: StoredCompute = {
  models: 'payment.provider',
  methods: ['_compute_color'],
  modules: ['payment'],
  releases: [16, 16],
  fields: { color: ['state', 'module_id', 'module_state'] },
  update: (ids) => sql`
    UPDATE payment_provider
       SET color = CASE WHEN module_id IS NOT NULL AND module_state IS DISTINCT FROM 'installed' THEN 4
                        WHEN state = 'disabled' THEN 3 WHEN state = 'test' THEN 2
                        WHEN state = 'enabled' THEN 7 ELSE color END
     WHERE id = ANY(${ids})`,
}

/** The computes that moult does itself whenever records change, a field before those that read it. */
const STORED_COMPUTES: readonly StoredCompute[] = [
  ...PARTNER_COMPUTES,
  normalizedEmails,
  providerColors,
  ...COMPLETE_NAMES,
]

/** Whether any of a model's computed fields is kept natively. */
export function hasStoredComputes(model: RegistryModel): boolean {
  return STORED_COMPUTES.some(({ models }) =>
    typeof models === 'string' ? models === model.name : models(model),
  )
}

/**
 * Brings stored computed fields of records up to what has changed in them; `all` for new records. One statement
 * for each group of fields.
 */
export async function computeStored(
  model: RegistryModel,
  ids: readonly number[],
  changed: ReadonlySet<string> | 'all',
  scope: EffectsScope,
): Promise<void> {
  if (ids.length === 0) return
  for (const compute of STORED_COMPUTES) {
    if (!holdsFor(compute, model, scope.release.major)) continue
    const fields = concernedFields(compute, model, changed)
    if (fields.length === 0) continue
    await scope.session.query(compute.update(sql`${ids}::int[]`, fields, model))
  }
}
