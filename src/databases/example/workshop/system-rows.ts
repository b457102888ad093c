import { raw, type Session, sql } from '../../../db/index.js'
import { WORKSHOP_MODULES } from './workshop-modules.js'

/** Currency, languages, company and people of the business. */
const PEOPLE = raw(`
INSERT INTO res_currency (name, symbol, rounding, decimal_places, active) VALUES ('EUR', '€', 0.01, 2, true);
INSERT INTO res_country (name, code, currency_id) VALUES ('Belgium', 'BE', 1), ('France', 'FR', 1), ('Germany', 'DE', 1);
INSERT INTO res_lang (name, code, iso_code, url_code, active, direction, date_format, time_format) VALUES
  ('English (US)', 'en_US', 'en', 'en', true, 'ltr', '%m/%d/%Y', '%H:%M:%S'),
  ('French / Français', 'fr_FR', 'fr', 'fr', true, 'ltr', '%d/%m/%Y', '%H:%M:%S'),
  ('German / Deutsch', 'de_DE', 'de', 'de', true, 'ltr', '%d.%m.%Y', '%H:%M:%S');
INSERT INTO res_partner (name, display_name, lang, active, type, is_company, street, zip, city, country_id, email) VALUES
  ('Spoke & Saddle', 'Spoke & Saddle', 'en_US', true, 'contact', true, '7 Chain Lane', '9000', 'Ghent', 1, 'hello@spoke.example'),
  ('System', 'System', 'en_US', false, 'contact', false, NULL, NULL, NULL, NULL, 'root@spoke.example'),
  ('Mira Janssens', 'Mira Janssens', 'en_US', true, 'contact', false, NULL, NULL, NULL, NULL, 'mira@spoke.example'),
  ('Tom Peeters', 'Tom Peeters', 'fr_FR', true, 'contact', false, NULL, NULL, NULL, NULL, 'tom@spoke.example');
INSERT INTO res_company (name, partner_id, currency_id, sequence, email)
  VALUES ('Spoke & Saddle', 1, 1, 10, 'hello@spoke.example');
INSERT INTO res_users (active, login, password, company_id, partner_id, share) VALUES
  (false, '__system__', NULL, 1, 2, false),
  (true, 'mira', '$pbkdf2-sha512$25000$ZXhhbXBsZQ$ZXhhbXBsZQ', 1, 3, false),
  (true, 'tom', '$pbkdf2-sha512$25000$ZXhhbXBsZQ$ZXhhbXBsZQ', 1, 4, false);
INSERT INTO res_company_users_rel (cid, user_id) VALUES (1, 1), (1, 2), (1, 3);
INSERT INTO res_groups (name) VALUES ('Internal User'), ('Settings');
INSERT INTO res_groups_users_rel (gid, uid) VALUES (1, 1), (1, 2), (1, 3), (2, 2);
INSERT INTO ir_module_category (name, sequence, visible) VALUES ('Services', 10, true);
INSERT INTO ir_config_parameter (key, value) VALUES
  ('database.uuid', '22222222-3333-1444-8555-666666666666'),
  ('database.secret', '77777777-8888-4999-aaaa-bbbbbbbbbbbb'),
  ('database.create_date', '2025-03-01 08:00:00'), ('web.base.url', 'https://shop.spoke.example'),
  ('workshop.hourly_rate_cents', '5400');
INSERT INTO ir_sequence (name, code, implementation, active, prefix, number_next, number_increment, padding)
  VALUES ('Workshop Job', 'workshop.job', 'standard', true, 'J', 1, 1, 5);
CREATE SEQUENCE ir_sequence_001 START 4001;
INSERT INTO ir_cron (ir_actions_server_id, cron_name, user_id, active, interval_number, interval_type, numbercall, nextcall, priority)
  VALUES (1, 'Workshop: remind of bookings', 1, true, 1, 'days', -1, '2025-06-01 05:00:00', 5);
`)

/** Views, favourites, exports and access that name models and fields of the workshop. */
const INTERFACE = raw(`
INSERT INTO ir_ui_view (name, model, priority, type, arch_db, mode, active) VALUES
  ('workshop.job.form', 'workshop.job', 16, 'form',
   '<form><field name="name"/><field name="customer_id"/><field name="state"/><field name="total_cents"/></form>', 'primary', true),
  ('workshop.service.tree', 'workshop.service', 16, 'tree',
   '<tree><field name="name"/><field name="price_cents"/></tree>', 'primary', true);
INSERT INTO ir_filters (name, user_id, domain, context, sort, model_id, active) VALUES
  ('My jobs', 2, '[["mechanic_id", "=", 2], ["customer_id", "!=", false]]', '{''group_by'': [''customer_id'']}', '[]', 'workshop.job', true),
  ('Cards in use', NULL, '[["stamps", ">", 0]]', '{''group_by'': [''customer_id'']}', '[]', 'workshop.stamp.card', true);
INSERT INTO ir_exports (name, resource) VALUES ('Jobs', 'workshop.job');
INSERT INTO ir_exports_line (name, export_id) VALUES ('name', 1), ('customer_id', 1), ('total_cents', 1);
INSERT INTO ir_model_access (name, active, model_id, group_id, perm_read, perm_write, perm_create, perm_unlink)
  SELECT model || ' user', true, id, 1, true, true, true, false FROM ir_model WHERE model LIKE 'workshop.%' ORDER BY id;
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES
  ('base', 'EUR', 'res.currency', 1, false), ('base', 'be', 'res.country', 1, false), ('base', 'fr', 'res.country', 2, false),
  ('base', 'de', 'res.country', 3, false), ('base', 'lang_en', 'res.lang', 1, false), ('base', 'lang_fr', 'res.lang', 2, false),
  ('base', 'lang_de', 'res.lang', 3, false), ('base', 'main_partner', 'res.partner', 1, true),
  ('base', 'partner_root', 'res.partner', 2, true), ('base', 'main_company', 'res.company', 1, true),
  ('base', 'user_root', 'res.users', 1, true), ('base', 'user_admin', 'res.users', 2, true),
  ('base', 'group_user', 'res.groups', 1, false), ('base', 'group_system', 'res.groups', 2, false),
  ('base', 'module_category_services', 'ir.module.category', 1, true),
  ('workshop', 'view_workshop_job_form', 'ir.ui.view', 1, false),
  ('workshop', 'view_workshop_service_tree', 'ir.ui.view', 2, false),
  ('workshop', 'seq_workshop_job', 'ir.sequence', 1, true),
  ('workshop_booking', 'cron_remind', 'ir.cron', 1, true);
`)

/** Fills the tables of users, companies and languages. */
export async function writePeople(session: Session): Promise<void> {
  await session.execute(PEOPLE)
}

/** Fills the module list and its external ids. */
export async function writeModules(session: Session): Promise<void> {
  const modules = JSON.stringify(
    WORKSHOP_MODULES.map((module, position) => ({ ...module, position })),
  )
  await session.query(sql`
    WITH added AS (
      INSERT INTO ir_module_module (name, latest_version, shortdesc, summary, author, license, icon, state, category_id)
      SELECT m.name, m.version, m.title, m.summary, 'Spoke & Saddle', 'LGPL-3', '/base/static/description/icon.png', 'installed', 1
        FROM jsonb_to_recordset(${modules}::jsonb) AS m(name text, version text, title text, summary text, position int)
       ORDER BY m.position
      RETURNING id, name)
    INSERT INTO ir_model_data (module, name, model, res_id, noupdate)
    SELECT 'base', 'module_' || name, 'ir.module.module', id, true FROM added ORDER BY id`)
  await session.query(sql`
    INSERT INTO ir_module_module_dependency (module_id, name, auto_install_required)
    SELECT o.id, d.name, true
      FROM jsonb_to_recordset(${modules}::jsonb) AS m(name text, depends jsonb, position int)
      JOIN ir_module_module o ON o.name = m.name
     CROSS JOIN LATERAL jsonb_array_elements_text(m.depends) WITH ORDINALITY AS d(name, nth)
     ORDER BY m.position, d.nth`)
}

/** Fills what refers to models by name, once they are reflected. */
export async function writeInterface(session: Session): Promise<void> {
  await session.execute(INTERFACE)
}

/** Gives every row without a moment the same one, so that the database is the same every time. */
export async function writeMoments(session: Session): Promise<void> {
  await session.execute(
    raw(`
    DO $moments$
    DECLARE wanted record;
    BEGIN
      FOR wanted IN
        SELECT c.oid::regclass AS of_table FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname = 'write_date' ORDER BY c.relname
      LOOP
        EXECUTE format('UPDATE %s SET create_uid = 1, write_uid = 1, create_date = timestamp ''2025-03-01 08:00:00'','
                       ' write_date = timestamp ''2025-03-01 08:00:00''', wanted.of_table);
      END LOOP;
    END $moments$`),
  )
}
