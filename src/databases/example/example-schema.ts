import { raw } from '../../db/index.js'

/** The part of Odoo 16's schema that a database manager meets; the names are Odoo's. */
export const EXAMPLE_SCHEMA = raw(`
CREATE TABLE res_company (id serial PRIMARY KEY, name varchar NOT NULL, email varchar);
CREATE TABLE res_partner (
  id serial PRIMARY KEY, name varchar, email varchar, company_id integer REFERENCES res_company ON DELETE SET NULL,
  parent_id integer REFERENCES res_partner ON DELETE SET NULL, active boolean DEFAULT true, create_date timestamp);
CREATE INDEX res_partner_name_index ON res_partner (name);
CREATE INDEX res_partner_email_trgm ON res_partner USING gin (email gin_trgm_ops);
COMMENT ON TABLE res_partner IS 'Contact';
CREATE TABLE res_users (
  id serial PRIMARY KEY, login varchar NOT NULL, password varchar,
  partner_id integer NOT NULL REFERENCES res_partner ON DELETE RESTRICT, active boolean DEFAULT true);
ALTER TABLE res_users ADD CONSTRAINT res_users_login_key UNIQUE (login);
CREATE TABLE ir_module_module (
  id serial PRIMARY KEY, name varchar NOT NULL UNIQUE, state varchar, latest_version varchar);
CREATE TABLE ir_config_parameter (
  id serial PRIMARY KEY, key varchar NOT NULL UNIQUE, value text NOT NULL,
  create_uid integer, create_date timestamp, write_uid integer, write_date timestamp);
CREATE TABLE ir_model_data (
  id serial PRIMARY KEY, module varchar NOT NULL, name varchar NOT NULL, model varchar NOT NULL, res_id integer,
  noupdate boolean DEFAULT false, UNIQUE (module, name));
CREATE TABLE ir_attachment (
  id serial PRIMARY KEY, name varchar NOT NULL, res_model varchar, res_id integer, type varchar NOT NULL,
  store_fname varchar, checksum varchar(40), mimetype varchar, file_size integer, db_datas bytea);
CREATE TABLE ir_cron (id serial PRIMARY KEY, cron_name varchar, active boolean, nextcall timestamp NOT NULL);
CREATE TABLE ir_mail_server (
  id serial PRIMARY KEY, name varchar NOT NULL, smtp_host varchar NOT NULL, smtp_port integer, smtp_user varchar,
  smtp_pass varchar, smtp_encryption varchar NOT NULL, smtp_authentication varchar NOT NULL, active boolean);
CREATE TABLE fetchmail_server (id serial PRIMARY KEY, name varchar NOT NULL, active boolean, password varchar);
CREATE TABLE mail_template (id serial PRIMARY KEY, name jsonb, mail_server_id integer REFERENCES ir_mail_server);
CREATE TABLE payment_provider (
  id serial PRIMARY KEY, name jsonb NOT NULL, code varchar NOT NULL, state varchar NOT NULL,
  stripe_secret_key varchar, stripe_publishable_key varchar);
CREATE TABLE sale_order (
  id serial PRIMARY KEY, name varchar NOT NULL, partner_id integer NOT NULL REFERENCES res_partner,
  state varchar, amount_total numeric, date_order timestamp NOT NULL);
CREATE TABLE sale_order_line (
  id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES sale_order ON DELETE CASCADE, name text NOT NULL,
  product_uom_qty numeric NOT NULL, price_unit numeric NOT NULL);
CREATE VIEW sale_report AS
  SELECT o.id, o.name, o.partner_id, sum(l.product_uom_qty * l.price_unit) AS total
    FROM sale_order o JOIN sale_order_line l ON l.order_id = o.id
   GROUP BY o.id;
`)

/** Rows by set-based statements; the same every time. */
export const EXAMPLE_ROWS = raw(`
INSERT INTO res_company (name, email) VALUES ('Aurelia Trading', 'office@aurelia.example');
INSERT INTO res_partner (name, email, company_id, create_date)
  SELECT 'Contact ' || n, 'contact' || n || '@example.com', 1, timestamp '2024-01-01 08:00:00.123456' + n * interval '1 hour'
    FROM generate_series(1, 500) n;
UPDATE res_partner SET parent_id = 1 + id % 20 WHERE id > 20;
INSERT INTO res_users (login, password, partner_id) VALUES
  ('admin', '$pbkdf2-sha512$600000$ZXhhbXBsZQ$ZXhhbXBsZQ', 1), ('demo', '$pbkdf2-sha512$600000$ZXhhbXBsZQ$ZXhhbXBsZQ', 2);
INSERT INTO ir_module_module (name, state, latest_version) VALUES
  ('base', 'installed', '16.0.1.3'), ('mail', 'installed', '16.0.1.10'), ('web', 'installed', '16.0.1.0'),
  ('payment', 'installed', '16.0.2.0'), ('payment_stripe', 'installed', '16.0.1.0'),
  ('sale', 'installed', '16.0.1.2'), ('website', 'uninstalled', NULL);
INSERT INTO ir_config_parameter (key, value) VALUES
  ('database.uuid', '11111111-2222-1333-8444-555555555555'),
  ('database.secret', '66666666-7777-4888-9999-aaaaaaaaaaaa'),
  ('database.create_date', '2024-01-01 08:00:00'), ('web.base.url', 'https://erp.aurelia.example'),
  ('database.enterprise_code', 'M0000000000000');
INSERT INTO ir_cron (cron_name, active, nextcall)
  SELECT 'Scheduled job ' || n, true, timestamp '2024-06-01' FROM generate_series(1, 8) n;
INSERT INTO ir_model_data (module, name, model, res_id) VALUES ('base', 'autovacuum_job', 'ir.cron', 1);
INSERT INTO ir_mail_server (name, smtp_host, smtp_port, smtp_user, smtp_pass, smtp_encryption, smtp_authentication, active)
  VALUES ('Outgoing', 'mail.aurelia.example', 587, 'odoo', 'secret', 'starttls', 'login', true);
INSERT INTO fetchmail_server (name, active, password) VALUES ('Incoming', true, 'secret');
INSERT INTO mail_template (name, mail_server_id) VALUES ('{"en_US": "Quotation"}', 1);
INSERT INTO payment_provider (name, code, state, stripe_secret_key, stripe_publishable_key)
  VALUES ('{"en_US": "Stripe"}', 'stripe', 'enabled', 'sk_live_example', 'pk_live_example');
INSERT INTO sale_order (name, partner_id, state, amount_total, date_order)
  SELECT 'S' || lpad(n::text, 5, '0'), 1 + n % 500, (ARRAY['draft', 'sale', 'done'])[1 + n % 3], n * 12.5,
         timestamp '2024-02-01' + n * interval '37 minutes' FROM generate_series(1, 2000) n;
INSERT INTO sale_order_line (order_id, name, product_uom_qty, price_unit)
  SELECT 1 + n % 2000, 'Line ' || n || E'\\twith a tab, a \\\\ and a\\nnew line', 1 + n % 5, 10 + n % 90
    FROM generate_series(1, 6000) n;
`)
