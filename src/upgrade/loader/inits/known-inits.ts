import { raw, type Sql } from '../../../db/index.js'

/** Parameters that every database has, and what a missing one begins with. */
const PARAMETERS: readonly (readonly [key: string, value: string])[] = [
  ['database.secret', 'gen_random_uuid()::text'],
  ['database.uuid', 'gen_random_uuid()::text'],
  ['database.create_date', "to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"],
  ['web.base.url', "'http://localhost:8069'"],
  ['base.login_cooldown_after', "'10'"],
  ['base.login_cooldown_duration', "'60'"],
]

/**
 * What `init()` of a class does where it works with records, in SQL: by module and model. It is sent at the
 * turn of every module that initialises the model, so it changes nothing the second time.
 */
export const KNOWN_INITS: Readonly<Record<string, Sql>> = {
  'base res.company': raw(`
    UPDATE res_company SET paperformat_id = d.res_id
      FROM ir_model_data d
     WHERE d.module = 'base' AND d.name = 'paperformat_euro' AND paperformat_id IS NULL`),
  'base ir.config_parameter': raw(`
    INSERT INTO ir_config_parameter (key, value, create_uid, write_uid, create_date, write_date)
    SELECT p.key, p.value, 1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
      FROM (VALUES ${PARAMETERS.map(([key, value]) => `('${key}', ${value})`).join(', ')}) AS p(key, value)
     WHERE NOT EXISTS (SELECT FROM ir_config_parameter k WHERE k.key = p.key)`),
}
