import { describe, expect, test } from 'vitest'
import { loadRegistry } from '../../../../test/support/load-registry.js'
import { parseRelease } from '../../../odoo/release/index.js'
import { defaultValue } from './column-value.js'
import { schemaRules } from './schema-rules.js'

/** Kind and SQL of a field's default on a model of 16.0. */
async function sqlOf(field: string) {
  const { registry } = await loadRegistry({
    'shop/__init__.py': [
      'from odoo import fields, models, _',
      'class Company(models.Model):',
      "    _name = 'res.company'",
      "    currency_id = fields.Many2one('res.currency')",
      "    shown = fields.Char(compute='_shown')",
      'class Currency(models.Model):',
      "    _name = 'res.currency'",
      'class Users(models.Model):',
      "    _inherit = 'res.users'",
      "    company_id = fields.Many2one('res.company')",
      'class Shop(models.Model):',
      "    _name = 'shop'",
      `    a = fields.${field}`,
      '',
    ].join('\n'),
  })
  const release = parseRelease('16.0')
  const a = registry.models.get('shop')?.fields.get('a')
  if (release === undefined || a === undefined) throw new Error(`no field: ${field}`)
  const value = defaultValue(a, { models: registry.models, rules: schemaRules(release) })
  return 'expression' in value ? [value.kind, value.expression.text] : [value.kind]
}

describe('the default of a column that is new', () => {
  test.each([
    ['Boolean(default=True)', ['constant', 'true']],
    // False counts as NULL, as in Odoo.
    ['Boolean(default=False)', ['none']],
    ['Integer(default=0)', ['constant', '0']],
    ['Integer(default=-3)', ['constant', '-3']],
    ['Integer()', ['none']],
    ['Integer(default=None)', ['none']],
    ['Float(default=1.5)', ['constant', '1.5']],
    ['Float(default=1, digits=(16, 2))', ['constant', 'round(1::numeric, 2)']],
    ['Char(default="it\'s")', ['constant', "'it''s'"]],
    ['Char(default="abc", size=2)', ['constant', "'ab'"]],
    ['Char(default="")', ['constant', "''"]],
    ['Char(default=lambda self: _("New"))', ['constant', "'New'"]],
    ['Char(default="x", translate=True)', ['constant', `'{"en_US":"x"}'::jsonb`]],
    ["Selection([('a', 'A')], default='a')", ['constant', "'a'"]],
    ["Selection([('a', 'A')], default='')", ['none']],
    ['Date(default=fields.Date.today)', ['constant', "(now() AT TIME ZONE 'UTC')::date"]],
    [
      "Many2one('res.company', default=lambda self: self.env.company)",
      ['query', '(SELECT "company_id" FROM res_users WHERE id = 1)'],
    ],
    [
      "Many2one('res.currency', default=lambda self: self.env.company.currency_id)",
      [
        'query',
        '(SELECT "currency_id" FROM "res_company" WHERE id = (SELECT "company_id" FROM res_users WHERE id = 1))',
      ],
    ],
    // The field is no column: only Python knows it.
    ['Char(default=lambda self: self.env.company.shown)', ['unknown']],
    ["Many2one('res.users', default=lambda self: self.env.user)", ['query', '1']],
    ['Integer(default=lambda self: self._next())', ['unknown']],
    ['Text(default=lambda self: str(uuid.uuid4()))', ['unknown']],
    ["Many2one('res.users', default=False)", ['none']],
    ["Char(default=lambda self: self.env.context.get('x'))", ['none']],
  ])('%s', async (field, expected) => {
    expect(await sqlOf(field)).toEqual(expected)
  })
})
