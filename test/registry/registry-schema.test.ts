import { describe, expect, test } from 'vitest'
import { source } from '../../src/odoo/models/fixtures/read-sources.js'
import {
  foreignKeysOf,
  indexesOf,
  relationsOf,
  staticDefaultOf,
  tableOf,
  viewOf,
} from '../../src/odoo/registry/index.js'
import { type LoadedRegistry, loadRegistry } from '../support/load-registry.js'
import { extended, model, named, one } from '../support/model-sources.js'

describe('the schema', () => {
  test('columns, indexes and constraints of a table', async () => {
    const { registry } = await loadRegistry(
      one(
        named(
          'x',
          "_description = 'Thing'",
          "_sql_constraints = [('k', 'unique(c)', 'Once only')]",
          'c = fields.Char(required=True, size=8, index=True)',
          'f = fields.Float()',
          "d = fields.Float(digits='Price')",
          'm = fields.Monetary()',
          'b = fields.Boolean()',
          't = fields.Text(translate=True, index=True)',
          "g = fields.Char(index='trigram', translate=True)",
          'i = fields.Binary(attachment=False)',
          'j = fields.Image()',
          "r = fields.Reference([('x', 'X')])",
          "n = fields.Many2oneReference(model_field='c', index='btree_not_null')",
          "u = fields.Many2one('res.users', required=True)",
          'p = fields.Char(company_dependent=True)',
        ),
      ),
    )
    const found = registry.models.get('x')
    if (found === undefined) throw new Error('there is no x')
    const table = tableOf(found, registry.rules)
    expect(table).toMatchObject({
      name: 'x',
      comment: 'Thing',
      constraints: [{ key: 'k', name: 'x_k', module: 'a' }],
    })
    expect(
      table?.columns.map(({ name, ddlType, notNull }) => `${name} ${ddlType}${notNull ? '!' : ''}`),
    ).toEqual([
      ...['id int4!', 'n int4', 'u int4!', 'create_uid int4', 'write_uid int4', 'c varchar(8)!'],
      ...['r varchar', 't jsonb', 'g jsonb', 'd numeric', 'm numeric', 'b bool'],
      ...['create_date timestamp', 'write_date timestamp', 'f float8', 'i bytea'],
    ])
    expect(indexesOf(found, registry.rules)).toEqual([
      { name: 'x_n_index', table: 'x', column: 'n', kind: 'btree_not_null' },
      { name: 'x_c_index', table: 'x', column: 'c', kind: 'btree' },
      { name: 'x_g_index', table: 'x', column: 'g', kind: 'trigram' },
    ])
  })

  test.each([
    [15, "fields.Char(translate=True, index='trigram')", 'varchar', 'btree'],
    [16, 'fields.Char(translate=True)', 'jsonb', undefined],
    [17, 'fields.Char(company_dependent=True)', undefined, undefined],
    [18, 'fields.Char(company_dependent=True)', 'jsonb', 'btree_not_null'],
  ])('%i: %s has the column %s and the index %s', async (major, text, type, index) => {
    const { field } = await loadRegistry(one(named('x', `x = ${text}`)), { major })
    expect(field('x', 'x').column?.type).toBe(type)
    expect(field('x', 'x').column?.index).toBe(index)
  })

  test.each([
    [
      14,
      [
        'id',
        'display_name',
        'create_uid',
        'create_date',
        'write_uid',
        'write_date',
        '__last_update',
      ],
    ],
    [
      16,
      [
        'id',
        '__last_update',
        'display_name',
        'create_uid',
        'create_date',
        'write_uid',
        'write_date',
      ],
    ],
    [17, ['id', 'display_name', 'create_uid', 'create_date', 'write_uid', 'write_date']],
  ])('%i: magic fields', async (major, names) => {
    const { registry } = await loadRegistry(one(named('x')), { major })
    expect([...(registry.models.get('x')?.fields.keys() ?? [])].sort()).toEqual([...names].sort())
  })

  test.each<readonly [string, object]>([
    ["fields.Many2one('res.users')", { onDelete: 'set null' }],
    ["fields.Many2one('res.users', required=True)", { onDelete: 'restrict' }],
    [
      "fields.Many2many('res.users')",
      { relation: { table: 'res_users_x_rel', column1: 'x_id', column2: 'res_users_id' } },
    ],
    [
      "fields.Many2many('res.users', 'r', 'a', 'b')",
      { relation: { table: 'r', column1: 'a', column2: 'b' } },
    ],
    ["fields.Many2many('res.users', compute='_c')", { relation: undefined, column: undefined }],
    ["fields.One2many('y', 'x_id')", { inverseName: 'x_id', copied: false, column: undefined }],
  ])('%s', async (text, expected) => {
    const { field } = await loadRegistry(
      one(named('x', `x = ${text}`), named('y', "x_id = fields.Many2one('x')")),
    )
    expect(field('x', 'x')).toMatchObject(expected)
  })

  test('a wizard lets go of what it points to', async () => {
    const { field } = await loadRegistry(
      one(
        model(
          'x',
          ["_name = 'x'", "u = fields.Many2one('res.users', required=True)"],
          'TransientModel',
        ),
      ),
    )
    expect(field('x', 'u').onDelete).toBe('cascade')
  })

  test('of two sides of a relation the one that is loaded last decides', async () => {
    const sides = {
      ...one(
        named('x', "y_ids = fields.Many2many('y', 'r', 'x_id', 'y_id')"),
        named('y', "x_ids = fields.Many2many('x', 'r', 'y_id', 'x_id', ondelete='restrict')"),
      ),
      'b/__init__.py': source(...extended('x')),
    }
    const { loads, registry } = await loadRegistry(sides)
    const rules = loads.map((load) =>
      foreignKeysOf(load, registry.models, registry.rules)
        .filter(({ table }) => table === 'r')
        .map(({ column, onDelete }) => `${column} ${onDelete}`),
    )
    expect(rules[1]).toEqual(['x_id restrict', 'y_id cascade'])
    expect(rules[2]).toEqual(['x_id cascade', 'y_id cascade'])
    expect(relationsOf(loads[1] ?? fail(), registry.models, registry.rules)).toMatchObject([
      { table: 'r', model: 'x', module: 'a', comment: 'RELATION BETWEEN x AND y' },
      { table: 'r', model: 'y' },
    ])
  })

  test('views and queries have no table', async () => {
    const { registry } = await loadRegistry(
      one(
        named('v', '_auto = False', 'def init(self):', '    pass'),
        named(
          'q',
          '_auto = False',
          '@property',
          'def _table_query(self):',
          '    pass',
          'c = fields.Char()',
        ),
      ),
    )
    const views = ['v', 'q', 'base', 'res.users'].map((name) =>
      viewOf(registry.models.get(name) ?? fail()),
    )
    expect(views).toMatchObject([
      { kind: 'view', table: 'v', methods: [{ name: 'init', place: { line: 5 } }] },
      { kind: 'query', methods: [{ name: '_table_query' }] },
      undefined,
      undefined,
    ])
    expect(registry.models.get('v')?.logAccess).toBe(false)
  })

  test('defaults that are the same for all rows', async () => {
    const { field } = await loadRegistry(
      one(
        named(
          'x',
          'a = fields.Integer(default=3)',
          'b = fields.Char(default=lambda self: _("B"))',
          'c = fields.Char(default=lambda self: self.x)',
        ),
      ),
    )
    expect(['a', 'b', 'c'].map((name) => staticDefaultOf(field('x', name)))).toEqual([
      3,
      'B',
      undefined,
    ])
  })
})

describe('reflected rows', () => {
  const loaded = (): Promise<LoadedRegistry> =>
    loadRegistry({
      ...one(
        model('m', ["_name = 'm.x'", 'mixed = fields.Char()'], 'AbstractModel'),
        named(
          'x.y',
          "_description = 'Old'",
          "s = fields.Selection([('A b', 'Label')], tracking=True)",
          "_sql_constraints = [('k', 'CHECK (s > 1, 2)', 'No')]",
        ),
      ),
      'b/__init__.py': source(
        ...model('x.y', [
          "_inherit = ['x.y', 'm.x']",
          "_name = 'x.y'",
          "_description = 'New'",
          'late = fields.Char()',
        ]),
      ),
    })

  test('xml ids go to the modules that make, define or bring a thing', async () => {
    const { reflections } = await loaded()
    const ids = (at: number, kind: string) =>
      reflections[at]?.xmlIds
        .filter((row) => row.model === kind)
        .map((row) => `${row.module}.${row.name}`)
    expect(ids(2, 'ir.model')).toEqual(['b.model_x_y'])
    expect(ids(2, 'ir.model.fields')).toEqual(['b.field_x_y__mixed', 'b.field_x_y__late'])
    expect(ids(1, 'ir.model.fields')).toContain('a.field_x_y__write_date')
    expect(ids(1, 'ir.model.fields.selection')).toEqual(['a.selection__x_y__s__a_b'])
    expect(ids(2, 'ir.model.constraint')).toEqual(['a.constraint_x_y_k'])
  })

  test('rows say what the model is when the module is loaded', async () => {
    const { reflections } = await loaded()
    expect(reflections[1]?.models[1]).toMatchObject({ model: 'x.y', name: 'Old', transient: false })
    expect(reflections[2]?.models[0]).toMatchObject({ name: 'New', order: 'id' })
    expect(reflections[1]?.constraints).toEqual([
      expect.objectContaining({
        name: 'x_y_k',
        definition: 'check(s > 1,2)',
        message: 'No',
        module: 'a',
      }),
    ])
    expect(reflections[1]?.fields.find(({ name }) => name === 's')).toMatchObject({
      ...{ ttype: 'selection', field_description: 'S', selectable: true, relation: null },
    })
  })

  test('inheritance is reflected from 17 on', async () => {
    const { reflections } = await loadRegistry(
      one(
        model('m', ["_name = 'm'"], 'AbstractModel'),
        named('x', "_inherit = ['m']", "_inherits = {'res.users': 'u_id'}"),
      ),
      { major: 17 },
    )
    expect(reflections.at(-1)?.inherits).toEqual([
      { model: 'x', parent: 'm', parentField: null },
      { model: 'x', parent: 'res.users', parentField: 'u_id' },
    ])
    expect(reflections.at(-1)?.xmlIds.map(({ name }) => name)).toContain(
      'model_inherit__x__res_users',
    )
  })
})

function fail(): never {
  throw new Error('it has to be there')
}
