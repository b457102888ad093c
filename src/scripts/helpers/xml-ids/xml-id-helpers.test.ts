import { describe, expect, it } from 'vitest'
import { embeddedInMemory, managedEngines, useEngine } from '../../../../test/support/engines.js'
import { GuestError } from '../../values/index.js'
import { cr, onBench, t } from '../fixtures/bench.js'

const [server] = await managedEngines()
const ENGINES = server === undefined ? [embeddedInMemory] : [embeddedInMemory, server]

describe.each(ENGINES)('$name', (engine) => {
  describe.skipIf(engine.unavailable !== undefined)('', () => {
    const cluster = useEngine(engine)

    it('renames external ids, at their first dot, passing over what does not exist', async () => {
      await onBench(
        cluster(),
        async ({ call, rows, logged }) => {
          const spec = [
            t('base.anna', `sale.an"n'a.x`),
            t('base.nothing', 'base.x'),
            t('nodot', 'base.x'),
          ]
          await call('rename_xmlids', cr, spec)
          await call('rename_xmlids', cr, spec)
          expect(
            await rows(
              `SELECT module, name FROM ir_model_data WHERE res_id = 1 AND model = 'res.partner'`,
            ),
          ).toEqual([['sale', `an"n'a.x`]])
          expect(await rows('SELECT DISTINCT module FROM ir_translation WHERE res_id = 1')).toEqual(
            [['sale']],
          )
          expect(
            logged.filter((line) => line.startsWith('error: Cannot rename XMLID')),
          ).toHaveLength(2)
          await expect(
            call('rename_xmlids', cr, [t('base.bert', 'base.tag_red')]),
          ).rejects.toMatchObject({ sqlState: '23505' })
        },
        { series: '15.0' },
      )
    })

    it('merges the records of external ids when it may', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('rename_xmlids', cr, [t('base.bert', 'base.anna')], true)
        expect(
          await rows(`SELECT name FROM ir_model_data WHERE model = 'res.partner' AND res_id < 9`),
        ).toEqual([['anna']])
        expect(await rows('SELECT partner_id FROM sale_order ORDER BY id')).toEqual([[1], [3]])
        await expect(
          call('rename_xmlids', cr, [t('base.tag_red', 'base.anna')], true),
        ).rejects.toMatchObject({ kind: 'user', detail: 'UserError' })
        await expect(
          call(
            'rename_xmlids',
            cr,
            [t('sale_old.order', 'base.no'), t('base.unknown', 'base.unknown')],
            true,
          ),
        ).rejects.toThrow(/does not exist/)
      })
    })

    it('adds an external id once', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        expect(await call('add_xmlid', cr, 'base', `o'dd "x`, 'res.partner', 3, true)).toBe(true)
        expect(await call('add_xmlid', cr, 'base', `o'dd "x`, 'res.partner', 2)).toBe(false)
        expect(
          await rows(
            `SELECT res_id, noupdate, create_uid FROM ir_model_data WHERE name LIKE 'o''dd%'`,
          ),
        ).toEqual([[3, true, 1]])
        await expect(call('add_xmlid', cr, 'base', 'anna', 'res.tag', 2)).rejects.toMatchObject({
          sqlState: '23505',
        })
      })
    })

    it('sets noupdate of names in a list or tuple only', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('set_xml_ids_noupdate_value', cr, 'base', t('anna', 'nothing'), true)
        await call('set_xml_ids_noupdate_value', cr, 'base', [], true)
        expect(await rows(`SELECT noupdate FROM ir_model_data WHERE name = 'anna'`)).toEqual([
          [true],
        ])
        await expect(
          call('set_xml_ids_noupdate_value', cr, 'base', 'anna', true),
        ).rejects.toMatchObject({ kind: 'user', message: 'XML IDs anna must be a tuple or list!' })
      })
    })

    it('deletes records, and keeps those that cannot be deleted from the cleanup', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        const ids = ['base.nothing', 'base.gone', 'base.tag_red', 'base.bert', 'base.unknown']
        await call('delete_records_safely_by_xml_id', cr, ids)
        await call('delete_records_safely_by_xml_id', cr, ids)
        expect(await rows('SELECT id FROM res_tag')).toEqual([[2]])
        expect(
          await rows(
            `SELECT name FROM ir_model_data WHERE noupdate AND module = 'base' AND name NOT LIKE 'module%' ORDER BY 1`,
          ),
        ).toEqual([['bert'], ['unknown']])
        await expect(call('delete_records_safely_by_xml_id', cr, ['nodot'])).rejects.toMatchObject({
          kind: 'value',
        })
      })
    })

    it('does not delete records of models that are not loaded yet', async () => {
      await onBench(
        cluster(),
        async ({ call, rows }) => {
          await call('delete_records_safely_by_xml_id', cr, ['base.tag_red'])
          expect(await rows(`SELECT noupdate FROM ir_model_data WHERE name = 'tag_red'`)).toEqual([
            [true],
          ])
        },
        { isLoaded: async (model) => model !== 'res.tag' },
      )
    })

    it('deletes views with those that inherit from them', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('delete_records_safely_by_xml_id', cr, ['web.t'], true)
        expect(await rows('SELECT id FROM ir_ui_view ORDER BY id')).toEqual([[2], [3]])
      })
    })

    it('ends at errors that openupgradelib does not forgive', async () => {
      const unlink = () => Promise.reject(new GuestError('needs-odoo', 'unlink', 'res.tag'))
      await onBench(
        cluster(),
        async ({ call }) => {
          await expect(
            call('delete_records_safely_by_xml_id', cr, ['base.tag_red']),
          ).rejects.toMatchObject({ kind: 'needs-odoo' })
        },
        { orm: { unlink, search: async () => [] } },
      )
    })

    it('drops a constraint with its record', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await rows(`INSERT INTO ir_model_constraint (name) VALUES ('res_users_login_key')`)
        await rows(
          `INSERT INTO ir_model_data (module, name, model, res_id) VALUES ('base', 'constraint_res_users_login_key', 'ir.model.constraint', 1)`,
        )
        await call('delete_sql_constraint_safely', cr, 'base', 'res_users', 'login_key')
        await call('delete_sql_constraint_safely', cr, 'base', 'res_users', 'login_key')
        expect(await rows('SELECT id FROM ir_model_constraint')).toEqual([])
        await rows(`INSERT INTO res_users (login, partner_id) VALUES ('anna', 1)`)
        await expect(
          call('delete_sql_constraint_safely', cr, 'base', 'nothing', 'x'),
        ).rejects.toMatchObject({ sqlState: '42P01' })
      })
    })

    it('resets translations in the records from Odoo 16 on', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('delete_record_translations', cr, 'base', ['tag_red', 'nothing'], ['other'])
        expect(await rows(`SELECT name ? 'fr_FR' FROM res_tag WHERE id = 1`)).toEqual([[true]])
        await call('delete_record_translations', cr, 'base', [
          'tag_red',
          'anna',
          'bert',
          'unknown',
          'gone',
        ])
        await call('delete_record_translations', cr, 'base', t('tag_red'))
        expect(await rows('SELECT name FROM res_tag ORDER BY id')).toEqual([
          [{ en_US: 'red' }],
          [{ en_US: 'blue' }],
        ])
        expect(await rows('SELECT title FROM res_partner ORDER BY id LIMIT 2')).toEqual([
          [{ en_US: 'Dr' }],
          [{ fr_FR: 'M.' }],
        ])
        await expect(
          call('delete_record_translations', cr, 'base', 'tag_red'),
        ).rejects.toMatchObject({ kind: 'user' })
      })
    })

    it('deletes rows of ir_translation before', async () => {
      await onBench(
        cluster(),
        async ({ call, rows }) => {
          await call('delete_record_translations', cr, 'base', ['anna'], ['comment'])
          expect(await rows('SELECT value FROM ir_translation ORDER BY id')).toEqual([
            ['Bertrand'],
            ['An'],
          ])
          await call('delete_record_translations', cr, 'base', ['anna'])
          expect(await rows('SELECT value FROM ir_translation')).toEqual([['Bertrand']])
          await call('update_module_moved_translations', cr, 'bert', 'base', 'sale')
          expect(await rows('SELECT module FROM ir_translation')).toEqual([['sale']])
        },
        { series: '15.0' },
      )
    })
  })
})
