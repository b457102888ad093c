import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Findings, Progress } from '../base/index.js'
import { analyzeReleases, type UpgradeAnalysis } from './analyze-releases.js'
import { analysisFiles } from './files/analysis-files.js'
import { writeFiles } from './files/write-files.js'
import { apriori } from './fixtures/records.js'
import { type TreeFiles, withTrees } from './fixtures/trees.js'
import { updateWorkFiles } from './work/update-work-files.js'

const MANIFEST = (version: string): string =>
  `{'name': 'Shop', 'version': '${version}', 'depends': ['base'], 'data': ['data.xml', 'a.b.csv']}`

const OLD: TreeFiles = {
  'shop/__manifest__.py': MANIFEST('1.0'),
  'shop/__init__.py': 'from . import models',
  'shop/models.py': `
from odoo import fields, models

class Item(models.Model):
    _name = 'shop.item'
    _description = 'Item'
    _sql_constraints = [('code_uniq', 'unique (code)', 'No!')]
    code = fields.Char('Code')
    partner = fields.Many2one('res.users', 'Seller')
    kind = fields.Selection([('a', 'A'), ('b', 'B')])
`,
  'shop/data.xml': `<odoo>
  <data noupdate="1">
    <record id="first" model="shop.item"><field name="code">1</field><field name="kind">a</field></record>
  </data>
  <record id="action" model="ir.actions.act_window"><field name="domain">[(1, '=', 1)]</field></record>
</odoo>`,
  'shop/a.b.csv': 'id,name\nrow,x\n',
}

const NEW: TreeFiles = {
  ...OLD,
  'shop/__manifest__.py': MANIFEST('2.0'),
  'shop/models.py': `
from odoo import fields, models

class Item(models.Model):
    _name = 'shop.item'
    _description = 'Item'
    code = fields.Char('Code', required=True)
    partner_id = fields.Many2one('res.users', 'Seller')
    kind = fields.Selection([('a', 'A')])
    total = fields.Float(compute='_compute_total', store=True)
`,
  'shop/data.xml': `<odoo>
  <data noupdate="1">
    <record id="first" model="shop.item"><field name="code">2</field></record>
  </data>
  <record id="action" model="ir.actions.act_window"><field name="name">A</field></record>
</odoo>`,
}

const TREES = { '15.0': OLD, '16.0': NEW }

function analyze(folder: string): Promise<UpgradeAnalysis> {
  const tree = (series: string) => ({
    addonsPath: [join(folder, series)],
    cacheDirectory: join(folder, 'cache'),
  })
  const request = { old: tree('15.0'), now: tree('16.0'), apriori: apriori() }
  return analyzeReleases(request, new Progress(), new Findings())
}

test('two source trees are compared without running them, and again out of the cache', async () => {
  await withTrees(TREES, async (folder) => {
    const first = await analyze(folder)
    const texts = (analysis: UpgradeAnalysis): readonly string[] =>
      [...analysis.comparison.modules.values()].flatMap(({ fields, xmlIds }) =>
        [...fields, ...xmlIds].map(({ text }) => text.replace(/ +/g, ' ')),
      )
    expect(texts(first)).toEqual([
      'shop / shop.item / code (char) : now required',
      "shop / shop.item / kind (selection) : selection_keys is now '['a']' ('['a', 'b']')",
      'shop / shop.item / partner (many2one) : DEL relation: res.users',
      'shop / shop.item / partner_id (many2one) : NEW relation: res.users',
      'shop / shop.item / total (float) : NEW isfunction: function, stored',
      'ir.actions.act_window: shop.action (deleted domain)',
      'DEL ir.model.constraint: shop.constraint_shop_item_code_uniq',
    ])
    const [required] = first.comparison.modules.get('shop')?.fields ?? []
    expect(required).toMatchObject({
      oldPlace: { file: 'shop/models.py', line: 8 },
      newPlace: { file: 'shop/models.py', line: 7 },
    })
    expect(first.suggestions).toMatchObject([{ from: 'partner', to: 'partner_id' }])
    expect(texts(await analyze(folder))).toEqual(texts(first))
  })
})

test('its files are those of OpenUpgrade, with twins and a page where asked for', async () => {
  await withTrees(TREES, async (folder) => {
    const analysis = await analyze(folder)
    const out = join(folder, 'out')
    const files = analysisFiles(analysis, { json: true, html: true })
    await writeFiles(out, files)
    expect(readFileSync(join(out, 'shop/16.0.2.0/noupdate_changes.xml'), 'utf8')).toBe(
      `<?xml version='1.0' encoding='utf-8'?>
<odoo>
  <record id="first" model="shop.item">
    <field name="code">2</field>
    <field name="kind"/>
  </record>
</odoo>
`,
    )
    const paths = files.map(({ path }) => path)
    expect(paths).toEqual(
      expect.arrayContaining([
        'base/16.0.1.3/upgrade_general_log.txt',
        'shop/16.0.2.0/upgrade_analysis.json',
        'modules150-160.rst',
        'analysis.html',
      ]),
    )
    const page = files.find(({ path }) => path === 'analysis.html')?.content ?? ''
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('shop.item')
    expect(await writeFiles(out, files)).toEqual({ written: 0, unchanged: files.length })
  })
})

test('work files are made once and then merged', async () => {
  await withTrees(TREES, async (folder) => {
    const analysis = await analyze(folder)
    const out = join(folder, 'out')
    const [made] = await updateWorkFiles(analysis, out)
    expect(made).toMatchObject({ module: 'shop', isNew: true, added: 7, open: 7 })
    expect(existsSync(join(out, 'shop/16.0.2.0/upgrade_analysis_work.txt'))).toBe(true)
    expect(await updateWorkFiles(analysis, out)).toMatchObject([
      { isNew: false, added: 0, vanished: 0, changed: 0, open: 7 },
    ])
  })
})

test('a tree that is none is an error, not a thread that breaks', async () => {
  await withTrees({}, async (folder) => {
    await expect(analyze(folder)).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' })
  })
})
