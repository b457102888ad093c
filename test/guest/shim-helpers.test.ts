import { afterAll, describe, expect, it } from 'vitest'
import {
  GuestError,
  type GuestOperations,
  type GuestValue,
} from '../../src/scripts/values/index.js'
import { embeddedInMemory, useEngine } from '../support/engines.js'
import {
  INTERPRETERS,
  openShimBench,
  type ShimOutcome,
  withShimDatabase,
} from '../support/shim-bench.js'

const cluster = useEngine(embeddedInMemory)

/** A host that knows two helpers and remembers how they were called. */
function twoHelpers(calls: GuestValue[][]): GuestOperations {
  return {
    'helper.names': async () => ({ kind: 'value', value: ['rename_fields', 'util.rename_field'] }),
    helper: async ([name = null, args = null, named = null]) => {
      if (name !== 'rename_fields' && name !== 'util.rename_field') {
        throw new GuestError('helper', `openupgradelib.openupgrade has no function '${name}'`)
      }
      calls.push([name, args, named])
      return { kind: 'value', value: null }
    },
  }
}

describe.each(INTERPRETERS)('helper libraries of the shim, $name', ({ missing, interpreter }) => {
  const bench = openShimBench(interpreter, '16.0')
  afterAll(async () => (await bench).close())

  async function run(body: string, operations: GuestOperations = {}): Promise<ShimOutcome> {
    let outcome: ShimOutcome | undefined
    const source = `
from openupgradelib import openupgrade
from odoo.upgrade import util
from odoo import api
def migrate(cr, version):
    env = api.Environment(cr, 1, {})
${body.replaceAll(/^/gm, '    ')}
`
    await withShimDatabase(cluster(), async (session) => {
      outcome = await (await bench).run(source, { session, operations })
    })
    if (outcome === undefined) throw new Error('nothing ran')
    return outcome
  }

  async function shown(body: string, operations: GuestOperations = {}) {
    const outcome = await run(body, operations)
    if (outcome.failure !== undefined) throw outcome.failure
    return outcome.shown
  }

  it.skipIf(missing)('25: the rows of logged_query stay with the cursor', async () => {
    const outcome = await run(`
show(openupgrade.logged_query(cr, "SELECT id FROM res_lang WHERE id < %s ORDER BY id", [3]))
show(cr.fetchall())
openupgrade.logged_query(cr, "DELETE FROM res_lang WHERE id = 99", skip_no_result=True)
openupgrade.logged_query(cr, "UPDATE res_lang SET active = true")
try:
    with cr.savepoint():
        openupgrade.logged_query(cr, "SELECT nothing")
except Exception as error:
    show(type(error).__name__)`)
    expect(outcome.failure).toBeUndefined()
    expect(outcome.shown).toEqual([2, [[1], [2]], 'UndefinedColumn'])
    const lines = outcome.logs.filter(({ logger }) => logger === 'OpenUpgrade')
    const told = lines.map(({ level, text }) => [level, text])
    expect(told).toEqual([
      ['debug', expect.stringMatching(/^2 rows affected after .* running SELECT id/)],
      ['debug', expect.stringMatching(/^3 rows affected after .* running UPDATE/)],
      ['error', expect.stringMatching(/^Error after .* running SELECT nothing/)],
    ])
  })

  it.skipIf(missing)('26: what scripts pass arrives', async () => {
    const calls: GuestValue[][] = []
    await run(
      `
from odoo.tools import OrderedSet
openupgrade.rename_fields(env, [("a.b", "a_b", "x", "y")], no_deep={"k": 1}.items())
openupgrade.rename_fields(cr, field_spec=(one for one in [("n", (1, 2))]), no_deep=OrderedSet([2, 1]))
util.rename_field(cr, env["res.partner"].browse([1, 2]), {3}, new=b"x")`,
      twoHelpers(calls),
    )
    const [first, second, third] = calls.map((call) => JSON.parse(JSON.stringify(call, plain)))
    expect(first).toEqual([
      'rename_fields',
      [{ context: {} }, [{ items: ['a.b', 'a_b', 'x', 'y'] }]],
      { no_deep: [{ items: ['k', 1] }] },
    ])
    expect(second).toEqual([
      'rename_fields',
      [{ kind: 'cursor' }],
      { field_spec: [{ items: ['n', { items: [1, 2] }] }], no_deep: [2, 1] },
    ])
    expect(third?.[1]).toEqual([{ kind: 'cursor' }, { model: 'res.partner', ids: [1, 2] }, [3]])
  })

  it.skipIf(missing)('26, 27: refuses functions and unknown names', async () => {
    const values = await shown(
      `
show([hasattr(openupgrade, "rename_fields"), hasattr(openupgrade, "nothing"), hasattr(util, "nothing")])
for body in (
    lambda: openupgrade.nothing(cr),
    lambda: util.nothing(cr),
    lambda: openupgrade.rename_fields(cr, lambda: 1),
):
    try:
        body()
    except (AttributeError, TypeError) as error:
        show([type(error).__name__, str(error).split(" at 0x")[0]])
try:
    from openupgradelib.openupgrade import nothing
except ImportError as error:
    show("ImportError")`,
      twoHelpers([]),
    )
    expect(values).toEqual([
      [true, false, false],
      ['AttributeError', "openupgradelib.openupgrade has no function 'nothing'"],
      ['AttributeError', "odoo.upgrade.util has no function 'nothing'"],
      ['TypeError', expect.stringContaining('cannot send <function migrate.<locals>.<lambda>')],
      'ImportError',
    ])
  })

  it.skipIf(missing)(
    'sends what is held back before a helper, and reads anew after it',
    async () => {
      const values = await shown(`
p = env["res.partner"].browse(3)
p.name = "before"
openupgrade.map_values(cr, "name", "name", [("before", "after")], table="res_partner")
show(p.name)
show([openupgrade.column_exists(cr, "res_partner", "name"), openupgrade.table_exists(cr, "nothing")])`)
      expect(values).toEqual(['after', [true, null]])
    },
  )

  it.skipIf(missing)("rename_tables adds sequences to the script's own list", async () => {
    const values = await shown(`
spec = [("res_tag", "my_tag")]
show(openupgrade.rename_tables(cr, spec))
show(spec)`)
    expect(values).toEqual([
      null,
      [
        ['res_tag', 'my_tag'],
        ['res_tag_id_seq', 'my_tag_id_seq'],
      ],
    ])
  })

  it.skipIf(missing)('what stays with the script', async () => {
    const outcome = await run(`
import psycopg2.errorcodes
show([openupgrade.get_legacy_name("x"), openupgrade.version_info[:2]])
with openupgrade.allow_pgcodes(cr, psycopg2.errorcodes.UNIQUE_VIOLATION):
    cr.execute("INSERT INTO res_lang (id) VALUES (1)")
with openupgrade.savepoint(cr):
    cr.execute("SELECT 1")
try:
    openupgrade.do_raise("stop")
except openupgrade.UserError as error:
    show(str(error))
openupgrade.message(cr, "sale", "t", False, "lost %s rows", 3)

@openupgrade.logging(step=2)
def counted(n):
    return n
show([counted(n) for n in range(3)])
P = env["res.partner"].with_context(active_test=False)
show([len(list(openupgrade.chunked(P.search([])))), len(list(openupgrade.chunked(P.search([]), single=False)))])
openupgrade.update_field_multilang(P.browse([1, 2]), "title", lambda old, lang, record: old + "!" + lang)
cr.execute("SELECT DISTINCT title FROM res_partner WHERE id < 3")
show(cr.fetchall())
openupgrade.safe_unlink(P.browse([1, 5]))
show(P.browse([1, 5]).exists().ids)`)
    expect(outcome.failure).toBeUndefined()
    expect(outcome.shown).toEqual([
      ['openupgrade_legacy_16_0_x', [16, 0]],
      'stop',
      [0, 1, 2],
      [1200, 2],
      [[{ en_US: 'Dear!en_US', fr_FR: 'Cher!fr_FR' }]],
      [1],
    ])
    const texts = outcome.logs.map(({ text }) => text)
    expect(texts).toContain('Module sale, table t: lost 3 rows')
    expect(texts.filter((text) => text.startsWith('Executing method counted'))).toEqual([
      'Executing method counted ; Calls quantity : 1 ; Logging Step : 2',
      'Executing method counted ; Calls quantity : 2',
    ])
  })

  it.skipIf(missing)('odoo.upgrade.util: statements', async () => {
    const values = await shown(`
from odoo.addons.base.maintenance.migrations import util as old_util
show([old_util is util, util.expand_braces("m.{a,b}"), util.version_gte("saas~15.3"), util.version_between("17.0", "18.0")])
show(util.format_query(cr, "SELECT {} FROM {t} WHERE {w}", "a b", t="x", w=util.SQLStr("1 = 1")))
query = cr.mogrify("UPDATE res_partner p SET color = %s WHERE {parallel_filter}", [8]).decode()
show(len(util.explode_query_range(cr, query, "res_partner", alias="p", bucket_size=500)))
show(util.explode_query_range(cr, "DELETE FROM res_lang WHERE name <> '{x}'", "res_lang"))
show(util.explode_execute(cr, query, "res_partner", alias="p", bucket_size=500))
show(util.parallel_execute(cr, []))
columns = util.get_columns(cr, "res_lang", ignore=("id", "code"))
show([list(columns), columns.using(alias="t", leading_comma=True).as_string(cr._obj)])
show(util.bulk_update_table(cr, "res_partner", ["name", "color"], {1: ["one", 11], 2: ["two", 12]}))
with util.named_cursor(cr, itersize=2) as named:
    named.execute("SELECT id, name FROM res_partner ORDER BY id LIMIT 3")
    show(list(named.iterdict()))
with util.query_ids(cr, "SELECT id FROM res_partner WHERE id < 4 AND name <> '{}'") as ids:
    show([len(ids), list(ids)])
with util.temp_index(cr, "res_partner", "color", "id"):
    cr.execute("SELECT count(*) FROM pg_indexes WHERE tablename = 'res_partner'")
    inside = cr.fetchone()[0]
cr.execute("SELECT count(*) FROM pg_indexes WHERE tablename = 'res_partner'")
show(inside - cr.fetchone()[0])
cr.execute("SELECT " + util.pg_text2html("'a <b> http://x.y' || E'\\\\n'"), [1][:0] or None)
show(cr.fetchone()[0])
show([util.get_value_or_en_translation(cr, "res_tag", "name"), util.get_value_or_en_translation(cr, "res_lang", "name")])`)
    expect(values).toEqual([
      [true, ['m.a', 'm.b'], true, false],
      'SELECT "a b" FROM "x" WHERE 1 = 1',
      3,
      ["DELETE FROM res_lang WHERE name <> '{x}' AND res_lang.id IS NOT NULL"],
      1200,
      null,
      [['active', 'name'], ', "t"."active", "t"."name"'],
      2,
      [
        { id: 1, name: 'one' },
        { id: 2, name: 'two' },
        { id: 3, name: 'P0003' },
      ],
      [3, [1, 2, 3]],
      1,
      '<p>a &lt;b&gt; <a href="http://x.y" target="_blank" rel="noreferrer noopener">http://x.y</a><br></p>',
      ['"name"->>\'en_US\'', '"name"'],
    ])
  })

  it.skipIf(missing)('odoo.upgrade.util: pieces, progress, other scripts', async () => {
    await (await bench).addSource(
      'crm/migrations/1.0/pre-a.py',
      'def shared():\n    return "shared"\n',
    )
    const values = await shown(`
show([list(util.chunks(range(5), 2, fmt=tuple)), list(util.chunks("abcde", 2))])
show(list(util.log_progress(range(3), util.getLogger("x"))))
show(util.import_script("crm/1.0/pre-a.py").shared())
try:
    util.import_script("crm/1.0/none.py")
except ImportError as error:
    show(str(error))
def maybe():
    if False:
        yield
import contextlib
with util.skippable_cm(), contextlib.contextmanager(maybe)():
    show("never")
show([bool(util.once(None, "16.0")), bool(util.once("17.0", None)), list(util.splitlines("a # b\\n\\n c"))])
show(util.safe_eval("[('a', '=', user.company_id.id)]", util.SelfPrintEvalContext()))
show(util.literal_replace("[('a', '=', user.id)]", {"user.id": "env.uid"}))
show(util.iter_browse(env["res.partner"], [], logger=None).create([{"name": "a"}, {"name": "b"}], size=2)._size)
util.report_message("done", "Sales")
runs = util.iter_browse(env["res.partner"], [1])
list(runs)
try:
    list(runs)
except RuntimeError as error:
    show("ran twice" in str(error))`)
    expect(values).toEqual([
      [
        [[0, 1], [2, 3], [4]],
        ['ab', 'cd', 'e'],
      ],
      [0, 1, 2],
      'shared',
      'crm/1.0/none.py',
      [true, false, ['a', 'c']],
      [['a', '=', 'user.company_id.id']],
      "[('a', '=', env.uid)]",
      2,
      true,
    ])
  })
})

/** Shows maps and sets as JSON can. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value)
  return value instanceof Set ? [...value] : value
}
