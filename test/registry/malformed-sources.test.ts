import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Findings } from '../../src/base/index.js'
import { type ReleaseSource, readRelease } from '../../src/odoo/reading/index.js'
import { Registry } from '../../src/odoo/registry/index.js'
import { BASE } from '../support/load-registry.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moult-malformed-'))
  for (const [name, text] of Object.entries({
    ...BASE,
    'base/__manifest__.py': "{'name': 'b', 'license': 'LGPL-3'}",
  })) {
    await write(`addons/${name}`, text)
  }
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true })
  await writeFile(join(folder, name), content)
}

/** Reads `base` and the modules of the folder, and loads them; returns all codes of findings. */
async function codes(
  threads = 0,
): Promise<{ readonly codes: readonly string[]; readonly source: ReleaseSource }> {
  const source = await readRelease({
    addonsPath: [join(folder, 'addons')],
    release: { series: '16.0', major: 16, minor: 0 },
    threads,
  })
  const findings = new Findings()
  const registry = new Registry(source.release, findings)
  for (const module of source.modules.values()) registry.load(module)
  const all = [...source.findings, ...findings.list()]
  for (const { message, hint } of all) expect([message, hint]).not.toContain(undefined)
  return { codes: [...new Set(all.map(({ code }) => code))].sort(), source }
}

const MANIFEST = "{'name': 'a', 'depends': ['base'], 'license': 'LGPL-3'}"
const HEAD = 'from odoo import api, fields, models\n'
const MODEL = `${HEAD}class A(models.Model):\n    _name = 'a'\n`

/** A manifest that cannot be used leaves the module out. */
const MANIFESTS: readonly (readonly [name: string, text: string | Uint8Array, code: string])[] = [
  ['is empty', '', 'MODULE_MANIFEST_INVALID'],
  ['is no Python', "{'name': ", 'MODULE_MANIFEST_INVALID'],
  ['is no literal', "dict(name='a')", 'MODULE_MANIFEST_INVALID'],
  ['is a list', '[1, 2]', 'MODULE_MANIFEST_INVALID'],
  ['is not UTF-8', Buffer.from("{'name': '\xe9'}", 'latin1'), 'MODULE_MANIFEST_INVALID'],
  ['begins with a byte order mark', Buffer.from('\uFEFF{}'), 'MODULE_MANIFEST_INVALID'],
  ['has null bytes', "{'name': 'a\0'}", 'MODULE_MANIFEST_INVALID'],
  [
    'is nested too deeply',
    `{'a': ${'['.repeat(5000)}${']'.repeat(5000)}}`,
    'MODULE_MANIFEST_INVALID',
  ],
  ['needs what is not there', "{'depends': ['nowhere']}", 'MODULE_NOT_READ'],
  ['needs itself', "{'depends': ['a']}", 'MODULE_NOT_READ'],
]

/** A module whose Python part is strange: what is read of it, and what is told. */
const SOURCES: readonly (readonly [
  name: string,
  text: string | Uint8Array,
  codes: readonly string[],
])[] = [
  ['a bracket that is not closed', `${MODEL}    x = fields.Char(\n`, ['PYTHON_FILE_BROKEN']],
  ['a string that is not closed', `${MODEL}    x = 'abc\n    y = 1\n`, ['PYTHON_FILE_BROKEN']],
  ['a long string that is not closed', `${MODEL}    """ abc\n`, ['PYTHON_FILE_BROKEN']],
  ['wrong indentation', `${HEAD}class A(models.Model):\n_name = 'a'\n`, ['PYTHON_FILE_BROKEN']],
  ['Python 2', `${MODEL}print "x"\nexec "y"\nx = 0777L\n`, ['PYTHON_FILE_BROKEN']],
  [
    'marks of a merge',
    `${MODEL}<<<<<<< HEAD\n    x = fields.Char()\n=======\n>>>>>>> b\n`,
    ['PYTHON_FILE_BROKEN'],
  ],
  ['XML', '<odoo><record id="a"/></odoo>', ['PYTHON_FILE_BROKEN']],
  [
    'random bytes',
    Uint8Array.from({ length: 999 }, (_, i) => 1 + ((i * 7919) % 255)),
    ['PYTHON_ENCODING', 'PYTHON_FILE_BROKEN'],
  ],
  ['null bytes', `${MODEL}\0`, ['PYTHON_FILE_BROKEN']],
  [
    'Latin-1 without saying so',
    Buffer.from(`${MODEL}    x = fields.Char('\xe9')\n`, 'latin1'),
    ['PYTHON_ENCODING'],
  ],
  ['UTF-16', Buffer.from(MODEL, 'utf16le'), ['PYTHON_FILE_BROKEN']],
  ['an encoding that nobody knows', `# coding: klingon\n${MODEL}`, ['PYTHON_ENCODING']],
  ['a byte order mark', `\uFEFF${MODEL}`, []],
  ['only a comment', '# nothing', []],
  [
    'ten thousand brackets',
    `${MODEL}x = ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`,
    ['PYTHON_FILE_BROKEN'],
  ],
  [
    'a sum of ten thousand',
    `${MODEL}    _order = ${Array(10_000).fill("'a'").join(' + ')}\n`,
    ['PYTHON_FILE_BROKEN'],
  ],
  ['nine million bytes', `${MODEL}# ${'x'.repeat(9_000_000)}`, ['PYTHON_FILE_BROKEN']],
  [
    'a text of many millions',
    `${MODEL}    _description = 'a' * 10 ** 9\n`,
    ['PYTHON_VALUE_UNREAD'],
  ],
  ['a number of many millions', `${MODEL}    _order = 9 ** 9 ** 9\n`, ['PYTHON_VALUE_UNREAD']],
  [
    'a list without end',
    `${MODEL}    x = fields.Selection([(i, j) for i in range(9999) for j in range(9999)])\n`,
    ['PYTHON_VALUE_UNREAD'],
  ],
  ['a name that means itself', `X = X\n${MODEL}    _order = X\n`, ['PYTHON_VALUE_UNREAD']],
  [
    'functions that call each other',
    `def f(x): return g(x)\ndef g(x): return f(x)\n${MODEL}    _order = f(1)\n`,
    ['PYTHON_VALUE_UNREAD'],
  ],
  [
    'an import of itself',
    `from . import a\nfrom odoo.addons.a import b\n${MODEL}`,
    ['PYTHON_IMPORT_MISSING'],
  ],
  ['an import from above the top', `from .......... import x\n${MODEL}`, []],
  [
    'an import of nothing that is there',
    `from .nowhere import x\n${MODEL}`,
    ['PYTHON_IMPORT_MISSING'],
  ],
  [
    'a model that inherits from itself',
    `${HEAD}class A(models.Model):\n    _inherit = 'a'\n`,
    ['MODEL_PARENT_UNKNOWN'],
  ],
  [
    'models that inherit from each other',
    `${MODEL}    _inherit = 'b'\nclass B(models.Model):\n    _name = 'b'\n    _inherit = 'a'\n`,
    ['MODEL_PARENT_UNKNOWN'],
  ],
  ['delegation to itself', `${MODEL}    _inherits = {'a': 'a_id'}\n`, []],
  ['delegation to nobody', `${MODEL}    _inherits = {'z': 'z_id'}\n`, ['FIELD_COMODEL_UNKNOWN']],
  [
    'an inheritance that is no name',
    `${HEAD}class A(models.Model):\n    _inherit = 3\n`,
    ['MODEL_NAME_UNREAD'],
  ],
  [
    'a contradiction of Python',
    `${HEAD}class X: pass\nclass Y(X): pass\nclass A(X, Y, models.Model):\n    _name = 'a'\n`,
    ['CLASS_ORDER_INCONSISTENT'],
  ],
  ['a class that derives from itself', `${HEAD}class A(A, models.Model):\n    _name = 'a'\n`, []],
  ['constraints that are none', `${MODEL}    _sql_constraints = [('x',), 3, None]\n`, []],
  [
    'a related path of numbers',
    `${MODEL}    x = fields.Char(related=('y', 3))\n`,
    ['FIELD_RELATED_BROKEN'],
  ],
  [
    'a related path of a thousand steps',
    `${MODEL}    x = fields.Char(related='${'p.'.repeat(1000)}x')\n    p = fields.Many2one('a')\n`,
    ['FIELD_RELATED_BROKEN'],
  ],
  ['arguments from nowhere', `${MODEL}    x = fields.Char(*a, **b)\n`, ['PYTHON_VALUE_UNREAD']],
  ['more arguments than there can be', `${MODEL}    x = fields.Char(1, 2, 3, 4)\n`, []],
  [
    'names that JavaScript has',
    `${MODEL}    __proto__ = 1\n    constructor = fields.Char()\n    toString = fields.Char()\n`,
    [],
  ],
  [
    'a selection that adds to nothing',
    `${MODEL}    s = fields.Selection(selection_add=[('a', 'A')])\n`,
    [],
  ],
  [
    'a selection of numbers',
    `${MODEL}    s = fields.Selection([(1, 'A'), (None, 'B'), 'ab'])\n`,
    [],
  ],
]

describe('a manifest that', () => {
  test.each(MANIFESTS)('%s leaves its module out', async (_, text, code) => {
    await write('addons/a/__manifest__.py', text)
    await write('addons/a/__init__.py', MODEL)
    const { codes: found, source } = await codes()
    expect(found).toContain(code)
    expect(source.order).toEqual(['base'])
  })
})

describe('Python with', () => {
  test.each(SOURCES)('%s', async (_, text, expected) => {
    await write('addons/a/__manifest__.py', MANIFEST)
    await write('addons/a/__init__.py', text)
    const { codes: found, source } = await codes()
    expect(found).toEqual(expected)
    expect(source.order).toEqual(['base', 'a'])
    expect(source.modules.get('a')?.complete).toBe(!found.includes('PYTHON_FILE_BROKEN'))
  })
})

describe('folders with', () => {
  test('links in a circle end', async () => {
    await write('addons/a/__manifest__.py', MANIFEST)
    await write('addons/a/__init__.py', `from . import a\n${MODEL}`)
    await symlink('..', join(folder, 'addons/a/a')).catch(() => undefined)
    await symlink(join(folder, 'addons/loop'), join(folder, 'addons/loop'))
    const { source } = await codes()
    expect(source.modules.get('a')?.classes.length).toBeGreaterThan(0)
  })

  test('modules that need each other in a circle stay outside', async () => {
    await write('addons/a/__manifest__.py', "{'depends': ['b']}")
    await write('addons/b/__manifest__.py', "{'depends': ['a']}")
    const { codes: found, source } = await codes()
    expect(found).toContain('MODULE_NOT_READ')
    expect(source.order).toEqual(['base'])
  })

  test('a folder in the place of a file, and a module without Python', async () => {
    await write('addons/a/__manifest__.py', MANIFEST)
    await mkdir(join(folder, 'addons/a/__init__.py'))
    await write('addons/b/__manifest__.py', MANIFEST)
    const { source } = await codes()
    expect([...source.modules.keys()]).toEqual(['base', 'a', 'b'])
    expect(source.modules.get('a')?.classes).toEqual([])
  })
})
