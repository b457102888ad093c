import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raw } from '../../src/db/index.js'
import type { ScriptCall } from '../../src/scripts/hosts/index.js'
import { PyTuple, RecordRef } from '../../src/scripts/values/index.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'
import { odooInterpreters, useOdooBench, withoutOdoo } from './native-support.js'

const needsOdoo = withoutOdoo === undefined ? '' : ` (skipped: ${withoutOdoo})`

/** What a registry is made of, in a form that can be compared. */
const DIGEST = `
import hashlib
import moultg

def migrate(cr, version):
    from odoo import SUPERUSER_ID, api
    env = api.Environment(cr, SUPERUSER_ID, {})
    registry = env.registry
    fields = sorted(str(field) + field.type for model in registry.values() for field in model._fields.values())
    inverses = sorted(
        "%s:%s" % (field, sorted(map(str, registry.field_inverses[field])))
        for model in registry.values() for field in model._fields.values()
    )
    triggers = sorted("%s:%s" % (field, len(tree)) for field, tree in registry._field_triggers.items())
    text = "\\n".join(fields + inverses + triggers)
    moultg.call("tell", len(registry.models), len(fields), hashlib.sha1(text.encode()).hexdigest())
`

describe.each(odooInterpreters())(`Odoo 16's own ORM in $name${needsOdoo}`, (test) => {
  const skip = withoutOdoo !== undefined || test.unavailable !== undefined
  const bench = useOdooBench(test)
  let folder: TemporaryFolder | undefined
  beforeAll(async () => {
    folder = await temporaryFolder()
  })
  afterAll(async () => {
    await folder?.remove()
  })

  async function run(source: string, orm = bench.orm()): Promise<void> {
    const file = join(folder?.path ?? '', 'post-script.py')
    await writeFile(file, source)
    const call: ScriptCall = {
      file,
      module: 'base',
      phase: 'post',
      directory: '16.0.1.0',
      installedVersion: '15.0.1.0',
    }
    bench.told.length = 0
    await orm.run(call, bench.scope())
  }
  const extend = (modules = bench.modules(), complete = false) =>
    bench.orm().extend({ modules, complete }, bench.scope())

  it.skipIf(skip)(
    'knows the models of the modules that were loaded, and no others',
    async () => {
      const facts = await extend(['base', 'web'])
      expect(facts.modules).toEqual(['base', 'web'])
      expect(facts.models).toBeLessThan(160)
      await expect(
        bench
          .orm()
          .call({ model: 'sale.order', method: 'search', ids: [], args: [[]] }, bench.scope()),
      ).rejects.toMatchObject({ code: 'ODOO_FAILED', message: expect.stringContaining('KeyError') })
    },
    120_000,
  )

  it.skipIf(skip)(
    'is the same whether modules come one by one or at once',
    async () => {
      const another = await bench.openAnother()
      try {
        await another.extend({ modules: bench.modules() }, bench.scope())
        await run(DIGEST, another)
      } finally {
        await another.close()
      }
      const atOnce = [...bench.told]
      for (const module of bench.modules()) await extend([module])
      await run(DIGEST)
      expect(bench.told).toEqual(atOnce)
      expect(bench.told[0]).toBeGreaterThan(450)
    },
    300_000,
  )

  it.skipIf(skip)(
    'runs scripts that create records of many models',
    async () => {
      await bench.undone(async () => {
        await run(`
import moultg

def migrate(cr, version):
    from odoo import SUPERUSER_ID, api
    env = api.Environment(cr, SUPERUSER_ID, {})
    partner = env["res.partner"].create({"name": "New", "email": "new@example.com"})
    product = env["product.product"].create({"name": "Thing", "list_price": 3.5, "type": "consu"})
    order = env["sale.order"].create({
        "partner_id": partner.id,
        "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": 2})],
    })
    order.action_confirm()
    task = env["project.task"].create({"name": "To do"})
    moultg.call("tell", order.state, order.amount_untaxed, partner.commercial_partner_id.id == partner.id,
                task.display_name, version)
`)
        expect(bench.told).toEqual([
          'sale',
          expect.objectContaining({ value: 7 }),
          true,
          'To do',
          '15.0.1.0',
        ])
      })
      const { rows } = await bench
        .session()
        .query(raw(`SELECT 1 FROM res_partner WHERE name = 'New'`))
      expect(rows).toEqual([])
    },
    120_000,
  )

  it.skipIf(skip)(
    'sees what was written by SQL since its last call',
    async () => {
      const read = async () =>
        bench
          .orm()
          .call({ model: 'res.partner', method: 'read', ids: [1], args: [['name']] }, bench.scope())
      await bench.undone(async () => {
        await read()
        await bench.session().execute(raw(`UPDATE res_partner SET name = 'By SQL' WHERE id = 1`))
        expect(await read()).toEqual([
          new Map<string, unknown>([
            ['id', 1],
            ['name', 'By SQL'],
          ]),
        ])
      })
    },
    60_000,
  )

  it.skipIf(skip)(
    'has sent all that it wrote when a call ends, tracking messages included',
    async () => {
      await bench.undone(async () => {
        const messages = async () => {
          const { rows } = await bench
            .session()
            .query(raw(`SELECT count(*)::int AS n FROM mail_tracking_value`))
          return Number(rows[0]?.n)
        }
        const before = await messages()
        const values = new Map([['priority', '3']])
        const leads = await bench
          .orm()
          .call({ model: 'crm.lead', method: 'search', ids: [], args: [[]] }, bench.scope())
        const { ids } = leads as RecordRef
        const request = { model: 'crm.lead', method: 'write', ids: [ids[0] ?? 0] }
        await bench.orm().call({ ...request, args: [values] }, bench.scope())
        const other = await bench.session().query(
          raw(`SELECT min(s.id) AS id FROM crm_stage s, crm_lead l
                       WHERE l.id = ${ids[0]} AND s.id <> l.stage_id`),
        )
        const stage = new Map([['stage_id', Number(other.rows[0]?.id)]])
        await bench.orm().call({ ...request, args: [stage] }, bench.scope())
        const { rows } = await bench
          .session()
          .query(raw(`SELECT priority FROM crm_lead WHERE id = ${ids[0]}`))
        expect(rows).toEqual([{ priority: '3' }])
        expect(await messages()).toBeGreaterThan(before)
      })
    },
    60_000,
  )

  it.skipIf(skip)(
    'forgets what a failed call was about to write',
    async () => {
      const values = new Map([['name', 'Never']])
      const failing = `
def migrate(cr, version):
    from odoo import SUPERUSER_ID, api
    partner = api.Environment(cr, SUPERUSER_ID, {})["res.partner"].browse(1)
    partner.name = "Never"
    raise RuntimeError("on purpose")
`
      await bench.undone(async () => {
        await expect(run(failing)).rejects.toMatchObject({
          code: 'SCRIPT_FAILED',
          place: { file: expect.stringContaining('post-script.py'), line: 6 },
        })
      })
      await expect(
        bench
          .orm()
          .call(
            { model: 'res.partner', method: 'no_method', ids: [1], args: [values] },
            bench.scope(),
          ),
      ).rejects.toMatchObject({ code: 'ODOO_FAILED' })
      await extend()
      const { rows } = await bench
        .session()
        .query(raw(`SELECT 1 FROM res_partner WHERE name = 'Never'`))
      expect(rows).toEqual([])
    },
    60_000,
  )

  it.skipIf(skip)(
    'computes stored fields as they were',
    async () => {
      await bench.undone(async () => {
        const digest = async (columns: string, table: string) => {
          const { rows } = await bench
            .session()
            .query(
              raw(
                `SELECT md5(string_agg(t::text, '|' ORDER BY t.id)) AS d FROM (SELECT id, ${columns} FROM ${table}) t`,
              ),
            )
          return rows[0]?.d
        }
        const cases = [
          ['res.partner', 'res_partner', ['display_name', 'commercial_partner_id']],
          ['product.category', 'product_category', ['complete_name']],
          ['sale.order', 'sale_order', ['amount_untaxed', 'amount_tax', 'amount_total']],
          ['stock.location', 'stock_location', ['complete_name', 'warehouse_id']],
        ] as const
        for (const [model, table, fields] of cases) {
          const before = await digest(fields.join(', '), table)
          await bench
            .session()
            .execute(
              raw(`UPDATE ${table} SET ${fields.map((field) => `${field} = NULL`).join(', ')}`),
            )
          const count = await bench.orm().compute([{ model, fields }], bench.scope())
          expect(count, model).toBeGreaterThan(0)
          expect(await digest(fields.join(', '), table), model).toBe(before)
        }
      })
    },
    120_000,
  )

  it.skipIf(skip)(
    'computes only the records that were named',
    async () => {
      await bench.undone(async () => {
        await bench.session().execute(raw(`UPDATE res_partner SET display_name = NULL`))
        const request = { model: 'res.partner', fields: ['display_name'], ids: [1] }
        expect(await bench.orm().compute([request], bench.scope())).toBe(1)
        const { rows } = await bench
          .session()
          .query(raw(`SELECT id FROM res_partner WHERE display_name IS NOT NULL`))
        expect(rows).toEqual([{ id: 1 }])
      })
    },
    60_000,
  )

  it.skipIf(skip)(
    'answers records as references and takes a context',
    async () => {
      const request = { model: 'res.lang', ids: [], context: new Map([['active_test', false]]) }
      const all = await bench
        .orm()
        .call({ ...request, method: 'search_count', args: [[]] }, bench.scope())
      const one = await bench
        .orm()
        .call(
          { ...request, method: 'search', args: [[new PyTuple(['code', '=', 'en_US'])]] },
          bench.scope(),
        )
      expect(Number(all)).toBeGreaterThan(50)
      expect(one).toEqual(new RecordRef('res.lang', [expect.any(Number)]))
    },
    60_000,
  )

  it.skipIf(skip)(
    'leaves commits of scripts to the host',
    async () => {
      bench.asked.length = 0
      await bench.undone(async () => {
        await run('def migrate(cr, version):\n    cr.execute("SELECT 1")\n    cr.commit()\n')
      })
      expect(bench.asked).toEqual(['commit'])
    },
    60_000,
  )

  it.skipIf(skip)(
    'evaluates harmless expressions of Odoo and refuses the others',
    async () => {
      await run(`
import moultg

def migrate(cr, version):
    from odoo.tools.safe_eval import safe_eval
    cases = ["[x for x in range(3) if not x]", "f'{a:>3}|{a!r}'", "dict(a=1, **{'b': 2})", "1 if a else 2",
             "(lambda x, y=2: x + y)(1)", "sorted([3, 1], key=lambda x: -x)", "a is None or a.strip()"]
    answers = [safe_eval(text, {"a": "z"}) for text in cases]
    refused = []
    for text in ("__import__('os')", "a.__class__", "().__class__.__bases__"):
        try:
            safe_eval(text, {"a": "z"})
        except Exception as error:
            refused.append(type(error).__name__)
    safe_eval("for i in range(2):\\n  b = a + str(i)\\nif b: c = [b]", {"a": "z"}, mode="exec", nocopy=True)
    for text in ("import os", "a.b = 1", "del a.b", "global q; q = 1\\ndef f():\\n  global q\\n  q = 2"):
        try:
            safe_eval(text, {"a": "z"}, mode="exec", nocopy=True)
        except Exception as error:
            refused.append(type(error).__name__)
    moultg.call("tell", answers, len(refused))
`)
      expect(bench.told).toEqual([
        [
          [0],
          "  z|'z'",
          new Map([
            ['a', 1],
            ['b', 2],
          ]),
          1,
          3,
          [3, 1],
          'z',
        ],
        7,
      ])
    },
    60_000,
  )

  it.skipIf(skip)(
    'renders templates whose expressions are of every kind',
    async () => {
      await extend(['base', 'web'])
      await run(`
import moultg

def migrate(cr, version):
    from lxml import etree
    from odoo import SUPERUSER_ID, api
    env = api.Environment(cr, SUPERUSER_ID, {})
    expressions = [
        "o.with_context(lang='en_US').name", "dict(a=1, **{'b': 2})['b']", "[x for x in (1, 2) if not x % 2]",
        "'%s' % o.id", "f'{1:>3}'", "(lambda x: x + 2)(1)", "max(o.ids, default=0)", "o.ids[0:1]",
        "sum(x for x in (1, 2))", "o and o.id or 0", "{'a': [1, *(2, 3)]}['a']", "o.id if o.id is not None else 0",
    ]
    # A long one has jumps that are written in two parts.
    expressions.append("len([%s])" % ", ".join("o.name or o.id" for _ in range(60)))
    root = etree.Element("t")
    for text in expressions:
        etree.SubElement(root, "p").set("t-out", text)
    shown = env["ir.qweb"]._render(root, {"o": env["res.partner"].browse(1)})
    refused = []
    for text in ("().__class__", "__import__('os')"):
        root = etree.fromstring('<t><p/></t>')
        root[0].set("t-out", text)
        try:
            env["ir.qweb"]._render(root, {})
        except Exception as error:
            refused.append(type(error).__name__)
    name = env["res.partner"].browse(1).name
    moultg.call("tell", [node.text for node in etree.fromstring("<a>%s</a>" % shown)], name, refused)
`)
      const [shown, name, refused] = bench.told
      expect(shown).toEqual([
        ...[name, '2', '[2]', '1', '  1', '3', '1', '[1]', '3', '1', '[1, 2, 3]', '1', '60'],
      ])
      expect(refused).toEqual(['QWebException', 'QWebException'])
    },
    60_000,
  )

  it.skipIf(skip)(
    'keeps the indentation of docstrings, which the reflection holds',
    async () => {
      await run(`
import moultg

def migrate(cr, version):
    from odoo import SUPERUSER_ID, api
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute("SELECT model, info FROM ir_model WHERE info LIKE E'%\\n%'")
    rows = cr.fetchall()
    other = []
    for model, info in rows:
        if model in env:
            doc = next(cls.__doc__ for cls in type(env[model]).mro() if cls.__doc__)
            if doc != info:
                other.append(model)
    moultg.call("tell", len(rows), other)
`)
      expect(bench.told[0]).toBeGreaterThan(5)
      expect(bench.told[1]).toEqual([])
    },
    60_000,
  )
})
