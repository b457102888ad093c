import { raw, type Sql } from '../../../db/index.js'
import { definersOf, type RegistryModel } from '../../../odoo/registry/index.js'

/** A stored computed field whose value SQL gives, when it is new. */
export interface NativeCompute {
  readonly model: string
  readonly field: string
  /** The method, and the module whose method has been translated; another's changes it, and none of this holds. */
  readonly method: string
  readonly module: string
  /** First and last release, by major version, whose method has been looked at. */
  readonly releases: readonly [from: number, to: number]
  /** Fills all rows; `empty` where the method leaves a new column as it is. */
  readonly fill: Sql | 'empty'
}

/** The computes that moult does itself, a column before those that read it. */
export const NATIVE_COMPUTES: readonly NativeCompute[] = [
  {
    model: 'res.partner',
    field: 'company_registry',
    method: '_compute_company_registry',
    module: 'base',
    releases: [16, 16],
    fill: 'empty',
  },
  {
    model: 'ir.actions.server',
    field: 'mail_post_method',
    method: '_compute_mail_post_method',
    module: 'mail',
    releases: [16, 16],
    fill: raw(`UPDATE ir_act_server SET mail_post_method = 'email' WHERE state = 'mail_post'`),
  },
  {
    model: 'ir.actions.server',
    field: 'mail_post_autofollow',
    method: '_compute_mail_post_autofollow',
    module: 'mail',
    releases: [16, 16],
    fill: raw(`
      UPDATE ir_act_server SET mail_post_autofollow =
        coalesce(state = 'mail_post' AND mail_post_method IS DISTINCT FROM 'email', false)`),
  },
  {
    model: 'ir.actions.server',
    field: 'sms_method',
    method: '_compute_sms_method',
    module: 'sms',
    releases: [16, 16],
    fill: raw(`UPDATE ir_act_server SET sms_method = 'sms' WHERE state = 'sms'`),
  },
  {
    model: 'account.journal',
    field: 'payment_sequence',
    method: '_compute_payment_sequence',
    module: 'account',
    releases: [16, 16],
    fill: raw(`UPDATE account_journal SET payment_sequence = type IN ('bank', 'cash')`),
  },
  {
    model: 'account.move',
    field: 'auto_post_until',
    method: '_compute_auto_post_until',
    module: 'account',
    releases: [16, 16],
    fill: 'empty',
  },
  {
    model: 'account.move',
    field: 'is_storno',
    method: '_compute_is_storno',
    module: 'account',
    releases: [16, 16],
    fill: raw(`
      UPDATE account_move m
         SET is_storno = coalesce(m.move_type IN ('out_refund', 'in_refund') AND c.account_storno, false)
        FROM account_move x LEFT JOIN res_company c ON c.id = x.company_id
       WHERE x.id = m.id`),
  },
  {
    model: 'account.tax',
    field: 'real_amount',
    method: '_compute_real_amount',
    module: 'account',
    releases: [16, 16],
    fill: raw(`
      UPDATE account_tax t SET real_amount = t.amount * (
        SELECT coalesce(sum(l.factor_percent / 100), 0) FROM account_tax_repartition_line l
         WHERE l.invoice_tax_id = t.id AND l.repartition_type = 'tax')`),
  },
  {
    model: 'account.bank.statement',
    field: 'first_line_index',
    method: '_compute_date_index',
    module: 'account',
    releases: [16, 16],
    fill: raw(`
      UPDATE account_bank_statement s SET first_line_index = (
        SELECT l.internal_index FROM account_bank_statement_line l WHERE l.statement_id = s.id
         ORDER BY l.internal_index COLLATE "C" LIMIT 1)`),
  },
  {
    model: 'account.bank.statement',
    field: 'is_complete',
    method: '_compute_is_complete',
    module: 'account',
    releases: [16, 16],
    // A difference below half the currency's rounding counts as none (odoo/tools/float_utils.py).
    fill: raw(`
      UPDATE account_bank_statement s
         SET is_complete = EXISTS (
               SELECT FROM account_bank_statement_line l JOIN account_move m ON m.id = l.move_id
                WHERE l.statement_id = s.id AND m.state = 'posted')
             AND round((coalesce(s.balance_end, 0) / y.rounding)::numeric)
               = round((coalesce(s.balance_end_real, 0) / y.rounding)::numeric)
        FROM account_bank_statement x
        LEFT JOIN account_journal j ON j.id = x.journal_id
        LEFT JOIN res_company c ON c.id = x.company_id
        JOIN res_currency y ON y.id = coalesce(j.currency_id, c.currency_id)
       WHERE x.id = s.id`),
  },
  {
    model: 'res.company',
    field: 'early_pay_discount_computation',
    method: '_compute_early_pay_discount_computation',
    module: 'account',
    releases: [16, 16],
    fill: raw(`
      UPDATE res_company c SET early_pay_discount_computation =
             CASE n.code WHEN 'BE' THEN 'mixed' WHEN 'NL' THEN 'excluded' ELSE 'included' END
        FROM res_company x
        LEFT JOIN res_partner p ON p.id = x.partner_id
        LEFT JOIN res_country n ON n.id = p.country_id
       WHERE x.id = c.id`),
  },
  {
    model: 'project.task',
    field: 'milestone_id',
    method: '_compute_milestone_id',
    module: 'project',
    releases: [16, 16],
    fill: 'empty',
  },
  {
    model: 'project.task',
    field: 'is_blocked',
    method: '_compute_is_blocked',
    module: 'project',
    releases: [16, 16],
    // Blocked by an open task, or by one that is blocked itself; UNION ends a circle.
    fill: raw(`
      WITH RECURSIVE blocked(id) AS (
        SELECT d.task_id FROM task_dependencies_rel d JOIN project_task t ON t.id = d.depends_on_id
         WHERE t.is_closed IS NOT TRUE
         UNION
        SELECT d.task_id FROM task_dependencies_rel d JOIN blocked b ON b.id = d.depends_on_id)
      UPDATE project_task t SET is_blocked = EXISTS (SELECT FROM blocked b WHERE b.id = t.id)`),
  },
  {
    model: 'stock.move',
    field: 'quantity_done',
    method: '_quantity_done_compute',
    module: 'stock',
    releases: [16, 16],
    // Lines that are left out where reservations are hidden have nothing done.
    fill: raw(`
      UPDATE stock_move m
         SET quantity_done = round(coalesce(x.done, 0), coalesce(
               (SELECT digits FROM decimal_precision WHERE name = 'Product Unit of Measure'), 2))
        FROM (SELECT y.id, sum(CASE WHEN l.product_uom_id = y.product_uom THEN l.qty_done
                                    ELSE l.qty_done / u.factor * o.factor END) AS done
                FROM stock_move y
                LEFT JOIN stock_move_line l ON l.move_id = y.id
                LEFT JOIN uom_uom u ON u.id = l.product_uom_id
                LEFT JOIN uom_uom o ON o.id = y.product_uom
               GROUP BY y.id) x
       WHERE x.id = m.id`),
  },
  {
    model: 'stock.location',
    field: 'warehouse_id',
    method: '_compute_warehouse_id',
    module: 'stock',
    releases: [16, 16],
    fill: raw(`
      UPDATE stock_location l SET warehouse_id = (
        SELECT w.id FROM stock_warehouse w JOIN stock_location v ON v.id = w.view_location_id
         WHERE w.active AND starts_with(l.parent_path, v.parent_path)
         ORDER BY v.parent_path COLLATE "C" DESC, w.sequence, w.id LIMIT 1)`),
  },
]

/** The native compute of a field, where the method is the one that was translated. */
export function nativeCompute(
  model: RegistryModel,
  field: string,
  major: number,
): NativeCompute | undefined {
  const found = NATIVE_COMPUTES.find((one) => one.model === model.name && one.field === field)
  if (found === undefined || major < found.releases[0] || found.releases[1] < major)
    return undefined
  const definers = definersOf(model, found.method)
  return definers.every(({ module }) => module === found.module) ? found : undefined
}
