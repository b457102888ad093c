import {
  type SmallReleaseFiles,
  writeSmallRelease,
} from '../../src/upgrade/loader/fixtures/small-release.js'

const SHOP = [
  'class Shop(models.Model):',
  "    _name = 'shop'",
  "    _description = 'Shop'",
  '    name = fields.Char(required=True, translate=True)',
  "    kind = fields.Selection([('a', 'First'), ('b', 'Second')], default='a')",
  '    rank = fields.Integer(default=7, index=True)',
  '    code = fields.Char(required=True)',
  "    parent_id = fields.Many2one('shop')",
  "    tag_ids = fields.Many2many('shop.tag')",
  "    _sql_constraints = [('code_uniq', 'unique (code)', 'Codes must be unique.')]",
  'class Tag(models.Model):',
  "    _name = 'shop.tag'",
  "    _description = 'Tag'",
  '    name = fields.Char()',
] as const

const EXTRA = [
  'class Shop(models.Model):',
  "    _inherit = 'shop'",
  "    line_ids = fields.One2many('shop.line', 'shop_id')",
  "    user_id = fields.Many2one('res.users')",
  'class Line(models.Model):',
  "    _name = 'shop.line'",
  "    _description = 'Line'",
  '    name = fields.Char(required=True)',
  "    shop_id = fields.Many2one('shop', required=True, ondelete='cascade')",
] as const

const SHOP_DATA = `<odoo>
  <record id="tag_a" model="shop.tag"><field name="name">A</field></record>
  <record id="one" model="shop">
    <field name="name">One</field>
    <field name="code">1</field>
    <field name="tag_ids" eval="[(6, 0, [ref('tag_a')])]"/>
  </record>
  <record id="two" model="shop">
    <field name="name">Two</field>
    <field name="code">2</field>
    <field name="parent_id" ref="one"/>
  </record>
</odoo>`

const EXTRA_DATA = `<odoo>
  <record id="three" model="shop">
    <field name="name">Three</field>
    <field name="code">3</field>
    <field name="line_ids" eval="[(0, 0, {'name': 'L1'}), (0, 0, {'name': 'L2'})]"/>
  </record>
  <record id="shop.one" model="shop"><field name="rank">9</field></record>
</odoo>`

const say = (entry: string): string => `INSERT INTO log (entry) VALUES ('${entry}');\n`

const RELEASE: SmallReleaseFiles = {
  series: '16.0',
  modules: { shop: SHOP, extra: EXTRA },
  data: { shop: { 'data.xml': SHOP_DATA }, extra: { 'data.xml': EXTRA_DATA } },
  files: {
    base: { 'migrations/16.0.1.0/pre-say.sql': say('base') },
    shop: {
      'migrations/16.0.1.0/pre-say.sql': say('before'),
      'migrations/16.0.1.0/post-say.sql': say('behind'),
      // What the columns and the constraint are refused for while the module is loaded.
      'migrations/16.0.1.0/end-mend.sql':
        "UPDATE shop SET code = 'c' || id WHERE code IS NULL OR code = 'twice';\n",
    },
    extra: { 'migrations/16.0.1.0/post-say.sql': say('extra') },
  },
}

/** Rows of the older release: some are named by no file any more, some stand against what is required. */
export const OLDER_SHOP = `
  ALTER TABLE ir_model_fields ADD field_description varchar, ADD state varchar;
  UPDATE ir_model_fields SET field_description = name, state = 'base';
  CREATE TABLE ir_model_fields_selection (id serial PRIMARY KEY, field_id integer, value varchar, name varchar,
    sequence integer);
  CREATE TABLE shop (id serial PRIMARY KEY, name varchar, code varchar, parent_id integer,
    create_uid integer, create_date timestamp, write_uid integer, write_date timestamp);
  INSERT INTO shop (name, code) VALUES ('Old one', '1'), ('Gone', 'x'), ('Mine', NULL), ('Same', 'twice'),
    ('Same again', 'twice');
  INSERT INTO ir_model_data (module, name, model, res_id) VALUES
    ('shop', 'one', 'shop', 1), ('shop', 'gone', 'shop', 2);`

/** A release 16.0 of three modules, for upgrades by moult's own loader. */
export async function writeNativeRelease(root: string): Promise<string> {
  await writeSmallRelease(root, RELEASE)
  return root
}
