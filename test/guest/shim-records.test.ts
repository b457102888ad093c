import { afterAll, describe, expect, it } from 'vitest'
import { UserError } from '../../src/base/index.js'
import type { GuestOperations } from '../../src/scripts/values/index.js'
import { embeddedInMemory, useEngine } from '../support/engines.js'
import {
  INTERPRETERS,
  openShimBench,
  type ShimOutcome,
  withShimDatabase,
} from '../support/shim-bench.js'

const ENV = `
from odoo import api, SUPERUSER_ID

def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    P = env["res.partner"]
`

const cluster = useEngine(embeddedInMemory)

describe.each(INTERPRETERS)('recordsets of the shim, $name', ({ missing, interpreter }) => {
  const bench = openShimBench(interpreter, '16.0')
  afterAll(async () => (await bench).close())

  /** Runs the lines as the body of `migrate`, with `env` and `P` there. */
  async function run(body: string, operations: GuestOperations = {}): Promise<ShimOutcome> {
    let outcome: ShimOutcome | undefined
    await withShimDatabase(cluster(), async (session) => {
      const source = ENV + body.replaceAll(/^/gm, '    ')
      outcome = await (await bench).run(source, { session, operations })
    })
    if (outcome === undefined) throw new Error('nothing ran')
    return outcome
  }

  async function shown(body: string): Promise<readonly unknown[]> {
    const outcome = await run(body)
    if (outcome.failure !== undefined) throw outcome.failure
    return outcome.shown
  }

  function times(outcome: ShimOutcome, operation: string): number {
    return outcome.operations.filter((name) => name === operation).length
  }

  it.skipIf(missing)('reads fields with their empty values', async () => {
    const values = await shown(`
p = P.browse(2)
show([p.id, p.name, p.active, p.color, p.credit, p.born, p.title, p.parent_id.id, P.browse(1).parent_id.id])
e = P.browse()
show([e.id, e.name, e.color, e.credit, e.parent_id.ids, e.tag_ids.ids, bool(e)])
show([p["name"], "name" in p, p.with_context(lang="fr_FR").title, p.tag_ids.mapped("name")])`)
    expect(values).toEqual([
      [2, 'P0002', true, 2, 3, '2020-01-03', 'Dear', 1, false],
      [false, false, 0, 0, [], [], false],
      ['P0002', true, 'Cher', ['red']],
    ])
  })

  it.skipIf(missing)('behaves as a set of ids', async () => {
    const values = await shown(`
a, b = P.browse([1, 2, 3]), P.browse([3, 4])
show([(a | b).ids, (a & b).ids, (a - b).ids, (a + b).ids, len(a), a[0].id, a[1:].ids, a[-1].id])
show([P.browse(3) in a, P.browse(4) in a, P.browse([1, 2]) <= a, a == P.browse([3, 2, 1]), a != b, a < a, a >= a])
show([len({a, P.browse([3, 2, 1])}), [r.id for r in a], repr(a), P.concat(a, b).ids, P.union(a, b).ids])
show([a.ensure_one.__name__, env["res.partner"]._name, P._table, P._order, P._fields["parent_id"].comodel_name])
for body in (lambda: a.ensure_one(), lambda: a.name, lambda: a.id):
    try:
        body()
    except ValueError as error:
        show(str(error))
try:
    a | env["res.tag"]
except TypeError as error:
    show(str(error))`)
    expect(values).toEqual([
      [[1, 2, 3, 4], [3], [1, 2], [1, 2, 3, 3, 4], 3, 1, [2, 3], 3],
      [true, false, true, true, true, false, true],
      [1, [1, 2, 3], 'res.partner(1, 2, 3)', [1, 2, 3, 3, 4], [1, 2, 3, 4]],
      ['ensure_one', 'res.partner', 'res_partner', 'name, id', 'res.partner'],
      'Expected singleton: res.partner(1, 2, 3)',
      'Expected singleton: res.partner(1, 2, 3)',
      'Expected singleton: res.partner(1, 2, 3)',
      'inconsistent models in: res.partner(1, 2, 3) | res.tag()',
    ])
  })

  it.skipIf(missing)('walks over records', async () => {
    const values = await shown(`
a = P.browse([3, 1, 2])
show([a.mapped("name"), a.mapped("parent_id").ids, a.mapped("parent_id.name"), a.mapped(lambda r: r.id * 2)])
show([a.filtered("parent_id").ids, a.filtered(lambda r: r.id > 1).ids, a.filtered_domain([("color", "=", 2)]).ids])
show([a.sorted().ids, a.sorted("id", reverse=True).ids, a.sorted(key=lambda r: -r.id).ids])
show({k.id: v.ids for k, v in a.grouped("parent_id").items()})
show([a.mapped("tag_ids").ids, P.mapped("name"), a.exists().ids, P.browse([99999, 2]).exists().ids])`)
    expect(values).toEqual([
      [['P0003', 'P0001', 'P0002'], [1], ['P0001'], [6, 2, 4]],
      [[3, 2], [3, 2], [2]],
      [
        [1, 2, 3],
        [3, 2, 1],
        [3, 2, 1],
      ],
      { '1': [3, 2], false: [1] },
      [[2, 1], [], [3, 1, 2], [2]],
    ])
  })

  it.skipIf(missing)('35: searches as Odoo does', async () => {
    const values = await shown(`
show([P.search_count([]), P.with_context(active_test=False).search_count([]), P.search([], limit=2, order="id desc").ids])
show(P.search([("parent_id", "child_of", 1)], count=True))
show(P.search([("parent_id.name", "=", "P0001"), ("id", "<", 4)]).ids)
show([P.search_count([("parent_id", "!=", 1)]), P.search([("parent_id", "not in", [1])]).ids])
show(P.search([("parent_id", "in", P.browse(1)), ("id", "in", (2, 3))]).ids)
show(P.search_read([("id", "=", 2)], ["name", "parent_id"]))
show(P.search([("id", "<", 30)], offset=27).ids)
show(P.read_group([("id", "<", 10)], ["credit:sum"], ["color"])[0]["color_count"])`)
    expect(values).toEqual([
      [1188, 1200, [1199, 1198]],
      1188,
      [2, 3],
      [1, [1]],
      [2, 3],
      [{ id: 2, name: 'P0002', parent_id: [1, 'P0001'] }],
      [28, 29],
      1,
    ])
  })

  it.skipIf(missing)(
    '36: a one2many over a many2one_reference has its own model only',
    async () => {
      expect(await shown('show(P.browse(3).activity_ids.mapped("summary"))')).toEqual([['call']])
    },
  )

  it.skipIf(missing)('37: 1,000 records and three fields are one read', async () => {
    const outcome = await run(`
records = P.with_context(active_test=False).search([], limit=1000)
show(len([(r.name, r.color, r.parent_id.id) for r in records]))
show(len({r.parent_id.name for r in records}))`)
    expect(outcome.failure).toBeUndefined()
    expect(outcome.shown).toEqual([1000, 2])
    expect(times(outcome, 'orm.read')).toBe(1)
  })

  it.skipIf(missing)('37: what a loop assigns is one write', async () => {
    const outcome = await run(`
records = P.with_context(active_test=False).search([])
for r in records:
    r.color = 5
    r["credit"] = 1
cr.execute("SELECT count(*) FROM res_partner WHERE color = 5 AND credit = 1")
show(cr.fetchone()[0])
for r in records:
    r.name += "!"
show(records[0].name)
P.search([("name", "=", "x")])
cr.execute("SELECT min(name), max(name) FROM res_partner")
show(cr.fetchone())`)
    expect(outcome.failure).toBeUndefined()
    expect(outcome.shown).toEqual([1200, 'P0001!', ['P0001!', 'P1200!']])
    expect(times(outcome, 'orm.write')).toBe(1)
    expect(times(outcome, 'orm.write_many')).toBe(1)
    expect(times(outcome, 'orm.read')).toBe(2)
  })

  it.skipIf(missing)('sends what is held back at the end of the script', async () => {
    await withShimDatabase(cluster(), async (session) => {
      const source = `${ENV}    P.browse(5).name = "five"\n`
      const outcome = await (await bench).run(source, { session })
      expect(outcome.failure).toBeUndefined()
      const rows = await (await bench).run(
        'def migrate(cr, version):\n    cr.execute("SELECT name FROM res_partner WHERE id = 5")\n    show(cr.fetchone())\n',
        { session },
      )
      expect(rows.shown).toEqual([['five']])
    })
  })

  it.skipIf(missing)('38: tells missing records, fields and models apart', async () => {
    const values = await shown(`
from odoo.exceptions import MissingError
def error(body):
    try:
        body()
    except Exception as e:
        show([type(e).__name__, str(e).splitlines()[0]])
error(lambda: P.browse(99999).name)
error(lambda: P.browse(2).nonsense)
error(lambda: setattr(P.browse(2), "nonsense", 1))
error(lambda: P.search([("nonsense", "=", 1)]))
error(lambda: P.create({"nonsense": 1}))
error(lambda: P.browse(2).write({"nonsense": 1}))
error(lambda: env["no.model"])
error(lambda: env.ref("no.thing"))
show([hasattr(P, "nonsense"), getattr(P, "nonsense", 3), "no.model" in env, env.get("no.model"), "res.tag" in env])
show([env.ref("base.three").id, env.ref("base.gone", raise_if_not_found=False)])`)
    expect(values).toEqual([
      ['MissingError', 'Record does not exist or has been deleted.'],
      ['AttributeError', "'res.partner' object has no attribute 'nonsense'"],
      ['AttributeError', "'res.partner' object has no field 'nonsense'"],
      ['ValueError', expect.stringContaining('nonsense')],
      ['ValueError', "Invalid field 'nonsense' on model 'res.partner'"],
      ['ValueError', "Invalid field 'nonsense' on model 'res.partner'"],
      ['KeyError', "'no.model'"],
      ['ValueError', 'External ID not found in the system: no.thing'],
      [false, 3, false, null, true],
      [3, null],
    ])
  })

  const native = [
    ['a private method', 'P._compute_display_name()', '_compute_display_name'],
    ['a public method', 'P.try_loading(1, company=2)', 'try_loading'],
    ["a field's own method", 'P._fields["color"].update_db(P, {})', 'color.update_db'],
    ['a computed field', 'P.browse(2).computed', 'computed'],
    ['a method within a try', 'try:\n    P.browse(2)._x()\nexcept Exception:\n    pass', '_x'],
  ] as const
  it.skipIf(missing).each(native)('39: %s asks for the native ORM', async (_, body, name) => {
    const { failure } = await run(body)
    expect(failure).toBeInstanceOf(UserError)
    expect(failure).toMatchObject({
      code: 'SCRIPT_NEEDS_ODOO',
      data: { model: 'res.partner', name },
    })
  })

  it.skipIf(missing)('creates, copies and deletes', async () => {
    const values = await shown(`
tag = env["res.tag"].create({"name": "green"})
a = P.create({"name": "New", "parent_id": P.browse(2), "tag_ids": [(6, 0, tag.ids)]})
b, c = P.create([{"name": "B"}, {"name": "C", "color": 3}])
show([a.name, a.parent_id.id, a.tag_ids.name, b.active, c.color, a in P.browse(2).child_ids])
a.tag_ids = [(5, 0, 0)]
a.parent_id = False
show([a.tag_ids.ids, a.parent_id.ids, P.browse(2).child_ids.ids])
d = a.copy({"name": "Copy"})
show([d.name, d.id != a.id])
(a | b | c).unlink()
show([(a | b | c | d).exists() == d, P.browse(3).get_external_id(), d.with_context(default_color=4).create({"name": "x"}).color])`)
    expect(values).toEqual([
      ['New', 2, 'green', true, 3, true],
      [[], [], []],
      ['Copy', true],
      [true, { '3': 'base.three' }, 4],
    ])
  })

  it.skipIf(missing)('drops what a savepoint undoes', async () => {
    const values = await shown(`
p = P.browse(4)
try:
    with cr.savepoint():
        p.name = "bad"
        raise KeyError("x")
except KeyError:
    show(p.name)
with cr.savepoint():
    p.name = "good"
cr.execute("SELECT name FROM res_partner WHERE id = 4")
show(cr.fetchone())`)
    expect(values).toEqual(['P0004', ['good']])
  })

  it.skipIf(missing)('knows the user, companies and languages of an environment', async () => {
    const values = await shown(`
show([env.user.login, env.user.name, env.company.name, env.companies.ids, env.lang, env.uid, env.su])
two = P.with_company(env["res.company"].browse(2))
show([two.env.company.name, P.with_user(2).env.user.login, P.with_user(2).sudo().env.su, P.with_context(a=1).env.context])
show([env["res.lang"].get_installed(), env.registry["res.partner"]._table, P._description, P._auto])
for key, value in (("a.key", "no"), ("b.key", 3), ("a.key", False)):
    show(env["ir.config_parameter"].set_param(key, value))
show([env["ir.config_parameter"].get_param(k, "?") for k in ("a.key", "b.key")])
user = env.user
user.name = "Zed"
show([user.name, user.partner_id.name, P.browse(1).name])`)
    expect(values).toEqual([
      ['__system__', 'P0001', 'One', [1], null, 1, true],
      ['Two', 'admin', true, { a: 1 }],
      [
        [
          ['en_US', 'English'],
          ['fr_FR', 'French'],
        ],
        'res_partner',
        'Contact',
        true,
      ],
      'yes',
      false,
      'no',
      ['?', '3'],
      ['Zed', 'Zed', 'Zed'],
    ])
  })

  it.skipIf(missing)('sees the columns and rows that the script made itself', async () => {
    const values = await shown(`
P.browse(1).name
cr.execute("ALTER TABLE res_partner ADD COLUMN nick varchar")
cr.execute("INSERT INTO ir_model_fields (model_id, model, name, ttype) SELECT id, model, 'nick', 'char' FROM ir_model WHERE model = 'res.partner'")
P = env["res.partner"]
P.browse(1).nick = "Nicky"
cr.execute("SELECT nick FROM res_partner WHERE id = 1")
show([P.browse(1).nick, cr.fetchone()])`)
    expect(values).toEqual([['Nicky', ['Nicky']]])
  })

  it.skipIf(missing)('queues a module instead of installing it', async () => {
    const asked: unknown[] = []
    const outcome = await run(
      `
modules = env["ir.module.module"].search([])
modules.button_immediate_install()
show(env["ir.module.module"].update_list())`,
      {
        'modules.install': async ([names]) => {
          asked.push(names)
          return { kind: 'value', value: true }
        },
      },
    )
    expect(outcome.failure).toBeUndefined()
    expect(asked).toEqual([['crm']])
    expect(outcome.logs.map(({ text }) => text)).toContain('queued for installation: crm')
  })

  it.skipIf(missing)('the loop of the manual, through odoo.upgrade.util', async () => {
    const outcome = await run(`
from odoo.upgrade import util
env = util.env(cr)
for partner in env["res.partner"].search([("id", "<", 4)]):
    partner.name += "!"
show(env["res.partner"].browse([1, 2, 3]).mapped("name"))
for partner in util.iter_browse(env["res.partner"], [1, 2, 3], chunk_size=2):
    partner.name += "?"
cr.execute("SELECT string_agg(name, ',' ORDER BY id) FROM res_partner WHERE id < 4")
show(cr.fetchone()[0])
show(util.iter_browse(env["res.partner"], [1, 2, 3], chunk_size=2).write({"color": 9}))`)
    expect(outcome.failure).toBeUndefined()
    expect(outcome.shown).toEqual([
      ['P0001!', 'P0002!', 'P0003!'],
      'P0001!?,P0002!?,P0003!?',
      [true, true],
    ])
  })
})
