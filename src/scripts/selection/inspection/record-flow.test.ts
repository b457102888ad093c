import { describe, expect, test } from 'vitest'
import { openScriptInspector } from '../index.js'

const inspector = await openScriptInspector()

const tierOf = (...lines: readonly string[]) => {
  const text = ['def migrate(env, version):', ...lines.map((line) => `    ${line}`), ''].join('\n')
  const { tier, tierReason } = inspector.inspect(text, 'pre-x.py')
  return [tier, tierReason?.what, tierReason?.line]
}

describe('the tier of a script by what it does with records', () => {
  test.each([
    ['env.cr.execute("SELECT 1")'],
    ['openupgrade.rename_fields(env, [("a", "a", "b", "c")])'],
    ['x = {"env": 1}', 'x["env"].pop()'],
    ['cr = env.cr', 'cr.fetchall()[0].strip()'],
  ])('%s is T1', (...lines) => {
    expect(tierOf(...lines)).toEqual(['T1', undefined, undefined])
  })

  test.each([
    [['env["res.partner"].search([]).write({"a": 1})'], 'env[res.partner]', 2],
    [['x = 1', 'env.ref("base.main_company").name = "x"'], 'env.ref', 3],
    [['env.user.name.strip().lower()'], 'env.user', 2],
    [['model = env.get(name)', 'model.browse(1).unlink()'], 'env.get', 2],
    [['env[name].with_context(x=1).sudo().search([]).mapped("line_ids").unlink()'], 'env[…]', 2],
    [
      ['env["ir.config_parameter"].sudo().get_param("x").split(",")'],
      'env[ir.config_parameter]',
      2,
    ],
    [['env["a.b"]._fields["x"].column_type'], 'env[a.b]', 2],
  ])('%j is T2', (lines, what, line) => {
    expect(tierOf(...lines)).toEqual(['T2', what, line])
  })

  test.each([
    [
      'directly',
      ['env["account.chart.template"].try_loading()'],
      'account.chart.template.try_loading',
      2,
    ],
    ['by a name', ['m = env["a.b"]', 'n = m', 'n._compute_x()'], 'a.b._compute_x', 4],
    ['in a loop', ['for r in env["a.b"].search([]):', '    r._compute_x()'], 'a.b._compute_x', 3],
    ['in a comprehension', ['[r.action() for r in env["a.b"].browse([1])]'], 'a.b.action', 2],
    ['in a lambda', ['env["a.b"].search([]).filtered(lambda r: r.is_x())'], 'a.b.is_x', 2],
    ['through a field', ['env.ref("x.y").partner_id._compute_x()'], '…._compute_x', 2],
    ['by unpacking', ['a, b = env["a.b"], 1', 'a.run()'], 'a.b.run', 3],
    ['by walrus', ['if (m := env["a.b"]):', '    m.run()'], 'a.b.run', 3],
    [
      'by enumerate',
      ['for i, r in enumerate(env["a.b"].search([])):', '    r.run()'],
      'a.b.run',
      3,
    ],
    [
      'with another environment',
      ['e = api.Environment(cr, 1, {})', 'e["a.b"].run()'],
      'a.b.run',
      3,
    ],
    ['by a choice', ['m = x and env["a.b"] or None', 'm.run()'], 'a.b.run', 3],
    ['by records put together', ['m = env["a.b"] | env["a.b"]', 'm.run()'], 'a.b.run', 3],
    ['of their environment', ['x.env["a.b"].run()'], 'a.b.run', 2],
  ] as const)('a method of the model, called %s, is T3', (_, lines, what, line) => {
    expect(tierOf(...lines)).toEqual(['T3', what, line])
  })

  test('records are followed into functions of the file, wherever these stand, and out of them', () => {
    const text = `
def migrate(env, version):
    for record in find(env):
        recompute(records=record)

def find(env):
    return env["a.b"].search([])

def recompute(records):
    records._compute_x()
`
    expect(inspector.inspect(text, 'pre-x.py')).toMatchObject({
      tier: 'T3',
      tierReason: { what: 'a.b._compute_x', line: 10 },
    })
  })

  test('a script that only takes a cursor makes its environment itself', () => {
    const text = `
from odoo import SUPERUSER_ID, api

def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["ir.module.module"].update_list()
`
    expect(inspector.inspect(text, 'pre-x.py').tierReason).toEqual({
      what: 'ir.module.module.update_list',
      line: 6,
    })
  })
})
