import { describe, expect, it } from 'vitest'
import { embeddedInMemory, managedEngines, useEngine } from '../../../../test/support/engines.js'
import { RecordRef } from '../../values/index.js'
import { cr, onBench, t } from '../fixtures/bench.js'
import { mapValues } from './map-values.js'

const [server] = await managedEngines()
const ENGINES = server === undefined ? [embeddedInMemory] : [embeddedInMemory, server]

describe.each(ENGINES)('$name', (engine) => {
  describe.skipIf(engine.unavailable !== undefined)('', () => {
    const cluster = useEngine(engine)

    it('maps values, set and unset ones too, quoting what it is given', async () => {
      await onBench(cluster(), async ({ call, rows, context }) => {
        const mapping = [t('a', "it's"), t(true, 7), t(false, 'none')]
        const model = new RecordRef('res.partner', [])
        await call('map_values', cr, 'state', 'code', mapping.slice(0, 1), model)
        expect(await rows('SELECT code FROM res_partner ORDER BY id')).toEqual([
          ["it's"],
          [null],
          [null],
        ])
        await mapValues(context, {
          table: 'res_partner',
          source: 'state',
          target: 'code',
          mapping: [
            [true, 7],
            [false, 'none'],
            ['b', false],
          ],
        })
        expect(await rows('SELECT code FROM res_partner ORDER BY id')).toEqual([
          ['7'],
          [null],
          ['none'],
        ])
        await expect(
          call('map_values', cr, 'no', 'code', mapping, null, 'res_partner'),
        ).rejects.toMatchObject({ sqlState: '42703' })
        await expect(call('map_values', cr, 'state', 'code', mapping)).rejects.toMatchObject({
          kind: 'attribute',
        })
      })
    })

    it('converts dates to the midnight of each user', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('date_to_datetime_tz', cr, 'sale_order', 'user_id', 'day', 'at')
        await call('date_to_datetime_tz', cr, 'sale_order', 'user_id', 'day', 'at')
        expect(await rows('SELECT at::text FROM sale_order ORDER BY id')).toEqual([
          ['2024-07-01 02:00:00'],
          [null],
        ])
        await expect(
          call('date_to_datetime_tz', cr, 'nothing', 'a', 'b', 'c'),
        ).rejects.toMatchObject({ sqlState: '42P01' })
      })
    })

    it('fills analytic distributions from accounts and tags', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await rows('CREATE TABLE account_analytic_account (id int)')
        await rows(
          'CREATE TABLE account_analytic_tag (id int, active_analytic_distribution boolean)',
        )
        await rows(
          'CREATE TABLE account_analytic_distribution (tag_id int, account_id int, percentage float8)',
        )
        await rows('CREATE TABLE "Line tag" (line_id int, account_analytic_tag_id int)')
        await rows('ALTER TABLE sale_order ADD COLUMN analytic_account_id int')
        await rows('INSERT INTO account_analytic_account VALUES (1), (2)')
        await rows('INSERT INTO account_analytic_tag VALUES (1, true), (2, false)')
        await rows(
          'INSERT INTO account_analytic_distribution VALUES (1, 1, 40), (1, 2, 60), (2, 2, 100)',
        )
        await rows('INSERT INTO "Line tag" VALUES (1, 1), (1, 2), (2, 2)')
        await rows('UPDATE sale_order SET analytic_account_id = 1 WHERE id = 1')
        await call(
          'openupgrade_160.fill_analytic_distribution',
          cr,
          'sale_order',
          '"Line tag"',
          'line_id',
        )
        await call(
          'openupgrade_160.fill_analytic_distribution',
          cr,
          'sale_order',
          '"Line tag"',
          'line_id',
        )
        expect(await rows('SELECT analytic_distribution FROM sale_order ORDER BY id')).toEqual([
          [{ 1: 140, 2: 60 }],
          [null],
        ])
        await expect(
          call('openupgrade_160.fill_analytic_distribution', cr, 'nothing'),
        ).rejects.toMatchObject({ sqlState: '42P01' })
      })
    })

    it('sets defaults, and leaves those of the class to Odoo', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('set_defaults', cr, null, new Map([['res.partner', [t('code', "x'y")]]]))
        expect(await rows('SELECT DISTINCT code FROM res_partner')).toEqual([["x'y"]])
        await expect(
          call('set_defaults', cr, null, new Map([['res.partner', [t('code', null)]]])),
        ).rejects.toMatchObject({ kind: 'needs-odoo', detail: 'res.partner' })
      })
    })

    it('copies values along a many2one with their translations', async () => {
      await onBench(
        cluster(),
        async ({ call, rows }) => {
          const copy = () =>
            call(
              'copy_fields_multilang',
              cr,
              'sale.order',
              'sale_order',
              ['state'],
              'partner_id',
              'res.partner',
              'res_partner',
              ['name'],
            )
          await copy()
          expect(await rows('SELECT state FROM sale_order ORDER BY id')).toEqual([
            ['Bert'],
            ['Cleo'],
          ])
          expect(
            await rows(`SELECT res_id, value FROM ir_translation WHERE name = 'sale.order,state'`),
          ).toEqual([[1, 'Bertrand']])
        },
        { series: '15.0' },
      )
    })

    it('moves a field along a many2one, with the value that most have', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await rows(
          `INSERT INTO sale_order (name, partner_id, state) VALUES ('S3', 2, 'done'), ('S4', 2, 'done')`,
        )
        const move = (compute: string | null) =>
          call(
            'move_field_m2o',
            cr,
            null,
            'sale.order',
            'state',
            'partner_id',
            'res.partner',
            'code',
            true,
            compute,
          )
        await move(null)
        await move(null)
        expect(await rows('SELECT code FROM res_partner ORDER BY id')).toEqual([
          [null],
          ['done'],
          ['done'],
        ])
        await expect(move('f')).rejects.toMatchObject({ kind: 'needs-odoo' })
      })
    })

    it('makes attachments of a binary column and drops it', async () => {
      const files = new Map<string, string>()
      const attachments = {
        write: async (name: string, content: Uint8Array) => {
          files.set(name, Buffer.from(content).toString())
        },
      }
      await onBench(
        cluster(),
        async ({ call, rows }) => {
          await rows('ALTER TABLE res_partner ADD COLUMN "Old image" bytea')
          await rows(
            `UPDATE res_partner SET "Old image" = convert_to(encode('%PDF x', 'base64'), 'UTF8') WHERE id <> 2`,
          )
          const spec = new Map([['res.partner', [t('image', '"Old image"')]]])
          await call('openupgrade_90.convert_binary_field_to_attachment', cr, spec)
          expect(
            await rows(
              `SELECT res_id, mimetype, file_size, index_content, store_fname, db_datas FROM ir_attachment WHERE res_field = 'image' ORDER BY id`,
            ),
          ).toEqual(
            [1, 3].map((id) => [
              id,
              'application/pdf',
              6,
              'application',
              [...files.keys()][0],
              null,
            ]),
          )
          expect([...files.values()]).toEqual(['%PDF x'])
          await expect(
            call('openupgrade_90.convert_binary_field_to_attachment', cr, spec),
          ).rejects.toMatchObject({ sqlState: '42703' })
        },
        { attachments },
      )
    })

    it('keeps contents in the database without a place for files', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await rows('ALTER TABLE res_tag ADD COLUMN openupgrade_legacy_16_0_pic bytea')
        await rows(
          `UPDATE res_tag SET openupgrade_legacy_16_0_pic = convert_to(encode('words here', 'base64'), 'UTF8')`,
        )
        await call(
          'openupgrade_90.convert_binary_field_to_attachment',
          cr,
          new Map([['res.tag', [t('pic', null)]]]),
        )
        expect(
          await rows(
            `SELECT convert_from(db_datas, 'UTF8'), mimetype, index_content FROM ir_attachment WHERE res_field = 'pic' LIMIT 1`,
          ),
        ).toEqual([['words here', 'text/plain', 'words here']])
      })
    })

    it('switches off filters that cannot work', async () => {
      await onBench(cluster(), async ({ call, rows, context }) => {
        await call('disable_invalid_filters', cr)
        await call('disable_invalid_filters', cr, false)
        expect(await rows('SELECT name FROM ir_filters WHERE active ORDER BY id')).toEqual([
          ['good'],
          ['computed'],
        ])
        expect(context.findings.list()[0]).toMatchObject({
          code: 'FILTERS_NOT_CHECKED',
          data: { filters: [{ name: 'computed' }] },
        })
      })
    })

    it('leaves filters to the last release of a path', async () => {
      await onBench(
        cluster(),
        async ({ call, rows }) => {
          await call('disable_invalid_filters', cr)
          expect(await rows('SELECT count(*)::int FROM ir_filters WHERE active')).toEqual([[5]])
        },
        { pathTarget: { series: '17.0', major: 17, minor: 0 } },
      )
    })

    it('says which files were not loaded', async () => {
      await onBench(
        cluster(),
        async ({ call, context }) => {
          await call('load_data', cr, 'sale', '16.0.1.0/noupdate_changes.xml')
          await call('load_data', cr, 'sale', 'data.xml', null, 'update', 'change.xml')
          expect(context.findings.list()).toMatchObject([
            {
              code: 'DATA_NOT_LOADED',
              place: { file: '/scripts/sale' },
              data: { module: 'sale', mode: 'init' },
            },
            { code: 'DATA_NOT_LOADED', data: { transformation: 'change.xml' } },
          ])
          await expect(call('load_data', cr, 'sale', 'x.xml', null, 'no')).rejects.toMatchObject({
            kind: 'value',
          })
        },
        {
          files: {
            find: async (module, file) =>
              file.startsWith('16') ? `/scripts/${module}` : undefined,
          },
        },
      )
    })
  })
})
