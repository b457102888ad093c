import { describe, expect, it } from 'vitest'
import { embeddedInMemory, managedEngines, useEngine } from '../../../../test/support/engines.js'
import { RecordRef } from '../../values/index.js'
import { cr, onBench, t } from '../fixtures/bench.js'

const [server] = await managedEngines()
const ENGINES = server === undefined ? [embeddedInMemory] : [embeddedInMemory, server]

describe.each(ENGINES)('$name', (engine) => {
  describe.skipIf(engine.unavailable !== undefined)('', () => {
    const cluster = useEngine(engine)

    it('renames a field everywhere', async () => {
      await onBench(
        cluster(),
        async ({ call, rows }) => {
          const spec = [t('res.partner', 'res_partner', 'name', 'full "name')]
          await call('rename_fields', cr, spec)
          await call('rename_fields', cr, spec)
          expect(await call('column_exists', cr, 'res_partner', 'full "name')).toBe(true)
          expect(
            await rows(
              `SELECT count(*)::int FROM ir_model_fields WHERE name = 'full "name' AND model = 'res.partner'`,
            ),
          ).toEqual([[1]])
          expect(await rows('SELECT res_field FROM ir_attachment ORDER BY id')).toEqual([
            ['full "name'],
            ['name'],
          ])
          expect(await rows(`SELECT DISTINCT name FROM ir_translation ORDER BY 1`)).toEqual([
            ['res.partner,comment'],
            ['res.partner,full "name'],
          ])
          expect(await rows('SELECT name FROM ir_exports_line ORDER BY id')).toEqual([
            ['full "name'],
            ['parent_id/name'],
          ])
          expect(await rows('SELECT alias_defaults FROM mail_alias ORDER BY id')).toEqual([
            [`{'full "name': 1}`],
            [`{'name': 1}`],
          ])
        },
        { series: '15.0' },
      )
    })

    it('renames every key of a context and every quoted word of a domain', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('rename_field_references', cr, [t('res.partner', 'name', 'nom')])
        await call('rename_field_references', cr, [t('sale.order', 'name', 'nom')])
        expect(
          await rows(
            `SELECT domain, context FROM ir_filters WHERE name IN ('good', 'other') ORDER BY id`,
          ),
        ).toEqual([
          [
            '[["nom", "=", "Anna"]]',
            `{'group_by': ['nom', 'born:month'], 'pivot_measures': ['nom']}`,
          ],
          ['[["nom", "=", "nom"]]', `{'graph_measure': 'nom'}`],
        ])
      })
    })

    it('refuses a name that the model has already', async () => {
      await onBench(cluster(), async ({ call }) => {
        await expect(
          call('rename_fields', cr, [t('res.partner', 'nothing', 'name', 'comment')]),
        ).rejects.toMatchObject({ sqlState: '23505' })
        await expect(call('rename_fields', cr, [t('res.partner', 'name')])).rejects.toMatchObject({
          kind: 'value',
        })
      })
    })

    it('adds fields: column, initial value and reflection', async () => {
      await onBench(cluster(), async ({ call, rows, logged }) => {
        const spec = [
          t('x', 'res.partner', 'res_partner', 'integer', false, 'base', 3),
          t('y "z"', 'res.partner', false, 'boolean', false, 'base'),
          t('w', 'no.model', 'res_partner', 'char', false, 'base'),
        ]
        await call('add_fields', cr, spec)
        await call('add_fields', cr, spec)
        expect(await rows('SELECT x, "y ""z""", w FROM res_partner WHERE id = 1')).toEqual([
          [3, false, null],
        ])
        expect(
          await rows(
            `SELECT name, field_description, ttype, state FROM ir_model_fields WHERE name IN ('x', 'y "z"', 'w') ORDER BY 1`,
          ),
        ).toEqual([
          ['x', { en_US: 'OU' }, 'integer', 'base'],
          ['y "z"', { en_US: 'OU' }, 'boolean', 'base'],
        ])
        expect(logged.filter((line) => line.startsWith('warning: add_fields'))).toHaveLength(2)
      })
    })

    it('adds columns to ir_model_fields', async () => {
      await onBench(cluster(), async ({ call }) => {
        await call('add_ir_model_fields', cr, [t('store2', 'boolean')])
        expect(await call('column_exists', cr, 'ir_model_fields', 'store2')).toBe(true)
        await expect(
          call('add_ir_model_fields', cr, [t('store2', 'boolean')]),
        ).rejects.toMatchObject({ sqlState: '42701' })
      })
    })

    it('gives a value to every company, once', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('convert_to_company_dependent', cr, 'res.partner', 'color', 'property_tag')
        await call('convert_to_company_dependent', cr, 'res.partner', 'color', 'property_tag')
        await call(
          'convert_to_company_dependent',
          cr,
          'res.partner',
          'active',
          'property_on',
          'res_partner',
        )
        expect(
          await rows(
            `SELECT company_id, res_id, value_reference, value_integer FROM ir_property WHERE id > 1 ORDER BY id`,
          ),
        ).toEqual([
          [1, 'res.partner,1', 'res.tag,1', null],
          [1, 'res.partner,3', 'res.tag,3', null],
          [2, 'res.partner,1', 'res.tag,1', null],
          [2, 'res.partner,3', 'res.tag,3', null],
          [1, 'res.partner,1', null, 1],
          [1, 'res.partner,3', null, 0],
          [2, 'res.partner,1', null, 1],
          [2, 'res.partner,3', null, 0],
        ])
        await expect(
          call('convert_to_company_dependent', cr, 'res.partner', 'color', 'color'),
        ).rejects.toMatchObject({ kind: 'user' })
        await expect(
          call('convert_to_company_dependent', cr, 'res.partner', 'color', 'nothing'),
        ).rejects.toMatchObject({ kind: 'type' })
      })
    })

    it('renames a company-dependent field with its values', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('rename_property', cr, 'res.partner', 'property_tag', 'property_label')
        await call('rename_property', cr, 'res.partner', 'property_tag', 'property_label')
        expect(await rows('SELECT name FROM ir_property')).toEqual([['property_label']])
      })
    })

    it('moves the external ids of fields to another module unless it has them', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('update_module_moved_fields', cr, 'res.partner', ['name'], 'base', 'sale')
        await call('update_module_moved_fields', cr, 'res.partner', ['name'], 'base', 'sale')
        expect(
          await rows(`SELECT module FROM ir_model_data WHERE name = 'field_res_partner__name'`),
        ).toEqual([['sale']])
        await expect(
          call('update_module_moved_fields', cr, 'res.partner', 'name', 'base', 'sale'),
        ).rejects.toMatchObject({ kind: 'user' })
      })
    })

    it('turns a many2one into a many2many or a one2many, also twice', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        const model = new RecordRef('res.partner', [])
        await rows('UPDATE res_partner SET color = 2')
        await call('m2o_to_x2m', cr, model, 'res_partner', 'tag_ids', 'color')
        await call('m2o_to_m2m', cr, model, 'res_partner', 'tag_ids', 'color')
        expect(await rows('SELECT count(*)::int FROM partner_tag_rel WHERE tag_id = 2')).toEqual([
          [3],
        ])
        await call('m2o_to_x2m', cr, model, 'res_partner', 'order_ids', 'color')
        expect(await rows('SELECT partner_id IS NOT NULL FROM sale_order WHERE id = 2')).toEqual([
          [true],
        ])
        for (const field of ['nothing', 'name']) {
          await expect(
            call('m2o_to_x2m', cr, model, 'res_partner', field, 'color'),
          ).rejects.toMatchObject({ kind: 'user' })
        }
      })
    })
  })
})
