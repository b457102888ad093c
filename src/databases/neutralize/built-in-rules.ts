import { id, join, raw, type Sql, sql } from '../../db/index.js'
import {
  clearColumns,
  clearStatement,
  type NeutralizeRule,
  setColumn,
  setParameter,
  whenColumns,
} from './neutralize-rule.js'
import type { SchemaFacts } from './schema-facts.js'

/** The mail server that replaces all others; also blocks the one of the configuration file. */
export const DUMMY_SERVER = 'neutralization - disable emails'

/**
 * What the releases' own `data/neutralize.sql` files do (16 to 18), for all of 14 to 18 and for whichever
 * of their columns this database has. Modules of Odoo Community.
 */
export const BUILT_IN_RULES: readonly NeutralizeRule[] = [
  { module: 'base', statements: baseStatements },
  setParameter('base', 'database.is_neutralized', 'true'),
  clearColumns('mail', 'mail_template', ['mail_server_id']),
  setColumn('mail', 'fetchmail_server', 'active', 'false'),
  setColumn('fetchmail', 'fetchmail_server', 'active', 'false'),
  whenColumns(
    'mail',
    'ir_config_parameter',
    ['key'],
    sql`DELETE FROM public.ir_config_parameter
         WHERE key IN ('mail.web_push_vapid_private_key', 'mail.web_push_vapid_public_key', 'mail.sfu_server_key')`,
  ),
  ...['mail_notification_web_push', 'mail_partner_device', 'mail_push', 'mail_push_device'].map(
    (table) => whenColumns('mail', table, ['id'], sql`DELETE FROM ${id('public', table)}`),
  ),
  whenColumns(
    'web',
    'ir_ui_view',
    ['key', 'active'],
    sql`UPDATE public.ir_ui_view SET active = true
         WHERE key = 'web.neutralize_banner' AND active IS DISTINCT FROM true`,
  ),
  { module: 'website', statements: websiteStatements },
  { module: 'payment', statements: paymentStatements },
  setColumn('delivery', 'delivery_carrier', 'prod_environment', 'false'),
  whenColumns(
    'delivery',
    'delivery_carrier',
    ['active', 'delivery_type'],
    sql`UPDATE public.delivery_carrier SET active = false
         WHERE delivery_type NOT IN ('fixed', 'base_on_rule') AND active`,
  ),
  setColumn('auth_oauth', 'auth_oauth_provider', 'enabled', 'false'),
  ...['res_users', 'google_calendar_credentials', 'res_users_settings'].flatMap((table) => [
    clearColumns('google_calendar', table, [
      'google_calendar_rtoken',
      'google_calendar_token',
      'google_calendar_token_validity',
      'google_calendar_sync_token',
      'calendar_rtoken',
      'calendar_token',
      'calendar_token_validity',
      'calendar_sync_token',
    ]),
    setColumn('google_calendar', table, 'google_synchronization_stopped', 'true'),
    setColumn('google_calendar', table, 'synchronization_stopped', 'true'),
  ]),
  ...['res_users', 'microsoft_calendar_credentials', 'res_users_settings'].flatMap((table) => [
    clearColumns('microsoft_calendar', table, [
      'microsoft_calendar_rtoken',
      'microsoft_calendar_token',
      'microsoft_calendar_token_validity',
      'microsoft_calendar_sync_token',
    ]),
    setColumn('microsoft_calendar', table, 'microsoft_synchronization_stopped', 'true'),
  ]),
  whenColumns(
    'iap',
    'iap_account',
    ['account_token'],
    sql`UPDATE public.iap_account SET account_token = account_token || '+disabled'
         WHERE account_token NOT LIKE '%+disabled'`,
  ),
  setParameter('account_edi_proxy_client', 'account_edi_proxy_client.demo', 'true'),
  whenColumns(
    'account_edi_proxy_client',
    'account_edi_proxy_client_user',
    ['edi_mode'],
    sql`UPDATE public.account_edi_proxy_client_user SET edi_mode = 'test' WHERE edi_mode = 'prod'`,
  ),
  setColumn('pos_adyen', 'pos_payment_method', 'adyen_test_mode', 'true'),
  setColumn('pos_viva_wallet', 'pos_payment_method', 'viva_wallet_test_mode', 'true'),
  setColumn('pos_paytm', 'pos_payment_method', 'paytm_test_mode', 'true'),
  setColumn('pos_razorpay', 'pos_payment_method', 'razorpay_test_mode', 'true'),
  setColumn('l10n_in_edi', 'res_company', 'l10n_in_edi_production_env', 'false'),
  setColumn('l10n_eg_edi_eta', 'res_company', 'l10n_eg_production_env', 'false'),
  setColumn('l10n_es_edi_sii', 'res_company', 'l10n_es_edi_test_env', 'true'),
  setColumn('l10n_es_edi_tbai', 'res_company', 'l10n_es_tbai_test_env', 'true'),
  clearColumns('l10n_ke_edi_tremol', 'res_company', ['l10n_ke_cu_proxy_address']),
]

function baseStatements(schema: SchemaFacts): readonly Sql[] {
  const statements: Sql[] = []
  if (schema.has('ir_mail_server', 'active', 'name')) {
    statements.push(
      sql`UPDATE public.ir_mail_server SET active = false WHERE active AND name <> ${DUMMY_SERVER}`,
      dummyServer(schema),
    )
  }
  if (schema.has('ir_cron', 'active') && schema.has('ir_model_data', 'module', 'name', 'model')) {
    statements.push(sql`
      UPDATE public.ir_cron SET active = false
       WHERE active AND id NOT IN (SELECT res_id FROM public.ir_model_data
                                    WHERE model = 'ir.cron' AND module = 'base' AND name = 'autovacuum_job')`)
  }
  if (schema.has('ir_act_server', 'webhook_url')) {
    statements.push(sql`
      UPDATE public.ir_act_server SET webhook_url = 'neutralization - disable webhook'
       WHERE state = 'webhook' AND webhook_url <> 'neutralization - disable webhook'`)
  }
  return statements
}

/** Inserted once, however often a database is neutralised; columns differ between releases. */
function dummyServer(schema: SchemaFacts): Sql {
  const values: Readonly<Record<string, string | number | boolean>> = {
    name: DUMMY_SERVER,
    smtp_host: 'invalid',
    smtp_port: 1025,
    smtp_encryption: 'none',
    smtp_authentication: 'login',
    active: true,
  }
  const known = Object.entries(values).filter(([column]) => schema.has('ir_mail_server', column))
  return sql`
    INSERT INTO public.ir_mail_server (${join(known.map(([column]) => id(column)))})
    SELECT ${join(known.map(([column, value]) => sql`${value}::${raw(schema.columns('ir_mail_server').get(column) ?? 'text')}`))}
     WHERE NOT EXISTS (SELECT 1 FROM public.ir_mail_server WHERE name = ${DUMMY_SERVER} AND active)`
}

function websiteStatements(schema: SchemaFacts): readonly Sql[] {
  const statements: Sql[] = []
  if (schema.has('website', 'domain')) statements.push(clearStatement('website', ['domain']))
  if (schema.has('website', 'cdn_activated')) {
    statements.push(sql`UPDATE public.website SET cdn_activated = false WHERE cdn_activated`)
  }
  if (schema.has('website', 'robots_txt')) {
    statements.push(sql`UPDATE public.website SET robots_txt = E'User-agent: *\nDisallow: /'`)
  }
  if (schema.has('ir_ui_view', 'key', 'active')) {
    statements.push(sql`
      UPDATE public.ir_ui_view SET active = true
       WHERE key = 'website.neutralize_ribbon' AND active IS DISTINCT FROM true`)
  }
  return statements
}

/** Providers of online payments, whose columns are `<provider>_…` in one table. */
const PAYMENT_PROVIDERS = [
  'adyen',
  'alipay',
  'aps',
  'asiapay',
  'authorize',
  'buckaroo',
  'flutterwave',
  'mercado_pago',
  'mollie',
  'ogone',
  'paypal',
  'payulatam',
  'payumoney',
  'razorpay',
  'sips',
  'stripe',
  'worldline',
  'xendit',
]
const TEXT_TYPES: ReadonlySet<string> = new Set(['character varying', 'text'])

function paymentStatements(schema: SchemaFacts): readonly Sql[] {
  // Odoo 14 and 15 call it acquirer.
  return ['payment_provider', 'payment_acquirer'].flatMap((table) => {
    if (!schema.has(table, 'state')) return []
    const credentials = [...schema.columns(table)]
      .filter(([, type]) => TEXT_TYPES.has(type))
      .map(([column]) => column)
      .filter((column) => PAYMENT_PROVIDERS.some((provider) => column.startsWith(`${provider}_`)))
    return [
      sql`UPDATE ${id('public', table)} SET state = 'disabled' WHERE state NOT IN ('test', 'disabled')`,
      ...(credentials.length > 0 ? [clearStatement(table, credentials)] : []),
    ]
  })
}
