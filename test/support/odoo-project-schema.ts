const LOG_COLUMNS =
  'create_uid integer, create_date timestamp, write_uid integer, write_date timestamp'

/** Modules of a database by name; `base` is there without being named. */
export type InstalledModules = Readonly<Record<string, InstalledModule>>

/** One row of the module table. */
export interface InstalledModule {
  /** As stored; null for one that is not installed. */
  readonly version?: string | null
  readonly state?: string
  readonly depends?: readonly string[]
  readonly excludes?: readonly string[]
  readonly autoInstall?: boolean
  readonly demo?: boolean
}

/**
 * The tables of a small Odoo database: modules, reflection, xml ids, partners, users and companies, and a table
 * `log` for what scripts tell; reflected as far as records are read and written.
 */
export const PROJECT_SCHEMA = `
  CREATE TABLE ir_module_module (
    id serial PRIMARY KEY, name varchar UNIQUE, state varchar, latest_version varchar, shortdesc varchar,
    summary varchar, author varchar, license varchar, sequence integer, application boolean,
    auto_install boolean, demo boolean, to_buy boolean, ${LOG_COLUMNS});
  CREATE TABLE ir_module_module_dependency (
    id serial PRIMARY KEY, module_id integer REFERENCES ir_module_module ON DELETE CASCADE, name varchar,
    auto_install_required boolean DEFAULT true, ${LOG_COLUMNS});
  CREATE TABLE ir_module_module_exclusion (
    id serial PRIMARY KEY, module_id integer REFERENCES ir_module_module ON DELETE CASCADE, name varchar,
    ${LOG_COLUMNS});
  CREATE TABLE ir_model (
    id serial PRIMARY KEY, model varchar NOT NULL UNIQUE, name varchar, "order" varchar, info text, state varchar,
    transient boolean, ${LOG_COLUMNS});
  CREATE TABLE ir_model_fields (
    id serial PRIMARY KEY, model varchar, model_id integer, name varchar, ttype varchar, relation varchar,
    relation_field varchar, relation_table varchar, column1 varchar, column2 varchar, related varchar,
    on_delete varchar, domain varchar, store boolean, required boolean, readonly boolean, copied boolean,
    translate boolean, ${LOG_COLUMNS});
  CREATE TABLE ir_model_data (
    id serial PRIMARY KEY, module varchar, name varchar, model varchar, res_id integer, noupdate boolean,
    ${LOG_COLUMNS}, UNIQUE (module, name));
  CREATE TABLE ir_model_constraint (
    id serial PRIMARY KEY, module integer, model integer, name varchar, type varchar, ${LOG_COLUMNS});
  CREATE TABLE ir_model_relation (
    id serial PRIMARY KEY, module integer, model integer, name varchar, ${LOG_COLUMNS});
  CREATE TABLE ir_config_parameter (
    id serial PRIMARY KEY, key varchar UNIQUE, value text, ${LOG_COLUMNS});
  CREATE TABLE res_country (id serial PRIMARY KEY, name varchar, code varchar(2), ${LOG_COLUMNS});
  CREATE TABLE res_partner (
    id serial PRIMARY KEY, name varchar, active boolean DEFAULT true, country_id integer, ${LOG_COLUMNS});
  CREATE TABLE res_company (
    id serial PRIMARY KEY, name varchar, partner_id integer REFERENCES res_partner, ${LOG_COLUMNS});
  CREATE TABLE res_users (
    id serial PRIMARY KEY, login varchar, active boolean DEFAULT true, company_id integer, partner_id integer,
    ${LOG_COLUMNS});
  CREATE TABLE res_company_users_rel (cid integer, user_id integer);
  CREATE TABLE log (id serial PRIMARY KEY, entry text);
  INSERT INTO res_country (name, code) VALUES ('Belgium', 'BE'), ('France', 'FR');
  INSERT INTO res_partner (name, country_id)
    VALUES ('Agrolait', 1), ('Azure Interior', 2), ('Deco Addict', NULL);
  INSERT INTO res_company (name, partner_id) VALUES ('My Company', 2);
  INSERT INTO res_users (login, company_id, partner_id) VALUES ('__system__', 1, 1), ('admin', 1, 2);
  INSERT INTO res_company_users_rel VALUES (1, 1), (1, 2);
  INSERT INTO ir_config_parameter (key, value)
    VALUES ('database.uuid', '11111111-1111-1111-1111-111111111111'), ('web.base.url', 'http://localhost');
  ${reflected('res.partner', { name: 'char', active: 'boolean', country_id: 'many2one res.country' })}
  ${reflected('res.country', { name: 'char', code: 'char' })}
  ${reflected('res.company', { name: 'char', partner_id: 'many2one res.partner' })}
  ${reflected('res.users', {
    login: 'char',
    active: 'boolean',
    company_id: 'many2one res.company',
    partner_id: 'many2one res.partner',
  })}
  ${reflected('ir.module.module', { name: 'char', state: 'char', latest_version: 'char' })}`

/** The rows of `ir_model` and `ir_model_fields` of a model, with xml ids of a module. */
export function reflected(
  model: string,
  fields: Readonly<Record<string, string>>,
  module = 'base',
): string {
  const slug = model.replaceAll('.', '_')
  const rows = Object.entries({ id: 'integer', ...fields }).map(([name, type]) => {
    const [ttype, relation] = type.split(' ')
    return `('${name}', '${ttype}', ${relation === undefined ? 'NULL' : `'${relation}'`})`
  })
  return `
  INSERT INTO ir_model (model, name, "order", state, transient)
    VALUES ('${model}', '${model}', 'id', 'base', false) ON CONFLICT DO NOTHING;
  INSERT INTO ir_model_data (module, name, model, res_id)
    SELECT '${module}', 'model_${slug}', 'ir.model', id FROM ir_model WHERE model = '${model}'
        ON CONFLICT DO NOTHING;
  WITH added AS (
    INSERT INTO ir_model_fields (model, model_id, name, ttype, relation, store, required, readonly, copied, translate)
    SELECT m.model, m.id, f.name, f.ttype, f.relation, true, false, false, true, false
      FROM ir_model m, (VALUES ${rows.join(', ')}) AS f(name, ttype, relation)
     WHERE m.model = '${model}'
       AND NOT EXISTS (SELECT FROM ir_model_fields o WHERE o.model = m.model AND o.name = f.name)
    RETURNING id, name)
  INSERT INTO ir_model_data (module, name, model, res_id)
    SELECT '${module}', 'field_${slug}__' || name, 'ir.model.fields', id FROM added;`
}

/** The rows of the module table, as a database of a release has them. */
export function moduleRowsSql(series: string, modules: InstalledModules): string {
  const all: InstalledModules = { base: { version: `${series}.1.3` }, ...modules }
  return Object.entries(all)
    .map(([name, module]) => moduleSql(series, name, module))
    .join('\n')
}

function moduleSql(series: string, name: string, module: InstalledModule): string {
  const { state = 'installed', version, depends, excludes = [] } = module
  const stored = version === undefined && state !== 'uninstalled' ? `${series}.1.0` : version
  const needs = depends ?? (name === 'base' ? [] : ['base'])
  const own = `(SELECT id FROM ir_module_module WHERE name = '${name}')`
  return `
  INSERT INTO ir_module_module (name, state, latest_version, auto_install, demo, to_buy)
    VALUES ('${name}', '${state}', ${stored ? `'${stored}'` : 'NULL'}, ${module.autoInstall ?? false}, ${module.demo ?? false}, false);
  INSERT INTO ir_model_data (module, name, model, res_id, noupdate)
    SELECT 'base', 'module_${name}', 'ir.module.module', id, true FROM ir_module_module WHERE name = '${name}';
  ${needs.map((need) => `INSERT INTO ir_module_module_dependency (module_id, name) VALUES (${own}, '${need}');`).join('\n')}
  ${excludes.map((foe) => `INSERT INTO ir_module_module_exclusion (module_id, name) VALUES (${own}, '${foe}');`).join('\n')}`
}
