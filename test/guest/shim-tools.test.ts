import { afterAll, describe, expect, it } from 'vitest'
import { embeddedInMemory, useEngine } from '../support/engines.js'
import {
  INTERPRETERS,
  openShimBench,
  type ShimOutcome,
  withShimDatabase,
} from '../support/shim-bench.js'

const cluster = useEngine(embeddedInMemory)

describe.each(INTERPRETERS)('odoo.tools of the shim, $name', ({ missing, interpreter }) => {
  const benches = new Map(
    ['16.0', '18.0'].map((series) => [series, openShimBench(interpreter, series)]),
  )
  afterAll(async () => {
    for (const bench of benches.values()) await (await bench).close()
  })

  async function shown(body: string, series = '16.0'): Promise<readonly unknown[]> {
    const source = `def migrate(cr, version):\n${body.replaceAll(/^/gm, '    ')}\n`
    let outcome: ShimOutcome | undefined
    await withShimDatabase(cluster(), async (session) => {
      outcome = await (await benches.get(series))?.run(source, { session })
    })
    if (outcome === undefined) throw new Error('nothing ran')
    if (outcome.failure !== undefined) throw outcome.failure
    return outcome.shown
  }

  it.skipIf(missing)('rounds and compares floats', async () => {
    const body = `
from odoo.tools import float_round, float_compare, float_is_zero, float_repr
from odoo.tools.float_utils import float_split_str
show([float_round(2.675, precision_digits=2), float_round(-2.5, precision_digits=0), float_round(5.015, precision_rounding=0.01)])
show([float_round(1.001, precision_digits=2, rounding_method="UP"), float_round(1.999, precision_digits=2, rounding_method="DOWN")])
show([float_compare(1.432, 1.431, precision_digits=2), float_compare(0.006, 0.002, precision_digits=2)])
show([float_is_zero(0.001, precision_digits=2), float_repr(1.5, 3), float_split_str(1.49, 1)])
show(float_round(-292.5, precision_digits=0, rounding_method="HALF-EVEN"))`
    const same = [
      [1.01, 1.99],
      [0, 1],
      [true, '1.500', ['1', '5']],
    ]
    // From 17.0 on Odoo divides by the inverse of a small step, which is exact where multiplying is not.
    expect(await shown(body)).toEqual([[2.68, -3, 5.0200000000000005], ...same, -293])
    expect(await shown(body, '18.0')).toEqual([[2.68, -3, 5.02], ...same, -292])
  })

  it.skipIf(missing)('computes with dates', async () => {
    const values = await shown(`
from datetime import date, datetime
from odoo import fields
from odoo.tools import date_utils
from odoo.tools.date_utils import get_month, get_quarter, get_fiscal_year, start_of, end_of
d = date(2024, 2, 29)
show([get_month(d), get_quarter(d), get_fiscal_year(d, 31, 3), start_of(d, "week"), end_of(datetime(2024, 5, 5, 3), "quarter")])
show([date_utils.add(date(2024, 1, 31), months=1), date_utils.subtract(d, years=1), fields.Date.add(d, days=1)])
show(list(date_utils.date_range(datetime(2024, 1, 31), datetime(2024, 3, 31))))
show([fields.Date.to_string(d), fields.Date.to_date("2024-01-02 03:04:05"), fields.Datetime.to_datetime("2024-01-02 03:04:05"), fields.Datetime.to_string(datetime(2024, 1, 2))])`)
    expect(values).toEqual([
      [
        ['2024-02-01', '2024-02-29'],
        ['2024-01-01', '2024-03-31'],
        ['2023-04-01', '2024-03-31'],
        '2024-02-26',
        '2024-06-30 23:59:59.999999',
      ],
      ['2024-02-29', '2023-02-28', '2024-03-01'],
      ['2024-01-31 00:00:00', '2024-02-29 00:00:00', '2024-03-29 00:00:00'],
      ['2024-02-29', '2024-01-02', '2024-01-02 03:04:05', '2024-01-02 00:00:00'],
    ])
  })

  it.skipIf(missing)('turns text into HTML and back', async () => {
    const values = await shown(`
from odoo.tools import plaintext2html, html2plaintext, is_html_empty
show(plaintext2html("a <b>\\nhttp://x.y/z?a=1\\n\\nnext"))
show(html2plaintext('<p>Hello <b>World</b><br/>a <a href="http://x.y">link</a></p><p>next &amp; last</p>'))
show([html2plaintext("plain<div>block</div>"), html2plaintext(False), is_html_empty("<p><br></p>"), is_html_empty("<p>x</p>")])`)
    expect(values).toEqual([
      '<p>a &lt;b&gt;<br/><a href="http://x.y/z?a=1" target="_blank" rel="noreferrer noopener">http://x.y/z?a=1</a></p><p>next</p>',
      'Hello *World*\na link [1]\nnext & last\n\n[1] http://x.y',
      ['plain\nblock', '', true, false],
    ])
  })

  it.skipIf(missing)('evaluates expressions and nothing else', async () => {
    const values = await shown(`
from odoo.tools.safe_eval import safe_eval
from odoo.tools import safe_eval as module, config, parse_version
show(safe_eval("[('id', 'in', [x for x in (1, 2, 3) if x > k])] + ([1] if uid else [])", {"k": 1, "uid": 0}))
show([safe_eval("{'a': -1, **b}", {"b": {"c": not_}} if (not_ := True) else {}), module.safe_eval("f'{x:>3}|{x!r}'", {"x": "y"})])
for text in ("__import__('os')", "().__class__", "open('x')", "x = 1", "(lambda: 1).__globals__", "'{0}'.format(1)", "9**9**9"):
    try:
        safe_eval(text, {})
        show("evaluated " + text)
    except ValueError as error:
        show("refused")
show([config["test_enable"], config.get("nothing", 5), config["nothing"], "demo" in config])
show([parse_version("saas~16.3") < parse_version("17.0"), parse_version("16.0.1.2") > parse_version("16.0.1")])`)
    expect(values).toEqual([
      [['id', 'in', [2, 3]]],
      [{ a: -1, c: true }, "  y|'y'"],
      ...Array(7).fill('refused'),
      [false, 5, null, true],
      [true, true],
    ])
  })

  it.skipIf(missing)('builds domains', async () => {
    const values = await shown(`
from odoo.osv import expression
show(expression.AND([[("a", "=", 1)], [("b", "=", 2), ("c", "=", 3)], []]))
show(expression.OR([[("a", "=", 1)], expression.FALSE_DOMAIN, [("b", "=", 2)]]))
show([expression.AND([expression.FALSE_DOMAIN, [("a", "=", 1)]]), expression.OR([expression.TRUE_DOMAIN])])
show(expression.distribute_not(["!", "&", ("a", "=", 1), ("b", ">", 2)]))
show([expression.is_false(None, ["|", ("a", "in", []), (0, "=", 1)]), expression.normalize_leaf(("a", "<>", [1]))])`)
    expect(values).toEqual([
      ['&', ['a', '=', 1], '&', ['b', '=', 2], ['c', '=', 3]],
      ['|', ['a', '=', 1], ['b', '=', 2]],
      [[[0, '=', 1]], [[1, '=', 1]]],
      ['|', ['a', '!=', 1], ['b', '<=', 2]],
      [true, ['a', 'not in', [1]]],
    ])
  })
})
