import { describe, expect, test } from 'vitest'
import { inspectionFindings, openScriptInspector, signatureProblem } from '../index.js'

const exact = await openScriptInspector()
const rough = await openScriptInspector(() => Promise.reject(new Error('no grammar')))
const inspectors = [
  ['with the grammar', exact],
  ['by the plain text', rough],
] as const

const on = (major: number) => ({ series: `${major}.0`, major, minor: 0 })
const inspect = (text: string) => exact.inspect(text, '/m/1.0/pre-x.py')
const codes = (text: string, major = 17) =>
  inspectionFindings(inspect(text), on(major)).map(({ code }) => code)

const BODY = '    cr.execute("SELECT 1")\n'
const LIBRARY = 'from openupgradelib import openupgrade\n\n@openupgrade.migrate()\n'

test('the grammar is found', () => {
  expect([exact.exact, rough.exact]).toEqual([true, false])
})

describe.each(inspectors)('%s', (_, inspector) => {
  const look = (text: string) => inspector.inspect(text, '/m/1.0/pre-x.py')

  test('migrate is found with its parameters', () => {
    expect(look(`import logging\n\ndef migrate(cr, version=None):\n${BODY}`).migrate).toEqual({
      line: 3,
      parameters: [
        { name: 'cr', kind: 'positional', hasDefault: false },
        { name: 'version', kind: 'positional', hasDefault: true },
      ],
    })
    expect(look(`def other(cr):\n${BODY}`).migrate).toBeUndefined()
  })

  test('imports, unknown packages and the tier are told', () => {
    const text = 'import numpy\nfrom lxml import etree\nfrom odoo.tools import sql\n'
    const found = look(`${text}def migrate(cr, version):\n${BODY}`)
    expect(found.imports.map(({ module, line }) => [module, line])).toEqual([
      ['numpy', 1],
      ['lxml', 2],
      ['odoo.tools', 3],
    ])
    expect(found.unknownPackages.map(({ module }) => module)).toEqual(['numpy'])
    expect(found.tier).toBe('T1')
  })

  test('records ask for T2, modules of the release for T3', () => {
    const generic = look(`def migrate(env, version):\n    env["res.partner"].search([])\n`)
    expect([generic.tier, generic.tierReason?.line]).toEqual(['T2', 2])
    const specific = look('from odoo.addons.account.models import chart_template\n')
    expect(specific).toMatchObject({
      tier: 'T3',
      tierReason: { what: 'import odoo.addons.account.models', line: 1 },
    })
    expect(look('from odoo.addons.openupgrade_scripts.apriori import x\n').tier).toBe('T1')
  })

  test('a text that was seen is not looked at again, whatever its file', () => {
    const first = inspector.inspect('import a1\n', '/a.py')
    const again = inspector.inspect('import a1\n', '/b.py')
    expect(again).toEqual({ ...first, file: '/b.py' })
    expect(again.imports).toBe(first.imports)
  })
})

describe('migrate', () => {
  test.each([
    ['decorated', `${LIBRARY}def migrate(env, version):\n    pass\n`],
    ['inside of if', `if True:\n    def migrate(cr, version):\n        pass\n`],
    ['assigned', 'migrate = other\n'],
    ['imported', 'from odoo.addons.base.maintenance.migrations.x import y as migrate\n'],
  ])('is found when it is %s', (_, text) => {
    expect(inspect(text).migrate).toBeDefined()
  })

  test.each([
    ['a method', 'class A:\n    def migrate(self, x):\n        pass\n'],
    ['inside of a function', 'def f():\n    def migrate(cr, version):\n        pass\n'],
    ['a text', '"""\ndef migrate(cr, version):\n"""\n'],
  ])('is not %s', (_, text) => {
    expect(inspect(text).migrate).toBeUndefined()
  })

  test('scenario 44: without it the script is an error', () => {
    expect(codes('x = 1\n', 17)).toEqual(['SCRIPT_INVALID'])
  })

  test.each([
    ['cr, version', true],
    ['_cr, _version', true],
    ['cr, version=None', true],
    ['cr: object, version: str', true],
    ['cr, version, /', true],
    ['env, version', false],
    ['cr, installed_version', false],
    ['version, cr', false],
    ['*a', false],
    ['cr, *, version', false],
    ['cr, version, **kw', false],
    ['cr', false],
  ])('scenario 47: on 18 migrate(%s) can be called: %s', (parameters, valid) => {
    const inspection = inspect(`def migrate(${parameters}):\n    pass\n`)
    expect(signatureProblem(inspection, on(18)) === undefined).toBe(valid)
  })

  test('scenario 47: on 18 (env, version) goes with openupgradelib only', () => {
    expect(codes(`${LIBRARY}def migrate(env, version):\n    pass\n`, 18)).toEqual([])
    expect(codes('@decorated\ndef migrate(env, version):\n    pass\n', 18)).toEqual([
      'SCRIPT_INVALID',
    ])
  })

  test.each([
    ['env, installed_version', true],
    ['*args', true],
    ['cr, version, more=1', true],
    ['cr', false],
    ['cr, version, more', false],
    ['cr, version, *, more', false],
  ])('before 18 migrate(%s) can be called: %s', (parameters, valid) => {
    const inspection = inspect(`def migrate(${parameters}):\n    pass\n`)
    for (const major of [14, 17]) {
      expect(signatureProblem(inspection, on(major)) === undefined).toBe(valid)
    }
  })
})

describe('syntax', () => {
  test.each([
    ['a parenthesis that is not closed', 'import os\n\ndef migrate(cr, version:\n    pass\n', 3],
    ['the print of Python 2', 'def migrate(cr, version):\n    print "x"\n', 2],
    ['a broken expression', 'def migrate(cr, version):\n    x = = 1\n', 2],
  ])('scenario 46: %s is an error with its line', (_, text, line) => {
    expect(inspect(text).syntaxErrorLine).toBe(line)
    expect(codes(text)).toEqual(['SCRIPT_SYNTAX_ERROR'])
  })

  test.each([
    'def migrate(cr, version):\n    match version:\n        case "1": pass\n',
    'def migrate(cr, version):\n    if (n := len(version)) > 1: print(f"{n!r:>{3}}")\n',
    'async def f(): await x\ndef migrate(cr, version, /): pass\n',
    '',
  ])('what Python 3 reads is read: %j', (text) => {
    expect(inspect(text).syntaxErrorLine).toBeUndefined()
  })
})

describe('imports', () => {
  test('a package inside of try is one the script can do without', () => {
    const text = `try:\n    import pandas\nexcept ImportError:\n    pandas = None\n`
    expect(inspect(text).unknownPackages).toEqual([])
    expect(
      codes(`import pandas.io as x\n${LIBRARY}def migrate(env, version):\n    pass\n`),
    ).toEqual(['SCRIPT_PACKAGE_UNKNOWN'])
  })

  test('imports in functions, and relative ones, are found', () => {
    const text = 'def migrate(cr, version):\n    import zeep\n    from . import helper\n'
    expect(inspect(text).imports.map(({ module }) => module)).toEqual(['zeep', '.'])
    expect(inspect(text).unknownPackages.map(({ module }) => module)).toEqual(['zeep'])
  })

  test.each([
    ['from odoo import api, SUPERUSER_ID', 'T1'],
    ['from odoo.upgrade import util', 'T1'],
    ['from odoo.addons.base.maintenance.migrations import util', 'T1'],
    ['from odoo.addons import openupgrade_scripts', 'T1'],
    ['from odoo.addons import account', 'T3'],
    ['import odoo.addons.account.hooks', 'T3'],
    ['from openerp.addons.account.models.chart_template import x', 'T3'],
    ['from odoo.service import db', 'T3'],
  ])('%s asks for %s', (text, tier) => {
    expect(inspect(`${text}\n`).tier).toBe(tier)
  })
})
