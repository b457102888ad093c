import { afterEach, describe, expect, test } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../../test/support/engines.js'
import { type Finding, Findings } from '../../../base/index.js'
import { raw, type Session } from '../../../db/index.js'
import { Orm, type OrmOptions, readDatabaseCatalog } from '../../../scripts/orm/index.js'
import { BEFORE_BASE, smallRelease } from '../fixtures/small-release.js'
import { LoaderEffects, type LoaderScope, type NativeLoader, openNativeLoader } from '../index.js'

const MAIL = [
  'class IrModel(models.Model):',
  "    _inherit = 'ir.model'",
  '    is_mail_thread = fields.Boolean()',
  '    is_mail_activity = fields.Boolean()',
  '    is_mail_blacklist = fields.Boolean()',
  'class IrModelFields(models.Model):',
  "    _inherit = 'ir.model.fields'",
  '    tracking = fields.Integer()',
  'class Partner(models.Model):',
  "    _name = 'res.partner'",
  "    _description = 'Contact'",
  '    name = fields.Char()',
  '    email = fields.Char()',
  '    email_normalized = fields.Char()',
  '    is_company = fields.Boolean()',
  '    company_name = fields.Char()',
  "    type = fields.Char(default='contact')",
  "    parent_id = fields.Many2one('res.partner')",
  "    commercial_partner_id = fields.Many2one('res.partner')",
  '    commercial_company_name = fields.Char()',
  '    display_name = fields.Char(store=True)',
  'class Company(models.Model):',
  "    _name = 'res.company'",
  "    _description = 'Companies'",
  '    name = fields.Char()',
  'class Users(models.Model):',
  "    _inherit = 'res.users'",
  "    partner_id = fields.Many2one('res.partner')",
  "    company_id = fields.Many2one('res.company')",
  'class Parameter(models.Model):',
  "    _name = 'ir.config_parameter'",
  "    _description = 'Parameters'",
  '    key = fields.Char()',
  '    value = fields.Char()',
  'class Message(models.Model):',
  "    _name = 'mail.message'",
  "    _description = 'Message'",
  '    model = fields.Char()',
  '    res_id = fields.Integer()',
  '    body = fields.Html()',
  '    email_from = fields.Char()',
  "    author_id = fields.Many2one('res.partner')",
  'class Thread(models.AbstractModel):',
  "    _name = 'mail.thread'",
  "    _description = 'Thread'",
  '    def _creation_message(self):',
  '        return "made"',
  'class Attachment(models.Model):',
  "    _name = 'ir.attachment'",
  "    _description = 'Attachment'",
  '    name = fields.Char()',
  '    type = fields.Char()',
  '    res_model = fields.Char()',
  '    res_field = fields.Char()',
  '    res_id = fields.Integer()',
  "    company_id = fields.Many2one('res.company')",
  '    public = fields.Boolean()',
  '    checksum = fields.Char()',
  '    file_size = fields.Integer()',
  '    mimetype = fields.Char()',
  '    store_fname = fields.Char()',
  '    index_content = fields.Text()',
  '    db_datas = fields.Binary(attachment=False)',
]

const LISTED = [
  'class Module(models.Model):',
  "    _inherit = 'ir.module.module'",
  '    state = fields.Char()',
  '    views_by_module = fields.Text()',
  '    reports_by_module = fields.Text()',
  '    menus_by_module = fields.Text()',
  'class View(models.Model):',
  "    _name = 'ir.ui.view'",
  "    _description = 'View'",
  '    name = fields.Char()',
  '    type = fields.Char()',
  "    inherit_id = fields.Many2one('ir.ui.view')",
  'class Report(models.Model):',
  "    _name = 'ir.actions.report'",
  "    _table = 'ir_act_report_xml'",
  "    _description = 'Report'",
  '    name = fields.Char(translate=True)',
  'class Menu(models.Model):',
  "    _name = 'ir.ui.menu'",
  "    _description = 'Menu'",
  '    name = fields.Char(translate=True)',
  "    parent_id = fields.Many2one('ir.ui.menu')",
  'class Follower(models.Model):',
  "    _name = 'shop.follower'",
  "    _description = 'Follower'",
  "    module_id = fields.Many2one('ir.module.module')",
  "    module_state = fields.Char(related='module_id.state', store=True)",
]
const LISTED_ROWS = `
  INSERT INTO ir_ui_view (id, name, type, inherit_id) VALUES (1, 'Form', 'form', NULL), (2, 'More', 'form', 1);
  INSERT INTO ir_ui_menu (id, name, parent_id)
  SELECT n, jsonb_build_object('en_US', 'M' || n), nullif(n - 1, 0) FROM generate_series(1, 8) n;
  INSERT INTO ir_model_data (module, name, model, res_id) VALUES
    ('shop', 'v2', 'ir.ui.view', 2), ('shop', 'v1', 'ir.ui.view', 1), ('shop', 'gone', 'ir.ui.view', 9),
    ('shop', 'm2', 'ir.ui.menu', 2), ('shop', 'm8', 'ir.ui.menu', 8);
  UPDATE ir_module_module SET state = 'installed';
  INSERT INTO shop_follower (module_id, module_state)
  SELECT id, 'to upgrade' FROM ir_module_module WHERE name = 'shop';`

const SHOP = [
  'class Shop(models.Model):',
  "    _name = 'shop'",
  "    _inherit = 'mail.thread'",
  "    _description = 'Shop & more'",
  '    name = fields.Char()',
  "    kind = fields.Char(default='small')",
  '    stars = fields.Integer(default=3)',
  '    is_open = fields.Boolean(default=False)',
  '    email = fields.Char()',
  '    photo = fields.Image(max_width=64, max_height=64)',
  "    photo_8 = fields.Image(related='photo', store=True, max_width=8, max_height=8)",
  'class Quiet(models.Model):',
  "    _name = 'shop.quiet'",
  "    _inherit = 'mail.thread'",
  "    _description = 'Speaks for itself'",
  '    name = fields.Char()',
  '    def _creation_message(self):',
  '        return self.name',
  'class Guarded(models.Model):',
  "    _name = 'payment.provider'",
  "    _description = 'Provider'",
  '    name = fields.Char()',
  'class Category(models.Model):',
  "    _name = 'product.category'",
  "    _description = 'Category'",
  '    name = fields.Char()',
  '    complete_name = fields.Char()',
  "    parent_id = fields.Many2one('product.category')",
]
const EXTRA = [
  'class Guarded(models.Model):',
  "    _inherit = 'payment.provider'",
  '    @api.ondelete(at_uninstall=False)',
  '    def _unlink_except_liked(self):',
  '        pass',
]
const PAYMENT = [
  'class Guarded(models.Model):',
  "    _inherit = 'payment.provider'",
  '    @api.ondelete(at_uninstall=False)',
  '    def _unlink_except_master_data(self):',
  '        pass',
]
const ROWS = `
  INSERT INTO res_company (id, name) VALUES (1, 'Us');
  INSERT INTO res_partner (name, email) VALUES ('Ann "A"', 'Ann@example.com');
  UPDATE res_users SET partner_id = 1, company_id = 1;`
/** One pixel. */
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').toString('base64')

class Done extends Error {}

interface Bench {
  readonly orm: Orm
  readonly session: Session
  readonly findings: readonly Finding[]
  readonly loader: NativeLoader
  readonly scope: LoaderScope
  rows(text: string): Promise<readonly Record<string, unknown>[]>
}

describe('what scripts do with records has the side effects that the source says', () => {
  const cluster = useEngine(embeddedInMemory)
  const cleanUps: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp()
  })

  async function onBench(
    look: (bench: Bench) => Promise<void>,
    modules: Readonly<Record<string, readonly string[]>> = { mail: MAIL, shop: SHOP },
  ): Promise<void> {
    const release = await smallRelease(modules)
    cleanUps.push(() => release.remove())
    const found: Finding[] = []
    const work = async (session: Session): Promise<void> => {
      await session.execute(raw(BEFORE_BASE))
      await session.execute(raw(`INSERT INTO ir_module_module (name) VALUES ('mail'), ('payment')`))
      const loader: NativeLoader = await openNativeLoader({
        ...{ source: release.source, findings: new Findings(), parity: true },
      })
      const signal = new AbortController().signal
      const scope = { session, signal, addFinding: () => {}, keep: () => {} }
      await loader.begin(scope)
      for (const module of ['base', ...Object.keys(modules)]) {
        await loader.load({ module, isNew: module !== 'base' }, scope)
      }
      await session.execute(raw(ROWS))
      const fitter = {
        fit: async (content: Uint8Array, width: number) =>
          Buffer.concat([content, Buffer.from([width])]),
        isSame: async () => false,
      }
      const options: OrmOptions = {
        release: release.source.release,
        findings: new Findings((finding) => void found.push(finding)),
        effects: new LoaderEffects(async () => loader.hop, { fitter }),
      }
      const orm = new Orm(session, readDatabaseCatalog(session, options.release), options)
      const rows = async (text: string) => (await session.query(raw(text))).rows
      await look({ orm, session, findings: found, loader, scope, rows })
      throw new Done()
    }
    await cluster()
      .withSession(cluster().maintenanceDatabase, (session) =>
        session.transaction(() => work(session)),
      )
      .catch((error: unknown) => {
        if (!(error instanceof Done)) throw error
      })
  }

  test('new records have defaults, also those that are false, and what is given wins', async () => {
    await onBench(async ({ orm, rows }) => {
      await orm.create('shop', [new Map([['name', 'A']]), new Map([['stars', 5]])])
      expect(await rows('SELECT name, kind, stars, is_open FROM shop ORDER BY id')).toEqual([
        { name: 'A', kind: 'small', stars: 3, is_open: false },
        { name: null, kind: 'small', stars: 5, is_open: false },
      ])
    })
  })

  test('the history of new records begins, in one statement', async () => {
    await onBench(async ({ orm, rows, findings }) => {
      const ids = await orm.create('shop', [new Map(), new Map()])
      expect(await rows('SELECT res_id, body, email_from, author_id FROM mail_message')).toEqual(
        ids.map((id) => ({
          res_id: id,
          body: '<p>Shop &amp; more created</p>',
          email_from: '"Ann \\"A\\"" <Ann@example.com>',
          author_id: 1,
        })),
      )
      expect(findings).toEqual([])
    })
  })

  test('a model that says something else is told', async () => {
    await onBench(async ({ orm, rows, findings }) => {
      await orm.create('shop.quiet', [new Map()])
      expect(await rows('SELECT 1 FROM mail_message')).toEqual([])
      expect(findings.map(({ code }) => code)).toEqual(['CREATION_MESSAGES_LEFT'])
    })
  })

  test('a picture comes in all its sizes, and goes with them', async () => {
    await onBench(async ({ orm, rows }) => {
      const [id = 0] = await orm.create('shop', [new Map([['photo', PNG]])])
      const files = 'SELECT res_field AS f, file_size AS s FROM ir_attachment ORDER BY res_field'
      expect(await rows(files)).toEqual([
        { f: 'photo', s: 17 },
        { f: 'photo_8', s: 18 },
      ])
      await orm.write('shop', [id], new Map([['photo', false]]))
      expect(await rows(files)).toEqual([])
    })
  })

  test('contacts have the names and companies that Odoo works out, and those below follow', async () => {
    await onBench(async ({ orm, rows }) => {
      const make = async (values: Readonly<Record<string, string | number | boolean>>) =>
        (await orm.create('res.partner', [new Map(Object.entries(values))]))[0] ?? 0
      const wood = await make({ name: 'Wood', is_company: true })
      const joe = await make({ name: 'Joe', parent_id: wood, email: 'Joe <JOE@x.org>' })
      await make({ type: 'delivery', parent_id: joe, email: 'a@x.org, b@x.org' })
      await make({ name: 'Free', company_name: 'Lance' })
      await orm.write('res.partner', [wood], new Map([['name', 'Steel']]))
      const text = `SELECT display_name AS name, commercial_partner_id AS c, commercial_company_name AS company,
                           email_normalized AS mail FROM res_partner WHERE id > 1 ORDER BY id`
      expect(await rows(text)).toMatchObject([
        { name: 'Steel', c: wood, company: 'Steel' },
        { name: 'Steel, Joe', c: wood, company: 'Steel' },
        { name: 'Steel, Delivery Address', c: wood, company: 'Steel' },
        { name: 'Lance, Free', company: 'Lance' },
      ])
    })
  })

  test('modules tell what they bring, and what follows their state does', async () => {
    const modules = { mail: MAIL, shop: [...SHOP, ...LISTED] }
    await onBench(async ({ loader, scope, session, rows }) => {
      await session.execute(raw(LISTED_ROWS))
      await loader.settle(scope)
      const text = `SELECT views_by_module AS views, menus_by_module AS menus, reports_by_module AS reports
                      FROM ir_module_module WHERE name = 'shop'`
      expect(await rows(text)).toEqual([
        {
          views: '* INHERIT More (form)\nForm (form)',
          menus: '.../M3/M4/M5/M6/M7/M8\nM1/M2',
          reports: '',
        },
      ])
      expect(await rows('SELECT module_state FROM shop_follower')).toEqual([
        { module_state: 'installed' },
      ])
    }, modules)
  })

  test('complete names follow names, downwards', async () => {
    await onBench(async ({ orm, rows }) => {
      const [up = 0] = await orm.create('product.category', [new Map([['name', 'A']])])
      await orm.create('product.category', [
        new Map<string, string | number>([
          ['name', 'B'],
          ['parent_id', up],
        ]),
      ])
      await orm.write('product.category', [up], new Map([['name', 'C']]))
      expect(await rows('SELECT complete_name AS n FROM product_category ORDER BY id')).toEqual([
        { n: 'C' },
        { n: 'C / B' },
      ])
    })
  })

  test('records that the release does not let go stay', async () => {
    const modules = { mail: MAIL, shop: SHOP, payment: PAYMENT }
    await onBench(async ({ orm, session, rows }) => {
      const ids = await orm.create('payment.provider', [new Map(), new Map()])
      const [ours = 0, theirs = 0] = ids
      await session.execute(
        raw(`INSERT INTO ir_model_data (module, name, model, res_id)
             VALUES ('payment', 'one', 'payment.provider', ${theirs})`),
      )
      await expect(orm.unlink('payment.provider', [theirs])).rejects.toMatchObject({
        kind: 'user',
        message: expect.stringContaining('payment.one'),
      })
      await orm.unlink('payment.provider', [ours])
      expect(await rows('SELECT id FROM payment_provider')).toEqual([{ id: theirs }])
    }, modules)
  })

  test('a rule against deleting that nobody knows is told', async () => {
    const modules = { mail: MAIL, shop: SHOP, extra: EXTRA }
    await onBench(async ({ orm, findings }) => {
      await orm.unlink('payment.provider', await orm.create('payment.provider', [new Map()]))
      expect(findings).toMatchObject([
        { code: 'DELETION_NOT_CHECKED', data: { methods: ['_unlink_except_liked'] } },
      ])
    }, modules)
  })
})
