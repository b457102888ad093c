import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type SmallData, smallRelease } from '../../src/upgrade/loader/fixtures/small-release.js'

/** What a database of the small release has before its first module. */
const FIRST_SQL = `
  CREATE TABLE res_users (id serial PRIMARY KEY, login varchar);
  INSERT INTO res_users (login) VALUES ('__system__');
  CREATE TABLE ir_module_category (id serial PRIMARY KEY, parent_id int4, name jsonb NOT NULL);
  CREATE TABLE ir_module_module (id serial PRIMARY KEY, create_uid int4, create_date timestamp,
    write_uid int4, write_date timestamp, name varchar NOT NULL, state varchar, latest_version varchar,
    shortdesc jsonb, category_id int4, auto_install bool, demo bool DEFAULT false, to_buy bool);
  CREATE TABLE ir_module_module_dependency (id serial PRIMARY KEY, name varchar, module_id int4,
    auto_install_required bool DEFAULT true);
  CREATE TABLE ir_module_module_exclusion (id serial PRIMARY KEY, create_uid int4,
    create_date timestamp, write_uid int4, write_date timestamp, name varchar, module_id int4);
  CREATE TABLE ir_model_data (id serial PRIMARY KEY, create_uid int4, create_date timestamp,
    write_uid int4, write_date timestamp, name varchar NOT NULL, model varchar NOT NULL,
    module varchar NOT NULL, res_id int4, noupdate bool DEFAULT false);
  CREATE UNIQUE INDEX ir_model_data_uniq ON ir_model_data (module, name);`

const PEN = [
  'class Pen(models.Model):',
  "    _name = 'shop.pen'",
  "    _description = 'Pen'",
  '    name = fields.Char(required=True)',
  "    color = fields.Char(default='blue')",
]

const record = (id: string, name: string): string =>
  `<odoo><record id="${id}" model="shop.pen"><field name="name">${name}</field></record></odoo>`

const DATA: SmallData = { shop: { 'data/pens.xml': record('pen_black', 'Black') } }

/** A source tree whose modules can be installed. */
export interface InstallableRelease {
  /** For `--addons-path`. */
  readonly root: string
  remove(): Promise<void>
}

/**
 * A release of four modules: `base`, `shop` with a model, a record, a demonstration record and an install hook,
 * `glue`, which installs itself where `shop` is, and `broken`, whose dependency is missing.
 */
export async function installableRelease(): Promise<InstallableRelease> {
  const { source, remove } = await smallRelease({ shop: PEN, glue: [], broken: [] }, '16.0', DATA)
  const root = source.tree.root ?? ''
  const write = async (path: string, text: string): Promise<void> => {
    const file = join(root, 'odoo/addons', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  const manifest = (name: string, keys: string): Promise<void> =>
    write(`${name}/__manifest__.py`, `{'name': '${name}', 'license': 'LGPL-3', ${keys}}\n`)
  await write('base/data/base_data.sql', FIRST_SQL)
  await write('shop/demo/pens.xml', record('pen_red', 'Red'))
  await manifest('base', "'version': '1.3', 'category': 'Hidden', 'auto_install': True")
  await manifest(
    'shop',
    "'depends': ['base'], 'data': ['data/pens.xml'], 'demo': ['demo/pens.xml'], 'category': 'Sales/Shops', 'post_init_hook': 'fill_shelves'",
  )
  await manifest('glue', "'depends': ['shop'], 'auto_install': True")
  await manifest('broken', "'depends': ['nowhere']")
  return { root, remove }
}
