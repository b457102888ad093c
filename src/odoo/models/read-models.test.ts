import { describe, expect, test } from 'vitest'
import { readSources, source } from './fixtures/read-sources.js'
import type { ModelClass } from './model-class.js'

/** Classes of the module `a`, of which all files are given. */
async function classesOf(
  files: Readonly<Record<string, string>>,
  major = 16,
): Promise<readonly ModelClass[]> {
  const { modules, findings } = await readSources(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name.includes('/') ? name : `a/${name}`, text]),
    ),
    major,
  )
  expect(findings).toEqual([])
  return modules.get('a')?.classes ?? []
}

const MODEL = (name: string, ...lines: readonly string[]): string =>
  source(`class ${name}(models.Model):`, `    _name = '${name.toLowerCase()}'`, ...lines)

describe('files of a module', () => {
  test('are those that imports reach, in the order of the statements', async () => {
    const { modules } = await readSources({
      'a/__init__.py': 'from . import models\nfrom .wizard import two\n',
      'a/models/__init__.py': 'from . import late\nimport odoo.addons.a.models.early\n',
      'a/models/early.py': MODEL('Early'),
      'a/models/late.py': `from . import early\n${MODEL('Late')}`,
      'a/models/never.py': MODEL('Never'),
      'a/wizard/__init__.py': MODEL('One'),
      'a/wizard/two.py': MODEL('Two'),
    })
    const names = modules.get('a')?.classes.map(({ name }) => name)
    expect(names).toEqual(['early', 'late', 'one', 'two'])
    expect(modules.get('a')?.files.map((file) => file.split('/a/')[1])).toEqual([
      ...['__init__.py', 'models/__init__.py', 'models/late.py', 'models/early.py'],
      ...['wizard/__init__.py', 'wizard/two.py'],
    ])
  })

  test('a name of the package hides a file of the same name', async () => {
    const classes = await classesOf({
      '__init__.py': 'from . import models\n',
      'models/../a/models/__init__.py': 'x = 1\nfrom .. import y\n',
      'a/models/__init__.py': 'from .b import C\nfrom . import b\n',
      'a/models/b.py': MODEL('B', 'C = 1'),
      'a/y.py': '',
    })
    expect(classes.map(({ name }) => name)).toEqual(['b'])
  })

  test('cycles of imports end', async () => {
    const classes = await classesOf({
      '__init__.py': 'from . import x\n',
      'x.py': `from . import y\n${MODEL('X')}`,
      'y.py': `from . import x\n${MODEL('Y')}`,
    })
    expect(classes.map(({ name }) => name)).toEqual(['y', 'x'])
  })

  test('classes of other modules stay theirs, constants are followed', async () => {
    const { modules, findings } = await readSources({
      'a/__init__.py': 'from . import m\n',
      'a/m.py': source(
        'STATES = [("x", "X")]',
        'class A(models.Model):',
        '    _name = "a"',
        '    KEYS = STATES + [("y", "Y")]',
      ),
      'b/__init__.py': source(
        'from odoo.addons.a.m import STATES, A',
        'import odoo.addons.a.m as m',
        'from odoo.addons import a',
        'class B(models.Model):',
        '    _name = "b"',
        '    one = fields.Selection(STATES)',
        '    two = fields.Selection(m.STATES)',
        '    three = fields.Selection(A.KEYS)',
        '    four = fields.Selection(a.m.STATES)',
        '    five = fields.Selection(selection=lambda self: self._x())',
      ),
    })
    expect(findings).toEqual([])
    expect(modules.get('a')?.classes.map(({ name }) => name)).toEqual(['a'])
    const [b] = modules.get('b')?.classes ?? []
    const X = { kind: 'tuple', items: ['x', 'X'] }
    const Y = { kind: 'tuple', items: ['y', 'Y'] }
    expect(b?.fields.map(({ args }) => args.selection)).toMatchObject([
      ...[[X], [X], [X, Y], [X]],
      { kind: 'unevaluated', reason: 'lambda', shape: 'method' },
    ])
  })

  test('a file of another module that its own package does not import is read for its names', async () => {
    const { modules } = await readSources({
      'a/__init__.py': '',
      'a/lib.py': 'X = "x"\n',
      'b/__init__.py': `from odoo.addons.a.lib import X\n${MODEL('B', '    _order = X')}`,
    })
    expect(modules.get('b')?.classes[0]?.attributes._order).toBe('x')
    expect(modules.get('a')?.classes).toEqual([])
  })
})

describe('model classes', () => {
  test.each<readonly [string, readonly string[], Partial<ModelClass>]>([
    ['a name', ["_name = 'x'"], { name: 'x', creates: true, inherit: [] }],
    ['no name', [], { name: 'A', creates: true }],
    ['one parent', ["_inherit = 'x'"], { name: 'x', creates: false, inherit: ['x'] }],
    ['two parents', ["_inherit = ['x', 'y']"], { name: 'A', creates: true, inherit: ['x', 'y'] }],
    ['itself and a mixin', ["_name = 'x'", "_inherit = ['x', 'm']"], { name: 'x', creates: false }],
    ['a name of its own', ["_name = 'x'", '_inherit = _name'], { name: 'x', creates: false }],
    ['a tuple', ["_name = 'x'", "_inherit = ('m', )"], { inherit: ['m'], creates: true }],
  ])('%s', async (_, lines, expected) => {
    const body = lines.length === 0 ? ['    pass'] : lines.map((line) => `    ${line}`)
    const [model] = await classesOf({ '__init__.py': source('class A(models.Model):', ...body) })
    expect(model).toMatchObject(expected)
  })

  test.each([
    ['models.Model', 'model'],
    ['models.AbstractModel', 'abstract'],
    ['models.TransientModel', 'transient'],
    ['object', undefined],
    ['Plain', undefined],
    ['Plain, models.Model', 'model'],
  ])('a class that derives from %s is %s', async (base, kind) => {
    const [model] = await classesOf({
      '__init__.py': source('class Plain:', '    x = 1', `class A(${base}):`, '    _name = "a"'),
    })
    expect(model?.kind).toBe(kind)
  })

  test('a hidden class is none, what it has comes to those that derive from it', async () => {
    const classes = await classesOf({
      '__init__.py': source(
        'class Box(models.TransientModel):',
        '    _register = False',
        '    _order = "x"',
        '    name = fields.Char()',
        '    def run(self):',
        '        pass',
        'class Out(Box):',
        '    _name = "box.out"',
      ),
    })
    expect(classes).toHaveLength(1)
    expect(classes[0]).toMatchObject({
      ...{ name: 'box.out', kind: 'transient', fields: [] },
      pythonBases: [
        {
          className: 'Box',
          fields: [{ name: 'name' }],
          attributes: { _order: 'x' },
          methods: [{ name: 'run' }],
        },
      ],
    })
  })

  test('classes within classes are registered before those around them', async () => {
    const classes = await classesOf({
      '__init__.py': source(
        'class Outer(models.Model):',
        '    _name = "outer"',
        '    class Inner(models.Model):',
        '        _name = "inner"',
      ),
    })
    expect(classes.map(({ className }) => className)).toEqual(['Outer.Inner', 'Outer'])
  })

  test('fields with all arguments, their places and names by position', async () => {
    const [model] = await classesOf({
      '__init__.py': source(
        'EXTRA = {"help": "Help", "copy": False}',
        'class A(models.Model):',
        '    _name = "a"',
        '    label = fields.Char("Label", size=8)',
        '    other_id = fields.Many2one("b", "Other", ondelete="cascade",',
        '        required=True)',
        '    line_ids = fields.One2many("c", "a_id", "Lines")',
        '    tag_ids = fields.Many2many("t", "rel", "c1", "c2", "Tags", **EXTRA)',
        '    amount = fields.Float("Amount", (16, 2))',
        '    label = fields.Text()',
      ),
    })
    expect(
      model?.fields.map(({ name, fieldClass, args, place }) => [
        name,
        fieldClass,
        args,
        place.line,
      ]),
    ).toEqual([
      ['label', 'Text', {}, 11],
      [
        'other_id',
        'Many2one',
        { comodel_name: 'b', string: 'Other', ondelete: 'cascade', required: true },
        6,
      ],
      ['line_ids', 'One2many', { comodel_name: 'c', inverse_name: 'a_id', string: 'Lines' }, 8],
      [
        ...['tag_ids', 'Many2many'],
        {
          comodel_name: 't',
          relation: 'rel',
          column1: 'c1',
          column2: 'c2',
          string: 'Tags',
          help: 'Help',
          copy: false,
        },
        9,
      ],
      ['amount', 'Float', { string: 'Amount', digits: { kind: 'tuple', items: [16, 2] } }, 10],
    ])
  })

  test('fields that are attached behind the class', async () => {
    const [model] = await classesOf({
      '__init__.py': source(
        'class A(models.Model):',
        '    _name = "a"',
        'setattr(A, "global", fields.Boolean(compute="_x"))',
        'late = fields.Char()',
        'A.late = late',
        'A._order = "late"',
      ),
    })
    expect(model?.fields.map(({ name, fieldClass }) => [name, fieldClass])).toEqual([
      ['global', 'Boolean'],
      ['late', 'Char'],
    ])
    expect(model?.attributes._order).toBe('late')
  })

  test("fields of a module's own classes", async () => {
    const classes = await classesOf({
      '__init__.py': source(
        'class Shape(fields.Field):',
        '    type = "shape"',
        '    column_type = ("geometry", "geometry(Point)")',
        'class Loud(fields.Char):',
        '    pass',
        'fields.Shape = Shape',
        'class A(models.Model):',
        '    _name = "a"',
        '    one = Shape("One")',
        '    two = fields.Shape()',
        '    three = Loud(size=3)',
      ),
    })
    expect(classes[0]?.fields.map(({ customClass }) => customClass)).toEqual([
      { base: 'Field', type: 'shape', columnType: 'geometry(Point)' },
      { base: 'Field', type: 'shape', columnType: 'geometry(Point)' },
      { base: 'Char', type: undefined, columnType: undefined },
    ])
  })

  test('methods with their decorators, what they are and where they end', async () => {
    const [model] = await classesOf({
      '__init__.py': source(
        'class A(models.Model):',
        '    _name = "a"',
        '    @api.depends("x", "y.z")',
        '    def _compute(self):',
        '        for r in self:',
        '            r.x = 1',
        '    @property',
        '    def _table_query(self):',
        '        return super()._table_query',
        '    def init(self):',
        '        pass',
        '    x = fields.Char(default=_compute)',
      ),
    })
    expect(model?.methods).toMatchObject([
      {
        name: '_compute',
        line: 5,
        endLine: 7,
        decorators: [{ name: 'api.depends', args: ['x', 'y.z'] }],
      },
      { name: '_table_query', isProperty: true, callsSuper: true },
      { name: 'init', isProperty: false, callsSuper: false, decorators: [] },
    ])
    expect(model?.fields[0]?.args.default).toMatchObject({ reason: 'method', argument: '_compute' })
  })

  test('the docstring can be the description', async () => {
    const [model] = await classesOf({
      '__init__.py': source(
        'class A(models.Model):',
        '    """Doc"""',
        '    _description = __doc__',
      ),
    })
    expect(model).toMatchObject({ docstring: 'Doc', attributes: { _description: 'Doc' } })
  })

  test('up to 14 a name comes from a base as well', async () => {
    const files = {
      '__init__.py': source('class A(models.Model):', '    _name = "a"', 'class B(A):', '    pass'),
    }
    expect((await classesOf(files, 14)).map(({ name }) => name)).toEqual(['a', 'a'])
    expect((await classesOf(files, 15)).map(({ name }) => name)).toEqual(['a', 'B'])
  })
})

test('functions that the package offers are found where they are', async () => {
  const { modules } = await readSources({
    'a/__init__.py':
      'from .hooks import post_init_hook\ndef uninstall_hook(cr, registry):\n    pass\n',
    'a/hooks.py': '\ndef post_init_hook(env):\n    x = 1\n    y = 2\n',
  })
  expect(modules.get('a')?.functions).toMatchObject({
    post_init_hook: { place: { line: 2 }, endLine: 4, parameters: ['env'] },
    uninstall_hook: { place: { line: 2 }, parameters: ['cr', 'registry'] },
  })
})

test('values that decide about the schema and are not known are told', async () => {
  const { findings } = await readSources({
    'a/__init__.py': source(
      'class A(models.Model):',
      '    _name = "a"',
      '    _order = compute_order()',
      '    one = fields.Selection(unknown())',
      '    two = fields.Char(help=text())',
      '    three = fields.Selection(lambda self: [])',
      '    four = fields.Char(default=whatever())',
      'class B(models.Model):',
      '    _name = make()',
    ),
  })
  expect(findings.map(({ code, severity, place }) => [code, severity, place?.line])).toEqual([
    ['MODEL_NAME_UNREAD', 'error', 9],
    ['PYTHON_VALUE_UNREAD', 'warning', 4],
    ['PYTHON_VALUE_UNREAD', 'warning', 5],
    ['PYTHON_VALUE_UNREAD', 'info', 6],
  ])
})

test('all that is read is plain data', async () => {
  const { modules } = await readSources({
    'a/__init__.py': MODEL('A', '    x = fields.Float(1.5, default=f)'),
  })
  expect(JSON.parse(JSON.stringify([...modules]))).toEqual([...modules])
  expect(structuredClone(modules)).toEqual(modules)
})
