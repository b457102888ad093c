import { afterAll, describe, expect, it } from 'vitest'
import { embeddedInMemory, useEngine } from '../support/engines.js'
import {
  INTERPRETERS,
  openShimBench,
  type ShimOutcome,
  type ShimRun,
  withShimDatabase,
} from '../support/shim-bench.js'

const cluster = useEngine(embeddedInMemory)

describe.each(INTERPRETERS)('the cursor of the shim, $name', ({ missing, interpreter }) => {
  const benches = new Map(
    ['14.0', '16.0', '18.0'].map((series) => [series, openShimBench(interpreter, series)]),
  )
  afterAll(async () => {
    for (const bench of benches.values()) await (await bench).close()
  })

  async function outcome(
    source: string,
    series = '16.0',
    options: Partial<ShimRun> = {},
    before?: (bench: Awaited<ReturnType<typeof openShimBench>>) => Promise<void>,
  ): Promise<ShimOutcome> {
    const bench = await benches.get(series)
    if (bench === undefined) throw new Error(`no bench for ${series}`)
    await before?.(bench)
    let result: ShimOutcome | undefined
    await withShimDatabase(cluster(), async (session) => {
      result = await bench.run(source, { session, ...options })
    })
    if (result === undefined) throw new Error('nothing ran')
    return result
  }

  async function shown(body: string, series = '16.0'): Promise<readonly unknown[]> {
    const source = `def migrate(cr, version):\n${body.replaceAll(/^/gm, '    ')}\n`
    const result = await outcome(source, series)
    if (result.failure !== undefined) throw result.failure
    return result.shown
  }

  it.skipIf(missing)(
    '5, 24: rows as tuples, dicts and by iteration; numeric as float',
    async () => {
      const values = await shown(`
cr.execute("SELECT id, credit FROM res_partner ORDER BY id LIMIT 3")
show([cr.rowcount, cr.fetchone(), cr.dictfetchone(), cr.dictfetchall(), cr.dictfetchone()])
cr.execute("SELECT id FROM res_partner WHERE id IN %s ORDER BY id", ((4, 5),))
show([row for row in cr])
cr.execute("SELECT 1.5::numeric, 12345678901234567890.1234567890::numeric")
row = cr.fetchone()
show([type(value).__name__ for value in row])
show([f"{cr.rowcount} rows", cr.split_for_in_conditions(range(5), 2), cr.IN_MAX, cr.dbname != ""])
show(cr.mogrify("%s", ("it's",)).decode())
show([cr._obj.query.decode()[:6], cr._cnx.closed, cr.closed])`)
      expect(values).toEqual([
        [3, [1, 1.5], { id: 2, credit: 3 }, [{ id: 3, credit: 4.5 }], null],
        [[4], [5]],
        ['float', 'float'],
        ['1 rows', [[0, 1], [2, 3], [4]], 1000, true],
        "'it''s'",
        ['SELECT', 0, false],
      ])
    },
  )

  it.skipIf(missing)(
    "refuses parameters that are no sequence; Odoo's rule for empty ones",
    async () => {
      const body = `
try:
    cr.execute("SELECT %s", 5)
except ValueError as error:
    show(str(error))
cr.execute("SELECT 'a%%b'", ())
show(cr.fetchone())`
      const message = 'SQL query parameters should be a tuple, list or dict; got 5'
      expect(await shown(body)).toEqual([message, ['a%%b']])
      expect(await shown(body, '18.0')).toEqual([message, ['a%b']])
    },
  )

  it.skipIf(missing)('18, 19, 22: savepoints undo what fails in them', async () => {
    const values = await shown(`
import psycopg2
with cr.savepoint():
    cr.execute("UPDATE res_tag SET name = '{}' WHERE id = 1")
    try:
        with cr.savepoint():
            cr.execute("DELETE FROM res_tag WHERE id = 2")
            cr.execute("INSERT INTO res_lang (id) VALUES (1)")
    except psycopg2.errors.UniqueViolation as error:
        show(error.diag.constraint_name)
cr.execute("SELECT name FROM res_tag ORDER BY id")
show(cr.fetchall())
point = cr.savepoint(flush=False)
cr.execute("DELETE FROM res_lang")
point.close()
cr.execute("SELECT count(*) FROM res_lang")
show(cr.fetchone())
try:
    cr.execute("SELECT nothing")
except psycopg2.ProgrammingError:
    pass
try:
    cr.execute("SELECT 1")
except psycopg2.errors.InFailedSqlTransaction as error:
    show(type(error).__name__)
cr.rollback()
cr.execute("SELECT 1")
show(cr.fetchone())`)
    expect(values).toEqual([
      'res_lang_pkey',
      [[{}], [{ en_US: 'blue' }]],
      [3],
      'InFailedSqlTransaction',
      [1],
    ])
  })

  it.skipIf(missing)('23: a commit is asked for, after what is held back', async () => {
    const commits: string[] = []
    const source = `
from odoo import api
def migrate(cr, version):
    ran = []
    cr.postcommit.add(lambda: ran.append("post"))
    cr.precommit.add(lambda: ran.append("pre"))
    api.Environment(cr, 1, {})["res.partner"].browse(1).color = 6
    cr.commit()
    show(ran)
`
    const result = await outcome(source, '16.0', { commits })
    expect(result.failure).toBeUndefined()
    expect(commits).toEqual(['commit'])
    expect(result.shown).toEqual([['pre', 'post']])
    expect(result.operations.indexOf('orm.write')).toBeLessThan(result.operations.indexOf('commit'))
  })

  it.skipIf(missing)('logs what failed, unless it is muted', async () => {
    const result = await outcome(`
import psycopg2
from odoo.tools import mute_logger
def migrate(cr, version):
    for muted in (False, True):
        try:
            with cr.savepoint():
                if muted:
                    with mute_logger("odoo.sql_db"):
                        cr.execute("SELECT muted")
                else:
                    cr.execute("SELECT loud")
        except psycopg2.Error:
            pass
`)
    const bad = result.logs.filter(({ logger }) => logger === 'odoo.sql_db')
    expect(bad.map(({ text }) => text.split('\n')[0])).toEqual(['bad query: SELECT loud'])
  })

  it.skipIf(missing)('SQL objects from 17.0 on', async () => {
    const values = await shown(
      `
from odoo import api
from odoo.tools import SQL
env = api.Environment(cr, 1, {})
name = SQL.identifier("res_partner", "name")
query = SQL("SELECT %s FROM res_partner WHERE id IN %s AND %s", name, (1, 2), SQL("color > %(c)s", c=0))
show([query.code, query.params])
show(env.execute_query(SQL("%s ORDER BY 1", query)))
show(SQL(", ").join([SQL.identifier("a"), 5]).code)
cr.execute(SQL("SELECT '100%%'"))
show(cr.fetchone())
show(env.execute_query_dict(SQL("SELECT 1 AS one")))
for bad in (lambda: SQL("%s"), lambda: SQL.identifier("a b")):
    try:
        bad()
    except (TypeError, ValueError) as error:
        show(type(error).__name__)`,
      '18.0',
    )
    expect(values).toEqual([
      ['SELECT "res_partner"."name" FROM res_partner WHERE id IN %s AND color > %s', [[1, 2], 0]],
      [['P0001'], ['P0002']],
      '"a", %s',
      ['100%'],
      [{ one: 1 }],
      'TypeError',
      'ValueError',
    ])
  })

  it.skipIf(missing)('the helpers of odoo.tools.sql', async () => {
    const values = await shown(`
from odoo.tools import sql, column_exists
show([bool(column_exists(cr, "res_partner", "name")), bool(column_exists(cr, "res_partner", "no"))])
show([sql.table_exists(cr, "res_partner"), sql.table_exists(cr, "nothing")])
sql.create_column(cr, "res_partner", "flag", "boolean", "A flag")
sql.rename_column(cr, "res_partner", "flag", "banner")
sql.set_not_null(cr, "res_partner", "banner")
show([sql.table_columns(cr, "res_partner")["banner"]["is_nullable"], sql.table_kind(cr, "res_partner")])
sql.drop_not_null(cr, "res_partner", "banner")
sql.create_index(cr, "res_partner_x", "res_partner", ["color"])
sql.create_unique_index(cr, "res_partner_y", "res_partner", ["id", "name"])
show([bool(sql.index_exists(cr, "res_partner_x")), sql.make_index_name("res_partner", "color")])
sql.drop_index(cr, "res_partner_x", "res_partner")
sql.add_constraint(cr, "res_partner", "res_partner_c", "CHECK(id > 0)")
show(sql.constraint_definition(cr, "res_partner", "res_partner_c"))
sql.drop_constraint(cr, "res_partner", "res_partner_c")
try:
    sql.set_not_null(cr, "res_partner", "parent_id")
except Exception as error:
    show(str(error))
sql.convert_column_translatable(cr, "res_partner", "name", "jsonb")
cr.execute("SELECT name FROM res_partner WHERE id = 1")
show(cr.fetchone())
cr.execute("CREATE VIEW v AS SELECT color FROM res_partner")
sql.convert_column(cr, "res_partner", "color", "varchar")
show(sql.table_exists(cr, "v"))
sql.fix_foreign_key(cr, "res_users", "company_id", "res_company", "id", "cascade")
show(len(sql.get_foreign_keys(cr, "res_users", "company_id", "res_company", "id", "cascade")))`)
    expect(values).toEqual([
      [true, false],
      [true, false],
      ['NO', 'r'],
      [true, 'res_partner_color_index'],
      'CHECK(id > 0)',
      "Table 'res_partner': unable to set NOT NULL on column 'parent_id'",
      [{ en_US: 'P0001' }],
      false,
      1,
    ])
  })

  const entries = [
    ['16.0', 'with openupgrade.migrate()', '@openupgrade.migrate()', 'Environment'],
    ['16.0', 'with use_env=True', '@openupgrade.migrate(use_env=True)', 'Environment'],
    ['16.0', 'with use_env=False', '@openupgrade.migrate(use_env=False)', 'Cursor'],
    ['14.0', 'with no_version=True', '@openupgrade.migrate(no_version=True)', 'Environment'],
    ['16.0', 'undecorated', '', 'Cursor'],
  ] as const
  it.skipIf(missing).each(entries)('28 (%s): migrate %s', async (series, _, decorator, type) => {
    const source = `
from openupgradelib import openupgrade
${decorator}
def migrate(env, version):
    show([type(env).__name__, version])
`
    const run = await outcome(source, series)
    expect(run.failure).toBeUndefined()
    expect(run.shown).toEqual([[type, '0.9']])
    if (decorator !== '') {
      const line = 'sale: post-migration script called with version 0.9'
      expect(run.logs.map(({ text }) => text)).toContain(line)
    }
    const fresh = await outcome(source, series, { version: '' })
    const runs = decorator === '' || decorator.includes('no_version')
    expect(fresh.shown).toEqual(runs ? [[type, '']] : [])
  })

  it.skipIf(missing)('28: an exception within migrate is undone, logged and raised', async () => {
    const result = await outcome(`
from openupgradelib import openupgrade
@openupgrade.migrate()
def migrate(env, version):
    env.cr.execute("DELETE FROM res_lang")
    raise KeyError("x")
`)
    expect(result.failure).toMatchObject({ code: 'SCRIPT_FAILED' })
    const errors = result.logs.filter(({ level }) => level === 'error').map(({ text }) => text)
    expect(errors[0]).toMatch(/^sale: error in migration script .*: 'x'$/)
  })

  it.skipIf(missing)('29: an environment made by hand, as each release does', async () => {
    const [old, now] = [
      await outcome(
        `
from odoo import api, SUPERUSER_ID
import odoo
def migrate(cr, installed_version):
    with api.Environment.manage():
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["res.partner"].search([]).flush()
        env["res.partner"].invalidate_cache()
        show([hasattr(odoo, "Command"), hasattr(cr, "now"), hasattr(env, "flush_all")])
`,
        '14.0',
      ),
      await outcome(
        `
from odoo import api, Command, SUPERUSER_ID
def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.flush_all()
    env.invalidate_all()
    P = env["res.partner"]
    P.invalidate_model(["name"])
    show([hasattr(api.Environment, "manage"), cr.now().year > 2000, hasattr(P, "invalidate_cache")])
    show(Command.set([1, 2]))
    show([(color, count, records.ids) for color, count, records in P._read_group(
        [("id", "<", 4)], ["color"], ["__count", "id:recordset"])])
    show(env._("text %s", 1))
`,
        '18.0',
      ),
    ]
    expect(old.failure ?? now.failure).toBeUndefined()
    expect(old.shown).toEqual([[false, false, false]])
    expect(now.shown).toEqual([
      [false, true, false],
      [6, 0, [1, 2]],
      [
        [1, 1, [1]],
        [2, 1, [2]],
        [3, 1, [3]],
      ],
      'text 1',
    ])
  })

  it.skipIf(missing)(
    '30: openerp is odoo, and openupgradelib is there when it is probed',
    async () => {
      const values = await shown(`
import openerp
from openerp import SUPERUSER_ID, api
from openerp.modules.registry import RegistryManager
from openerp.tools.sql import column_exists
import odoo.tools.sql
show([openerp.__name__, api.__name__, column_exists is odoo.tools.sql.column_exists])
show(RegistryManager.get(cr.dbname)["res.partner"]._table)
try:
    __import__("openupgradelib")
    from openupgradelib import openupgrade
    show("no subprocess")
except ImportError:
    import subprocess
    subprocess.check_call(["false"])
registry = odoo.registry(cr.dbname)
with registry.cursor() as other:
    other.execute("SELECT 1")
    show([other.fetchone(), "res.tag" in registry])`)
      expect(values).toEqual([
        ['odoo', 'odoo.api', true],
        'res_partner',
        'no subprocess',
        [[1], true],
      ])
    },
  )

  it.skipIf(missing)(
    '31: data and hooks of addons, and classes of models that define nothing',
    async () => {
      const result = await outcome(
        `
from odoo.addons.openupgrade_scripts.apriori import renamed_modules
from odoo.addons.sale.hooks import hook
from odoo.addons.sale.models.order import helper
from odoo.tools import file_open
from odoo.modules.module import get_resource_path, get_module_resource
def migrate(cr, version):
    show([renamed_modules, hook(cr), helper()])
    with file_open("sale/data/a.txt") as stream:
        show([stream.read(), bool(get_resource_path("sale", "data", "a.txt")), get_module_resource("sale", "no")])
`,
        '16.0',
        {},
        async (bench) => {
          await bench.addSource('openupgrade_scripts/apriori.py', 'renamed_modules = {"a": "b"}\n')
          await bench.addSource('sale/__init__.py', 'raise RuntimeError("must not run")\n')
          await bench.addSource('sale/hooks.py', 'def hook(cr):\n    return cr.IN_MAX\n')
          await bench.addSource(
            'sale/models/order.py',
            `from odoo import _, api, fields, models
from odoo.tools.misc import format_date
class Order(models.Model):
    _inherit = "sale.order"
    note = fields.Html(string="Note", translate=True)
    partner_id = fields.Many2one("res.partner", ondelete="cascade")
    @api.depends("note")
    def _compute_x(self):
        return super()._compute_x()
    @api.model_create_multi
    def create(self, vals_list):
        return super().create(vals_list)
def helper():
    return "helped"
`,
          )
          await bench.addSource('sale/data/a.txt', 'text')
        },
      )
      expect(result.failure).toBeUndefined()
      expect(result.shown).toEqual([
        [{ a: 'b' }, 1000, 'helped'],
        ['text', true, false],
      ])
    },
  )

  it.skipIf(missing)('says who has what it has not', async () => {
    const values = await shown(`
def error(text):
    try:
        exec(text)
    except (ImportError, AttributeError) as e:
        show([type(e).__name__, str(e).split(";")[0]])
error("import odoo.http")
error("from odoo.tools import SQL")
error("from odoo.tools.sql import increment_fields_skiplock")
error("import odoo; odoo.service")`)
    const who = "only the release's own source code has it"
    expect(values).toEqual([
      ['NativeSourceError', `odoo.http: ${who}`],
      ['NativeSourceError', `odoo.tools.SQL: ${who}`],
      ['NativeSourceError', `odoo.tools.sql.increment_fields_skiplock: ${who}`],
      ['AttributeError', `odoo.service: ${who}`],
    ])
  })

  it.skipIf(missing)("an addon's own code asks for the native ORM", async () => {
    const add = (bench: Awaited<ReturnType<typeof openShimBench>>) =>
      bench.addSource('web_thing/models/thing.py', 'from odoo.http import request\n')
    const source =
      'from odoo.addons.web_thing.models import thing\ndef migrate(cr, version):\n    pass\n'
    const result = await outcome(source, '16.0', {}, add)
    expect(result.failure).toMatchObject({ code: 'SCRIPT_NEEDS_ODOO' })
  })
})
