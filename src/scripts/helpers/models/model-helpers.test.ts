import { describe, expect, it } from 'vitest'
import { embeddedInMemory, managedEngines, useEngine } from '../../../../test/support/engines.js'
import { cr, onBench, t } from '../fixtures/bench.js'

const [server] = await managedEngines()
const ENGINES = server === undefined ? [embeddedInMemory] : [embeddedInMemory, server]

describe.each(ENGINES)('$name', (engine) => {
  describe.skipIf(engine.unavailable !== undefined)('', () => {
    const cluster = useEngine(engine)

    it('renames a model in everything that names it', async () => {
      await onBench(
        cluster(),
        async ({ call, rows }) => {
          const spec = [t('res.partner', 'res.contact'), t('no.such', 'no.other')]
          await call('rename_models', cr, spec)
          await call('rename_models', cr, spec)
          const found = await rows(`
            SELECT json_build_array((SELECT count(*) FROM ir_model WHERE model = 'res.contact')::int,
                   (SELECT count(*) FROM ir_model_fields WHERE model = 'res.partner' OR relation = 'res.partner')::int,
                   (SELECT count(*) FROM ir_model_data WHERE name IN ('model_res_contact', 'field_res_contact__name'))::int,
                   (SELECT count(*) FROM ir_model_data WHERE model = 'res.contact')::int,
                   (SELECT string_agg(DISTINCT res_model, ',' ORDER BY res_model) FROM ir_attachment),
                   (SELECT string_agg(DISTINCT res_model, ',') FROM mail_followers),
                   (SELECT string_agg(DISTINCT name, ' ' ORDER BY name) FROM ir_translation),
                   (SELECT res_id FROM ir_property), (SELECT owner FROM res_partner WHERE id = 1),
                   (SELECT count(*) FROM ir_filters WHERE model_id = 'res.contact')::int,
                   (SELECT resource FROM ir_exports))`)
          expect(found).toEqual([
            [
              [
                1,
                0,
                2,
                3,
                'res.contact,sale.order',
                'res.contact',
                'res.contact,comment res.contact,name',
                'res.contact,2',
                'res.contact,2',
                5,
                'res.contact',
              ],
            ],
          ])
        },
        { series: '15.0' },
      )
    })

    it('leaves models alone whose names only look alike', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await rows(`UPDATE res_partner SET owner = 'resXpartner,2' WHERE id = 1`)
        await call('rename_models', cr, [t('res_partner', 'x.y'), t('res.partner', 'res.contact')])
        expect(await rows('SELECT owner FROM res_partner WHERE id = 1')).toEqual([
          ['resXpartner,2'],
        ])
      })
    })

    it('points references at the records that were copied to another model', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await rows('ALTER TABLE res_tag ADD COLUMN "old id" int')
        await rows('UPDATE res_tag SET "old id" = id + 1')
        await call('merge_models', cr, 'res.partner', 'res.tag', 'old id')
        await call('merge_models', cr, 'res.partner', 'res.tag', 'old id')
        expect(await rows('SELECT res_model, res_id FROM ir_attachment ORDER BY id')).toEqual([
          ['res.tag', 1],
          ['sale.order', 1],
        ])
        expect(await rows('SELECT res_model, res_id FROM mail_followers ORDER BY id')).toEqual([
          ['res.tag', 1],
          ['res.tag', 2],
          ['res.tag', 2],
        ])
        expect(await rows('SELECT alias_model_id FROM mail_alias ORDER BY id')).toEqual([[3], [2]])
        expect(await rows(`SELECT resource FROM ir_exports`)).toEqual([['res.tag']])
        await expect(call('merge_models', cr, 'no.such', 'res.tag', 'x')).rejects.toMatchObject({
          kind: 'key',
        })
      })
    })

    it('cleans transient models and goes on when a table refuses', async () => {
      await onBench(cluster(), async ({ call, rows, logged }) => {
        await call('clean_transient_models', cr)
        expect(await rows('SELECT id FROM wizard')).toEqual([[2]])
        await rows(
          `INSERT INTO ir_model (model, transient) VALUES ('res.tag2', true), ('no.table', true)`,
        )
        await rows('CREATE TABLE res_tag2 (id int)')
        await call('clean_transient_models', cr)
        expect(
          logged.some((line) =>
            line.startsWith('warning: Failed to clean transient table res_tag2'),
          ),
        ).toBe(true)
      })
    })

    it('moves a model to another module', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await rows(`INSERT INTO ir_model_constraint (name, model, module) VALUES ('c', 1, 1)`)
        await call('update_module_moved_models', cr, 'res.partner', 'base', 'sale')
        await call('update_module_moved_models', cr, 'res.partner', 'base', 'sale')
        expect(
          await rows(
            `SELECT name FROM ir_model_data WHERE module = 'sale' AND name <> 'both' ORDER BY 1`,
          ),
        ).toEqual([
          ['anna'],
          ['bert'],
          ['field_res_partner__name'],
          ['gone'],
          ['model_res_partner'],
        ])
        expect(await rows('SELECT module FROM ir_model_constraint')).toEqual([[3]])
      })
    })

    it('lists the references of installed modules', async () => {
      await onBench(cluster(), async ({ call }) => {
        expect(await call('get_many2one_references', cr)).toContainEqual(
          t('mail.followers', 'res_id', 'res_model', ''),
        )
        expect(await call('is_module_installed', cr, 'sale')).toBe(true)
        expect(await call('is_module_installed', cr, 'shop')).toBe(false)
      })
    })

    it('renames a module', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        // What Python's `dict.items()` arrives as.
        await call('update_module_names', cr, [t('sale_old', 'brand_new'), t('sale_old ', 'never')])
        await call('update_module_names', cr, [t('sale_old', 'brand_new')])
        expect(
          await rows(
            `SELECT module, name FROM ir_model_data WHERE module IN ('sale_old', 'brand_new') OR name LIKE 'module%' ORDER BY 1, 2`,
          ),
        ).toEqual([
          ['base', 'module_brand_new'],
          ['base', 'module_sale'],
          ['brand_new', 'both'],
          ['brand_new', 'order'],
        ])
        expect(await rows(`SELECT name FROM ir_module_module_dependency ORDER BY id`)).toEqual([
          ['brand_new'],
          ['base'],
        ])
        await expect(
          call('update_module_names', cr, [t('brand_new', 'sale')]),
        ).rejects.toMatchObject({ sqlState: '23505' })
      })
    })

    it('merges a module into another, which takes over its state', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('update_module_names', cr, [t('sale_old', 'sale')], true)
        await call('update_module_names', cr, [t('base', 'stock')], true)
        expect(
          await rows(`SELECT name, state, latest_version FROM ir_module_module ORDER BY id`),
        ).toEqual([
          ['mail', 'installed', '15.0.1.0'],
          ['sale', 'to upgrade', '15.0.1.0'],
          ['stock', 'installed', '15.0.1.0'],
          ['shop', 'to install', null],
        ])
        expect(
          await rows(
            `SELECT name ~ '^both_openupgrade_[0-9]+$', noupdate FROM ir_model_data WHERE module = 'sale' AND name LIKE 'both_%'`,
          ),
        ).toEqual([[true, false]])
      })
    })

    it.each([
      ['that have nothing to do with each other', [t('sale_old', 'sale'), t('shop', 'stock')]],
      ['into the same one', [t('sale_old', 'stock'), t('sale', 'stock')]],
      ['one after the other', [t('sale_old', 'sale'), t('sale', 'stock'), t('stock', 'mail')]],
    ])('merges several modules %s as it merges each of them', async (_, renames) => {
      const look = async (calls: readonly (typeof renames)[]): Promise<readonly unknown[]> => {
        let found: readonly unknown[] = []
        await onBench(cluster(), async ({ call, rows }) => {
          for (const one of calls) await call('update_module_names', cr, one, true)
          found = [
            await rows(`SELECT name, state, latest_version FROM ir_module_module ORDER BY id`),
            await rows(`SELECT id, module, name, noupdate FROM ir_model_data ORDER BY id`),
            await rows(`SELECT name FROM ir_module_module_dependency ORDER BY id`),
          ]
        })
        return found
      }
      const apart = await look(renames.map((rename) => [rename]))
      expect(await look([renames])).toEqual(apart)
      expect(apart).not.toEqual(await look([]))
    })

    it('tells of fields whose new module is not installed', async () => {
      await onBench(cluster(), async ({ call, context }) => {
        const field = (name: string, module: string) =>
          new Map([
            ['table', 'res_partner'],
            ['field', name],
            ['new_module', module],
          ])
        await call('warn_possible_dataloss', cr, null, 'base', [
          field('tz', 'stock'),
          field('tz', 'sale'),
        ])
        expect(context.findings.list()).toMatchObject([
          { code: 'FIELD_VALUES_LOST', data: { field: 'tz', values: 3, newModule: 'stock' } },
        ])
        await expect(
          call('warn_possible_dataloss', cr, null, 'base', [field('no', 'stock')]),
        ).rejects.toMatchObject({ sqlState: '42703' })
      })
    })

    it('marks unchanged copies of templates and updates them', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('cow_templates_mark_if_equal_to_upstream', cr)
        await call('cow_templates_mark_if_equal_to_upstream', cr, 'Own "mark')
        await rows(`UPDATE ir_ui_view SET arch_db = '{"en_US": "<new/>"}' WHERE id = 1`)
        await call('cow_templates_replicate_upstream', cr)
        expect(
          await rows(`SELECT arch_db ->> 'en_US' FROM ir_ui_view ORDER BY id LIMIT 3`),
        ).toEqual([['<new/>'], ['<new/>'], ['<p/>']])
        await expect(call('cow_templates_replicate_upstream', cr, 'no')).rejects.toMatchObject({
          sqlState: '42703',
        })
      })
    })
  })
})
