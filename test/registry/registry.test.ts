import { describe, expect, test } from 'vitest'
import { source } from '../../src/odoo/models/fixtures/read-sources.js'
import {
  attributeOf,
  definersOf,
  foreignKeysOf,
  indexesOf,
  relationsOf,
  staticDefaultOf,
  tableOf,
  viewOf,
} from '../../src/odoo/registry/index.js'
import { type LoadedRegistry, loadRegistry } from '../support/load-registry.js'

/** A class with a body of the lines given. */
function model(name: string, lines: readonly string[], kind = 'Model'): readonly string[] {
  const className = `C${name.replace(/\W/g, '')}`
  return [`class ${className}(models.${kind}):`, ...lines.map((line) => `    ${line}`)]
}

function named(name: string, ...lines: readonly string[]): readonly string[] {
  return model(name, [`_name = '${name}'`, ...lines])
}

function extended(name: string, ...lines: readonly string[]): readonly string[] {
  return model(name, [`_inherit = '${name}'`, ...lines])
}

const one = (...classes: readonly (readonly string[])[]) => ({
  'a/__init__.py': source(...classes.flat()),
})

describe('fields are merged', () => {
  test.each<readonly [string, string, string, object]>([
    [
      'arguments that are not given stay',
      "fields.Char('Old', help='H', required=True)",
      'fields.Char(required=False)',
      { label: 'Old', help: 'H', required: false },
    ],
    [
      'another type begins anew',
      "fields.Char('Old', help='H')",
      'fields.Text()',
      { type: 'text', label: 'X', help: undefined },
    ],
    [
      'an image takes over from a binary',
      "fields.Binary('Old')",
      'fields.Image()',
      { type: 'binary', fieldClass: 'Image', label: 'Old' },
    ],
    [
      'a binary does not take over from an image',
      "fields.Image('Old')",
      'fields.Binary()',
      { label: 'X' },
    ],
    [
      'a default is taken away',
      'fields.Char(default="a")',
      'fields.Char(default=None)',
      { default: undefined },
    ],
    [
      'a compute makes it readonly and unstored',
      'fields.Char()',
      "fields.Char(compute='_c')",
      { store: false, readonly: true, copied: false, compute: '_c' },
    ],
    [
      'a stored compute has a column',
      'fields.Char()',
      "fields.Char(compute='_c', store=True, readonly=False)",
      { store: true, readonly: false, copied: true, column: { type: 'varchar' } },
    ],
  ])('%s', async (_, first, second, expected) => {
    const { field, findings } = await loadRegistry(
      one(named('x', `x = ${first}`), extended('x', `x = ${second}`)),
    )
    expect(field('x', 'x')).toMatchObject(expected)
    expect(findings).toEqual([])
  })

  test('selections in the order that all modules agree on', async () => {
    const { field } = await loadRegistry({
      ...one(named('x', "s = fields.Selection([('a', 'A'), ('c', 'C')], required=True)")),
      'b/__init__.py': source(
        ...extended(
          'x',
          "s = fields.Selection(selection_add=[('b', 'B'), ('c',)], ondelete={'b': 'cascade'})",
        ),
      ),
      'c/__init__.py': source(
        ...extended('x', "s = fields.Selection(selection_add=[('d', 'D'), ('a', 'Aa')])"),
      ),
    })
    expect(field('x', 's').selection).toEqual([
      { value: 'd', label: 'D', modules: ['c'] },
      { value: 'a', label: 'Aa', modules: ['a', 'c'] },
      { value: 'b', label: 'B', modules: ['b'] },
      { value: 'c', label: 'C', modules: ['a'] },
    ])
    expect(field('x', 's').selectionOnDelete).toEqual({ b: 'cascade', d: 'set null' })
    expect(field('x', 's').modules).toEqual(['a', 'b', 'c'])
  })

  test.each(["'_method'", 'lambda self: []', '_function'])(
    'a selection of %s is dynamic',
    async (text) => {
      const { field, reflections } = await loadRegistry(
        one(
          ['def _function(self):', '    x = 1', '    return x'],
          named('x', `s = fields.Selection(${text})`),
        ),
      )
      expect(field('x', 's').selection).toBe('dynamic')
      expect(reflections.at(-1)?.selections).toEqual([])
    },
  )

  test('mixins give their fields to all who take them, at once or later', async () => {
    const { registry, loads } = await loadRegistry({
      ...one(
        model('m', ["_name = 'm'", 'one = fields.Char()'], 'AbstractModel'),
        model('x', ["_name = 'x'", "_inherit = ['m']"]),
      ),
      'b/__init__.py': source(
        ...model('m', ["_inherit = 'm'", 'two = fields.Char()'], 'AbstractModel'),
      ),
    })
    expect([...(registry.models.get('x')?.fields.keys() ?? [])]).toEqual([
      ...['one', 'two', 'id', '__last_update', 'display_name'],
      ...['create_uid', 'create_date', 'write_uid', 'write_date'],
    ])
    expect([...(registry.models.get('m')?.fields.keys() ?? [])]).toEqual(['one', 'two'])
    expect(loads.at(-1)?.initialised.map(({ name }) => name)).toEqual(['m', 'x'])
    expect(loads.at(-1)?.touched).toEqual(['m'])
    expect(registry.models.get('x')?.ancestors).toEqual(['m'])
  })

  test('what no later module touches stays the same object', async () => {
    const { registry, loads } = await loadRegistry({
      ...one(named('x', 'a = fields.Char()', 'b = fields.Char()'), named('y')),
      'b/__init__.py': source(...extended('x', "a = fields.Char('New')")),
    })
    const before = loads[1]?.changed.find(({ name }) => name === 'x')
    expect(registry.models.get('x')?.fields.get('b')).toBe(before?.fields.get('b'))
    expect(registry.models.get('x')?.fields.get('a')).not.toBe(before?.fields.get('a'))
    expect(loads.at(-1)?.changed.map(({ name }) => name)).toEqual(['x'])
  })
})

describe('related fields', () => {
  const related = {
    ...one(
      named(
        'y',
        "n = fields.Char('Name', help='H', translate=True, size=5)",
        "z_id = fields.Many2one('res.users')",
      ),
      named(
        'x',
        "y_id = fields.Many2one('y')",
        "n = fields.Char(related='y_id.n')",
        "u = fields.Many2one(related='y_id.z_id', store=True)",
      ),
    ),
  }

  test('take over from the end of their path what they are not given', async () => {
    const { field } = await loadRegistry(related)
    expect(field('x', 'n')).toMatchObject({
      ...{ label: 'Name', help: 'H', translate: true, size: 5, readonly: true, store: false },
      ...{ related: ['y_id', 'n'], hasSearch: true, copied: false },
    })
    expect(field('x', 'u')).toMatchObject({
      comodel: 'res.users',
      onDelete: undefined,
      column: { type: 'int4' },
    })
  })

  test('follow a change of the end, though nobody touches their model', async () => {
    const { field, loads } = await loadRegistry({
      ...related,
      'b/__init__.py': source(...extended('y', "n = fields.Char('Other')")),
    })
    expect(field('x', 'n').label).toBe('Other')
    expect(loads.at(-1)?.initialised.map(({ name }) => name)).toEqual(['y'])
    expect(loads.at(-1)?.changed.map(({ name }) => name)).toEqual(['y', 'x'])
  })

  test('whose path breaks off are told', async () => {
    const { findings, field } = await loadRegistry(
      one(named('x', "n = fields.Char(related='y_id.n')")),
    )
    expect(findings).toMatchObject([
      { code: 'FIELD_RELATED_BROKEN', severity: 'error', place: { line: 4 } },
    ])
    expect(field('x', 'n').related).toEqual(['y_id', 'n'])
  })

  test('that go in a circle end', async () => {
    const { findings } = await loadRegistry(
      one(named('x', "a = fields.Char(related='b')", "b = fields.Char(related='a')")),
    )
    expect(findings.map(({ code }) => code)).toContain('FIELD_RELATED_BROKEN')
  })
})

describe('delegation', () => {
  const delegation = one(
    named('p', "name = fields.Char('Name', required=True)", 'note = fields.Char()'),
    named('x', "_inherits = {'p': 'p_id'}", 'note = fields.Text()', "p_id = fields.Many2one('p')"),
    named('y', "_inherits = {'x': 'x_id'}"),
    named('z', "link_id = fields.Many2one('p', delegate=True, required=True, ondelete='restrict')"),
  )

  test('fields of the parent become related ones, own ones win', async () => {
    const { field, registry, findings } = await loadRegistry(delegation)
    expect(field('x', 'name')).toMatchObject({
      ...{
        inherited: true,
        related: ['p_id', 'name'],
        required: true,
        store: false,
        definitions: [],
      },
      modules: ['a'],
    })
    expect(field('x', 'note')).toMatchObject({ type: 'text', inherited: false })
    expect(field('x', 'p_id')).toMatchObject({ required: true, onDelete: 'cascade' })
    expect(field('y', 'x_id')).toMatchObject({
      comodel: 'x',
      required: true,
      onDelete: 'cascade',
      module: undefined,
    })
    expect(field('y', 'name').related).toEqual(['x_id', 'name'])
    expect(field('z', 'name').related).toEqual(['link_id', 'name'])
    expect(field('z', 'link_id').onDelete).toBe('restrict')
    expect(registry.models.get('z')?.inherits).toEqual(new Map([['p', 'link_id']]))
    expect(findings).toEqual([])
  })

  test('a new field of the parent comes to all children', async () => {
    const { field, loads } = await loadRegistry({
      ...delegation,
      'b/__init__.py': source(...extended('p', 'late = fields.Integer()')),
    })
    expect(field('y', 'late')).toMatchObject({ type: 'integer', modules: ['a', 'b'] })
    expect(loads.at(-1)?.initialised.map(({ name }) => name)).toEqual(['p', 'x', 'z', 'y'])
  })
})

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

describe('what Odoo would refuse is told, and the rest goes on', () => {
  test.each<readonly [string, readonly (readonly string[])[], string]>([
    ['an unknown parent', [extended('nowhere', 'a = fields.Char()')], 'MODEL_PARENT_UNKNOWN'],
    [
      'a model that inherits from its child',
      [
        named('x'),
        named('y', "_inherit = ['x']"),
        model('z', ["_name = 'x'", "_inherit = ['x', 'y']"]),
      ],
      'MODEL_INHERITANCE_CYCLE',
    ],
    [
      'delegation in a circle',
      [named('x', "_inherits = {'y': 'y_id'}"), named('y', "_inherits = {'x': 'x_id'}")],
      '',
    ],
    ['a bad table', [named('x', "_table = 'a-b'")], 'MODEL_TABLE_INVALID'],
    ['a table name that is too long', [named(`x${'y'.repeat(63)}`)], 'MODEL_TABLE_INVALID'],
    ['an unknown comodel', [named('x', "y_id = fields.Many2one('y')")], 'FIELD_COMODEL_UNKNOWN'],
    ['an unknown class of fields', [named('x', 'y = fields.Magic()')], 'FIELD_CLASS_UNKNOWN'],
    [
      'set null where it is required',
      [named('x', "y = fields.Many2one('x', required=True, ondelete='set null')")],
      'FIELD_DELETE_RULE_INVALID',
    ],
    [
      'a relation with itself without a name',
      [named('x', "y = fields.Many2many('x')")],
      'FIELD_RELATION_INVALID',
    ],
    [
      'parents in a contradictory order',
      [
        model('m', ["_name = 'm'"], 'AbstractModel'),
        model('n', ["_name = 'n'", "_inherit = ['m']"], 'AbstractModel'),
        named('x', "_inherit = ['m', 'n']"),
      ],
      'MODEL_ORDER_INCONSISTENT',
    ],
  ])('%s', async (_, classes, code) => {
    const { findings, registry } = await loadRegistry(one(...classes, named('after')))
    expect(findings.map((finding) => finding.code)).toEqual(code === '' ? [] : [code])
    expect(registry.models.has('after')).toBe(true)
  })

  test('a module that changes the kind of a model', async () => {
    const { findings } = await loadRegistry({
      ...one(named('x')),
      'b/__init__.py': source(...model('x', ["_inherit = 'x'"], 'TransientModel')),
    })
    expect(findings).toMatchObject([
      { code: 'MODEL_KIND_CHANGED', data: { module: 'b', model: 'x' } },
    ])
  })
})

test('what a database adds: custom models and fields, fields that stay translated', async () => {
  const { registry, field } = await loadRegistry(one(named('x', 'n = fields.Char()')), {
    customModels: [
      { name: 'x_own', description: 'Own', order: 'id', transient: false, auto: true },
    ],
    customFields: [
      { model: 'x', name: 'x_note', fieldClass: 'Char', args: { string: 'Note' } },
      { model: 'x_own', name: 'x_x', fieldClass: 'Many2one', args: { comodel_name: 'x' } },
    ],
    translatedFields: new Set(['x.n']),
  })
  registry.loadCustomModels()
  expect(field('x', 'x_note')).toMatchObject({ manual: true, module: undefined, label: 'Note' })
  expect(registry.models.get('x_own')?.fields.get('x_x')).toMatchObject({
    comodel: 'x',
    manual: true,
  })
  expect(field('x', 'n').column?.type).toBe('jsonb')
})

test('attributes and methods are looked up as Python does', async () => {
  const { registry } = await loadRegistry({
    ...one(
      model('m', ["_name = 'm'", 'KEY = 1', 'def f(self):', '    pass'], 'AbstractModel'),
      named('x', "_inherit = ['m']", "_order = 'a'"),
    ),
    'b/__init__.py': source(...extended('x', 'def f(self):', '    return super().f()')),
  })
  const x = registry.models.get('x') ?? fail()
  expect([attributeOf(x, 'KEY'), attributeOf(x, '_order'), attributeOf(x, 'NONE')]).toEqual([
    1,
    'a',
    undefined,
  ])
  expect(definersOf(x, 'f').map(({ module, name }) => `${module} ${name}`)).toEqual(['b x', 'a m'])
})

function fail(): never {
  throw new Error('it has to be there')
}
