import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raw } from '../../src/db/index.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'
import { odooInterpreters, useOdooBench, withoutOdoo } from './native-support.js'

const needsOdoo = withoutOdoo === undefined ? '' : ` (skipped: ${withoutOdoo})`

/** What a native load has the release's models do; all of it is undone. */
describe.each(odooInterpreters())(
  `Odoo 16's models at a module's turn in $name${needsOdoo}`,
  (test) => {
    const skip = withoutOdoo !== undefined || test.unavailable !== undefined
    const bench = useOdooBench(test)
    let folder: TemporaryFolder | undefined
    beforeAll(async () => {
      folder = await temporaryFolder()
      if (!skip) await bench.orm().extend({ modules: bench.modules() }, bench.scope())
    }, 300_000)
    afterAll(async () => {
      await folder?.remove()
    })
    const rows = async (text: string) => (await bench.session().query(raw(text))).rows

    it.skipIf(skip)('fill new columns by their defaults', async () => {
      await bench.undone(async () => {
        await bench.session().execute(raw('UPDATE res_partner SET active = NULL, lang = NULL'))
        const fields = [{ model: 'res.partner', field: 'active' }]
        await bench.orm().initColumns(fields, bench.scope())
        expect(await rows('SELECT DISTINCT active, lang FROM res_partner')).toEqual([
          { active: true, lang: null },
        ])
      })
    })

    it.skipIf(skip)(
      'work out defaults as texts of their columns, for each record anew',
      async () => {
        const wanted = [
          { model: 'res.partner', field: 'active', count: 1 },
          { model: 'res.partner', field: 'lang', count: 2 },
          { model: 'ir.cron', field: 'nextcall', count: 1 },
          { model: 'account.analytic.plan', field: 'color', count: 40 },
        ].filter(
          ({ model }) => model !== 'account.analytic.plan' || bench.modules().includes('analytic'),
        )
        const [active, lang, nextcall, color] = await bench.orm().defaults(wanted, bench.scope())
        expect(active).toEqual(['true'])
        // A field that has none.
        expect(lang).toEqual([null, null])
        expect(nextcall).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/)])
        if (color !== undefined) expect(new Set(color).size).toBeGreaterThan(1)
      },
    )

    it.skipIf(skip)('make their views by init', async () => {
      await bench.undone(async () => {
        await bench.session().execute(raw('DROP VIEW report_stock_quantity CASCADE'))
        await bench.orm().initModels(['report.stock.quantity'], 'init', bench.scope())
        expect(
          await rows(`SELECT to_regclass('report_stock_quantity') IS NOT NULL AS made`),
        ).toEqual([{ made: true }])
      })
    })

    it.skipIf(skip)(
      'run what models do around the making of their tables, and make none',
      async () => {
        await bench.undone(async () => {
          await bench.session().execute(raw('ALTER TABLE account_move DROP COLUMN narration'))
          await bench.orm().initModels(['account.move'], '_auto_init', bench.scope())
          expect(
            await rows(`SELECT 1 AS found FROM pg_attribute
          WHERE attrelid = 'account_move'::regclass AND attname = 'narration'`),
          ).toEqual([])
        })
      },
    )

    it.skipIf(skip)('run hooks of modules, and tell which fail', async () => {
      await bench.undone(async () => {
        const hook = { module: 'stock', name: 'pre_init_hook', kind: 'pre' } as const
        await bench.orm().runHook(hook, bench.scope())
        expect(
          await rows(
            `SELECT id FROM ir_model_data WHERE module = 'stock' AND model LIKE '%stock%' LIMIT 1`,
          ),
        ).toEqual([])
        const last = { module: 'account_payment', name: 'post_init_hook', kind: 'post' } as const
        await bench.orm().runHook(last, bench.scope())
        await expect(
          bench.orm().runHook({ ...hook, name: 'no_such_hook' }, bench.scope()),
        ).rejects.toMatchObject({
          code: 'ODOO_FAILED',
          message: expect.stringContaining('no_such_hook'),
        })
      })
    })

    it.skipIf(skip)('do what a function of a data file says', async () => {
      const file = join(folder?.path ?? '', 'calls.xml')
      const call = (key: string) =>
        `<function model="ir.config_parameter" name="set_param" eval="('${key}', ref('base.main_company'))"/>`
      await writeFile(file, `<odoo>\n  ${call('guest.one')}\n  ${call('guest.two')}\n</odoo>\n`)
      const element = { module: 'base', file, line: 3, mode: 'update', noupdate: false } as const
      await bench.undone(async () => {
        await bench.orm().callFunction(element, bench.scope())
        expect(
          await rows(`SELECT key, value FROM ir_config_parameter WHERE key LIKE 'guest.%'`),
        ).toEqual([{ key: 'guest.two', value: '1' }])
        await expect(
          bench.orm().callFunction({ ...element, line: 1 }, bench.scope()),
        ).rejects.toMatchObject({ code: 'ODOO_FAILED' })
      })
    })
  },
)
