import { id, join, type Sql, sql } from '../../../db/index.js'
import type { StoredCompute } from './stored-compute.js'

/** Expressions over `p`, the partner, `c`, its commercial entity, and `u`, its parent. */
const COMPANY_NAME = sql`CASE WHEN c.is_company AND c.name <> '' THEN c.name ELSE nullif(p.company_name, '') END`
const OWN_NAME = sql`
  CASE WHEN coalesce(p.name, '') <> '' OR (coalesce(p.company_name, '') = '' AND p.parent_id IS NULL)
       THEN coalesce(p.name, '')
       ELSE CASE p.type WHEN 'invoice' THEN 'Invoice Address' WHEN 'delivery' THEN 'Delivery Address'
                        WHEN 'other' THEN 'Other Address' ELSE '' END END`
const VALUES: Readonly<Record<string, Sql>> = {
  commercial_partner_id: sql`c.id`,
  commercial_company_name: COMPANY_NAME,
  display_name: sql`btrim(
    CASE WHEN (coalesce(p.company_name, '') <> '' OR p.parent_id IS NOT NULL) AND p.is_company IS NOT TRUE
         THEN coalesce(${COMPANY_NAME}, u.name, 'False') || ', ' || ${OWN_NAME}
         ELSE ${OWN_NAME} END)`,
}

/** A contact's commercial entity and names; those of the contacts below it come along (res_partner.py). */
const names: StoredCompute = {
  models: 'res.partner',
  methods: [
    '_compute_commercial_partner',
    '_compute_commercial_company_name',
    '_compute_display_name',
    'name_get',
    '_get_name',
    '_get_contact_name',
  ],
  // In hr an employee may read the own private address, whoever asks: no other name.
  modules: ['base', 'hr'],
  releases: [15, 16],
  fields: {
    commercial_partner_id: ['parent_id', 'is_company'],
    commercial_company_name: ['company_name', 'parent_id', 'is_company', 'name'],
    display_name: ['name', 'type', 'company_name', 'parent_id', 'is_company'],
  },
  update: (ids, fields) => {
    const named = fields.map((name) => sql`${id(name)} = f.${id(name)}`)
    const values = fields.map((name) => sql`${VALUES[name] ?? sql`NULL`} AS ${id(name)}`)
    const differs = fields.map((name) => sql`${id('t', name)} IS DISTINCT FROM f.${id(name)}`)
    return sql`
      WITH RECURSIVE down(id) AS (
        SELECT unnest(${ids})
         UNION SELECT n.id FROM res_partner n JOIN down ON n.parent_id = down.id),
      up(id, node, depth) AS (
        SELECT id, id, 0 FROM down
         UNION ALL
        SELECT up.id, p.parent_id, up.depth + 1 FROM up JOIN res_partner p ON p.id = up.node
         WHERE p.is_company IS NOT TRUE AND p.parent_id IS NOT NULL AND up.depth < 100),
      top AS (SELECT DISTINCT ON (id) id, node FROM up ORDER BY id, depth DESC),
      f AS (SELECT p.id, ${join(values)}
              FROM top JOIN res_partner p ON p.id = top.id JOIN res_partner c ON c.id = top.node
              LEFT JOIN res_partner u ON u.id = p.parent_id)
      UPDATE res_partner t SET ${join(named)} FROM f
       WHERE f.id = t.id AND (${join(differs, ' OR ')})`
  },
}

/** Whom no internal user is: customers, suppliers, the public (`share` of a user is stored). */
const share: StoredCompute = {
  models: 'res.partner',
  methods: ['_compute_partner_share'],
  modules: ['base'],
  releases: [15, 16],
  fields: { partner_share: ['user_ids'] },
  update: (ids) => sql`
    UPDATE res_partner p
       SET partner_share = p.id IS DISTINCT FROM (SELECT partner_id FROM res_users WHERE id = 1)
             AND NOT EXISTS (SELECT FROM res_users u
                              WHERE u.partner_id = p.id AND u.active AND u.share IS NOT TRUE)
     WHERE p.id = ANY(${ids})`,
}

/** Accounts are compared by their letters and digits (res_bank.py). */
const bankAccounts: StoredCompute = {
  models: 'res.partner.bank',
  methods: ['_compute_sanitized_acc_number'],
  modules: ['base'],
  releases: [15, 16],
  fields: { sanitized_acc_number: ['acc_number'] },
  update: (ids) => sql`
    UPDATE res_partner_bank
       SET sanitized_acc_number = upper(regexp_replace(acc_number, '[^[:alnum:]_]+', '', 'g'))
     WHERE id = ANY(${ids})`,
}

export const PARTNER_COMPUTES: readonly StoredCompute[] = [names, share, bankAccounts]
