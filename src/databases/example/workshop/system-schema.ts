import { raw } from '../../../db/index.js'

/** Who wrote a record and when; Odoo has these on nearly every table. */
export const LOG_COLUMNS =
  'create_uid integer, create_date timestamp, write_uid integer, write_date timestamp'

/** The part of Odoo 15's own tables that an upgrade meets; the names are Odoo's. */
export const SYSTEM_SCHEMA = raw(`
CREATE SEQUENCE base_registry_signaling;
CREATE SEQUENCE base_cache_signaling;
CREATE TABLE res_currency (id serial PRIMARY KEY, name varchar NOT NULL UNIQUE, symbol varchar NOT NULL,
  rounding numeric, decimal_places integer, active boolean, ${LOG_COLUMNS});
CREATE TABLE res_country (id serial PRIMARY KEY, name varchar NOT NULL, code varchar(2) UNIQUE,
  currency_id integer REFERENCES res_currency ON DELETE SET NULL, ${LOG_COLUMNS});
CREATE TABLE res_lang (id serial PRIMARY KEY, name varchar NOT NULL UNIQUE, code varchar NOT NULL UNIQUE, iso_code varchar,
  url_code varchar NOT NULL UNIQUE, active boolean, direction varchar NOT NULL, date_format varchar NOT NULL,
  time_format varchar NOT NULL, ${LOG_COLUMNS});
CREATE TABLE res_company (id serial PRIMARY KEY, name varchar NOT NULL UNIQUE, partner_id integer NOT NULL,
  currency_id integer NOT NULL REFERENCES res_currency ON DELETE RESTRICT, sequence integer,
  parent_id integer REFERENCES res_company ON DELETE SET NULL, email varchar, ${LOG_COLUMNS});
CREATE TABLE res_partner (id serial PRIMARY KEY, name varchar, display_name varchar, ref varchar, lang varchar, tz varchar,
  active boolean, type varchar, is_company boolean, street varchar, zip varchar, city varchar,
  country_id integer REFERENCES res_country ON DELETE RESTRICT, email varchar, phone varchar,
  company_id integer REFERENCES res_company ON DELETE SET NULL, parent_id integer REFERENCES res_partner ON DELETE SET NULL,
  commercial_partner_id integer REFERENCES res_partner ON DELETE SET NULL, color integer, comment text, ${LOG_COLUMNS},
  CONSTRAINT res_partner_check_name CHECK ((type = 'contact' AND name IS NOT NULL) OR type <> 'contact'));
CREATE INDEX res_partner_name_index ON res_partner (name);
CREATE INDEX res_partner_parent_id_index ON res_partner (parent_id);
ALTER TABLE res_company ADD CONSTRAINT res_company_partner_id_fkey
  FOREIGN KEY (partner_id) REFERENCES res_partner ON DELETE RESTRICT;
CREATE TABLE res_users (id serial PRIMARY KEY, active boolean DEFAULT true, login varchar NOT NULL, password varchar,
  company_id integer NOT NULL REFERENCES res_company ON DELETE RESTRICT,
  partner_id integer NOT NULL REFERENCES res_partner ON DELETE RESTRICT, share boolean, signature text,
  notification_type varchar NOT NULL DEFAULT 'email', ${LOG_COLUMNS}, CONSTRAINT res_users_login_key UNIQUE (login));
CREATE TABLE res_company_users_rel (cid integer NOT NULL REFERENCES res_company ON DELETE CASCADE,
  user_id integer NOT NULL REFERENCES res_users ON DELETE CASCADE, PRIMARY KEY (cid, user_id));
CREATE TABLE res_groups (id serial PRIMARY KEY, name varchar NOT NULL, category_id integer, comment text, ${LOG_COLUMNS});
CREATE TABLE res_groups_users_rel (gid integer NOT NULL REFERENCES res_groups ON DELETE CASCADE,
  uid integer NOT NULL REFERENCES res_users ON DELETE CASCADE, PRIMARY KEY (gid, uid));
CREATE TABLE ir_module_category (id serial PRIMARY KEY, name varchar NOT NULL, parent_id integer
  REFERENCES ir_module_category ON DELETE SET NULL, sequence integer, visible boolean, ${LOG_COLUMNS});
CREATE TABLE ir_module_module (id serial PRIMARY KEY, ${LOG_COLUMNS}, website varchar, summary varchar,
  name varchar NOT NULL, author varchar, icon varchar, state varchar(16), latest_version varchar, shortdesc varchar,
  category_id integer REFERENCES ir_module_category ON DELETE SET NULL, description text, application boolean DEFAULT false,
  demo boolean DEFAULT false, web boolean DEFAULT false, license varchar(32), sequence integer DEFAULT 100,
  auto_install boolean DEFAULT false, to_buy boolean DEFAULT false, maintainer varchar, contributors text,
  published_version varchar, url varchar, CONSTRAINT ir_module_module_name_uniq UNIQUE (name));
CREATE TABLE ir_module_module_dependency (id serial PRIMARY KEY, ${LOG_COLUMNS}, name varchar,
  module_id integer REFERENCES ir_module_module ON DELETE CASCADE, auto_install_required boolean DEFAULT true);
CREATE TABLE ir_module_module_exclusion (id serial PRIMARY KEY, ${LOG_COLUMNS}, name varchar,
  module_id integer REFERENCES ir_module_module ON DELETE CASCADE);
CREATE TABLE ir_model (id serial PRIMARY KEY, name varchar NOT NULL, model varchar NOT NULL, "order" varchar NOT NULL, info text,
  state varchar, transient boolean, ${LOG_COLUMNS}, CONSTRAINT ir_model_obj_name_uniq UNIQUE (model));
CREATE TABLE ir_model_fields (id serial PRIMARY KEY, name varchar NOT NULL, complete_name varchar, model varchar NOT NULL,
  relation varchar, relation_field varchar, relation_field_id integer REFERENCES ir_model_fields ON DELETE CASCADE,
  model_id integer NOT NULL REFERENCES ir_model ON DELETE CASCADE, field_description varchar NOT NULL, help text,
  ttype varchar NOT NULL, copied boolean, related varchar, related_field_id integer, required boolean, readonly boolean,
  index boolean, translate boolean, size integer CHECK (size >= 0), state varchar NOT NULL, on_delete varchar, domain varchar,
  group_expand boolean, selectable boolean, relation_table varchar, column1 varchar, column2 varchar, compute text,
  depends varchar, store boolean, ${LOG_COLUMNS}, CONSTRAINT ir_model_fields_name_unique UNIQUE (model, name));
CREATE TABLE ir_model_fields_selection (id serial PRIMARY KEY, field_id integer NOT NULL REFERENCES ir_model_fields ON DELETE CASCADE,
  value varchar NOT NULL, name varchar NOT NULL, sequence integer, ${LOG_COLUMNS},
  CONSTRAINT ir_model_fields_selection_selection_field_uniq UNIQUE (field_id, value));
CREATE TABLE ir_model_data (id serial PRIMARY KEY, create_uid integer, create_date timestamp DEFAULT (now() AT TIME ZONE 'UTC'),
  write_date timestamp DEFAULT (now() AT TIME ZONE 'UTC'), write_uid integer, noupdate boolean DEFAULT false,
  name varchar NOT NULL, module varchar NOT NULL, model varchar NOT NULL, res_id integer,
  CONSTRAINT ir_model_data_name_nospaces CHECK (name NOT LIKE '% %'));
CREATE UNIQUE INDEX ir_model_data_module_name_uniq_index ON ir_model_data (module, name);
CREATE INDEX ir_model_data_model_res_id_index ON ir_model_data (model, res_id);
CREATE TABLE ir_model_constraint (id serial PRIMARY KEY, name varchar NOT NULL, definition varchar, message varchar,
  model integer NOT NULL REFERENCES ir_model ON DELETE CASCADE,
  module integer NOT NULL REFERENCES ir_module_module ON DELETE CASCADE, type varchar(1) NOT NULL, ${LOG_COLUMNS},
  CONSTRAINT ir_model_constraint_module_name_uniq UNIQUE (name, module));
CREATE TABLE ir_model_relation (id serial PRIMARY KEY, name varchar NOT NULL,
  model integer NOT NULL REFERENCES ir_model ON DELETE CASCADE,
  module integer NOT NULL REFERENCES ir_module_module ON DELETE CASCADE, ${LOG_COLUMNS});
CREATE TABLE ir_model_access (id serial PRIMARY KEY, name varchar NOT NULL, active boolean,
  model_id integer NOT NULL REFERENCES ir_model ON DELETE CASCADE, group_id integer REFERENCES res_groups ON DELETE RESTRICT,
  perm_read boolean, perm_write boolean, perm_create boolean, perm_unlink boolean, ${LOG_COLUMNS});
CREATE TABLE ir_default (id serial PRIMARY KEY, field_id integer NOT NULL REFERENCES ir_model_fields ON DELETE CASCADE,
  user_id integer, company_id integer, condition varchar, json_value varchar NOT NULL, ${LOG_COLUMNS});
CREATE TABLE ir_property (id serial PRIMARY KEY, name varchar, res_id varchar,
  company_id integer REFERENCES res_company ON DELETE SET NULL,
  fields_id integer NOT NULL REFERENCES ir_model_fields ON DELETE CASCADE, value_float double precision, value_integer integer,
  value_text text, value_binary bytea, value_reference varchar, value_datetime timestamp, type varchar NOT NULL, ${LOG_COLUMNS});
CREATE TABLE ir_translation (id serial PRIMARY KEY, name varchar NOT NULL, res_id integer, lang varchar, type varchar,
  src text, value text, module varchar, state varchar, comments text);
CREATE UNIQUE INDEX ir_translation_model_unique ON ir_translation (type, lang, name, res_id) WHERE type = 'model';
CREATE TABLE ir_ui_view (id serial PRIMARY KEY, name varchar NOT NULL, model varchar, key varchar, priority integer NOT NULL,
  type varchar, arch_db text, arch_fs varchar, arch_updated boolean, arch_prev text,
  inherit_id integer REFERENCES ir_ui_view ON DELETE RESTRICT, field_parent varchar, mode varchar NOT NULL, active boolean, ${LOG_COLUMNS});
CREATE TABLE ir_ui_view_group_rel (view_id integer NOT NULL REFERENCES ir_ui_view ON DELETE CASCADE,
  group_id integer NOT NULL REFERENCES res_groups ON DELETE CASCADE, PRIMARY KEY (view_id, group_id));
CREATE TABLE ir_actions (id serial PRIMARY KEY, name varchar, type varchar NOT NULL, ${LOG_COLUMNS});
CREATE TABLE ir_filters (id serial PRIMARY KEY, name varchar NOT NULL, user_id integer, domain text NOT NULL,
  context text NOT NULL, sort text NOT NULL, model_id varchar NOT NULL, is_default boolean, action_id integer, active boolean, ${LOG_COLUMNS});
CREATE TABLE ir_exports (id serial PRIMARY KEY, name varchar, resource varchar, ${LOG_COLUMNS});
CREATE TABLE ir_exports_line (id serial PRIMARY KEY, name varchar, export_id integer REFERENCES ir_exports ON DELETE CASCADE, ${LOG_COLUMNS});
CREATE TABLE ir_attachment (id serial PRIMARY KEY, name varchar NOT NULL, description text, res_model varchar, res_field varchar,
  res_id integer, company_id integer, type varchar NOT NULL, url varchar(1024), public boolean, access_token varchar,
  db_datas bytea, store_fname varchar, file_size integer, checksum varchar(40), mimetype varchar, index_content text, ${LOG_COLUMNS});
CREATE TABLE ir_config_parameter (id serial PRIMARY KEY, key varchar NOT NULL UNIQUE, value text NOT NULL, ${LOG_COLUMNS});
CREATE TABLE ir_sequence (id serial PRIMARY KEY, name varchar NOT NULL, code varchar, implementation varchar NOT NULL,
  active boolean, prefix varchar, number_next integer NOT NULL, number_increment integer NOT NULL, padding integer NOT NULL,
  company_id integer, ${LOG_COLUMNS});
CREATE TABLE ir_cron (id serial PRIMARY KEY, ir_actions_server_id integer NOT NULL, cron_name varchar, user_id integer NOT NULL,
  active boolean, interval_number integer, interval_type varchar, numbercall integer, nextcall timestamp NOT NULL,
  lastcall timestamp, priority integer, ${LOG_COLUMNS});
`)
