import { describe, expect, test } from 'vitest'
import { source } from '../../src/odoo/models/fixtures/read-sources.js'
import { attributeOf, definersOf } from '../../src/odoo/registry/index.js'
import { loadRegistry } from '../support/load-registry.js'
import { extended, model, named, one } from '../support/model-sources.js'

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
