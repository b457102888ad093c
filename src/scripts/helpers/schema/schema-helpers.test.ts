import { describe, expect, it } from 'vitest'
import { embeddedInMemory, managedEngines, useEngine } from '../../../../test/support/engines.js'
import { cr, onBench, t } from '../fixtures/bench.js'

const [server] = await managedEngines()
const ENGINES = server === undefined ? [embeddedInMemory] : [embeddedInMemory, server]
const columns = (table: string) =>
  `SELECT column_name::text, data_type::text FROM information_schema.columns WHERE table_name = '${table}' ORDER BY ordinal_position`

describe.each(ENGINES)('$name', (engine) => {
  describe.skipIf(engine.unavailable !== undefined)('', () => {
    const cluster = useEngine(engine)

    it('sees tables, views, sequences and columns', async () => {
      await onBench(cluster(), async ({ call }) => {
        expect(await call('table_exists', cr, 'res_partner')).toEqual(t(1))
        expect(await call('table_exists', cr, 'res_partner_id_seq')).toEqual(t(1))
        expect(await call('openupgrade_tools.table_exists', cr, 'nothing')).toBeNull()
        expect(await call('column_exists', cr, 'res_partner', 'Odd "name')).toBe(true)
        expect(await call('column_exists', cr, 'res_partner', 'nothing')).toBe(false)
        expect(await call('column_exists', cr, 'nothing', 'id')).toBe(false)
      })
    })

    it('renames columns with their indexes', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        const spec = new Map([
          [
            'res_partner',
            [t('color', 'colour'), t('comment', null), t('Odd "name', 'Odder "name')],
          ],
        ])
        await call('rename_columns', cr, spec)
        const names = (await rows(columns('res_partner'))).map(([name]) => name)
        expect(names).toEqual(
          expect.arrayContaining(['colour', 'openupgrade_legacy_16_0_comment', 'Odder "name']),
        )
        expect(await call('table_exists', cr, 'res_partner_colour_index')).toEqual(t(1))
        await expect(call('rename_columns', cr, spec)).rejects.toMatchObject({ sqlState: '42703' })
        await expect(
          call('rename_columns', cr, new Map([['nothing', [t('a', 'b')]]])),
        ).rejects.toMatchObject({ sqlState: '42P01' })
      })
    })

    it('leaves an index whose new name would be too long', async () => {
      await onBench(cluster(), async ({ call }) => {
        await call('rename_columns', cr, new Map([['res_partner', [t('color', 'c'.repeat(50))]]]))
        expect(await call('table_exists', cr, 'res_partner_color_index')).toEqual(t(1))
      })
    })

    it('renames the index names of Odoo 17 as well', async () => {
      await onBench(
        cluster(),
        async ({ call, rows }) => {
          await rows('CREATE INDEX res_partner__code_index ON res_partner (code)')
          await call('rename_columns', cr, new Map([['res_partner', [t('code', 'ref')]]]))
          expect(await call('table_exists', cr, 'res_partner__ref_index')).toEqual(t(1))
        },
        { series: '17.0' },
      )
    })

    it('renames tables with sequences, indexes and constraints, and tells the sequences', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        const answer = await call('rename_tables', cr, [t('sale_order', 'Sale "order')])
        expect(answer).toEqual([t('sale_order_id_seq', 'Sale "order_id_seq')])
        const kept = await rows(
          `SELECT relname::text FROM pg_class WHERE relname LIKE 'sale\\_order%'`,
        )
        expect(kept).toEqual([])
        const constraints = await rows(
          `SELECT conname::text FROM pg_constraint WHERE conrelid = '"Sale ""order"'::regclass AND contype <> 'n' ORDER BY 1`,
        )
        expect(constraints.flat().sort()).toEqual([
          'Sale "order_amount_check',
          'Sale "order_name_uniq',
          'Sale "order_partner_id_fkey',
          'Sale "order_pkey',
        ])
        await expect(call('rename_tables', cr, [t('sale_order', 'x')])).rejects.toMatchObject({
          sqlState: '42P01',
        })
        await expect(call('rename_tables', cr, [t('res_tag', 'res_users')])).rejects.toMatchObject({
          sqlState: '42P07',
        })
      })
    })

    it('renames a sequence once when it is named itself, and to the legacy name without a new one', async () => {
      await onBench(cluster(), async ({ call }) => {
        expect(
          await call('rename_tables', cr, [t('res_tag', 'label'), t('res_tag_id_seq', 'labels')]),
        ).toEqual([])
        await call('rename_tables', cr, [t('res_company', null)])
        expect(
          await call('table_exists', cr, 'openupgrade_legacy_16_0_res_company_id_seq'),
        ).toEqual(t(1))
      })
    })

    it('copies columns, also twice, with names that the script quoted', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        const spec = new Map([
          [
            'res_partner',
            [
              t('color', null, null),
              t('"Odd ""name"', '"Copy of"', null),
              t('code', 'kind', 'varchar(9)'),
            ],
          ],
        ])
        await call('copy_columns', cr, spec)
        await call('copy_columns', cr, spec)
        const [first] = await rows(
          'SELECT openupgrade_legacy_16_0_color, "Copy of" FROM res_partner WHERE id = 1',
        )
        expect(first).toEqual([1, 'odd'])
        for (const missing of [
          new Map([['res_partner', [t('no', null, null)]]]),
          new Map([['no', [t('no', 'x', 'int4')]]]),
        ]) {
          await expect(call('copy_columns', cr, missing)).rejects.toThrow(/does not exist/)
        }
        await expect(
          call(
            'copy_columns',
            cr,
            new Map([['res_partner', [t('color', 'c2', 'int4; DROP TABLE x')]]]),
          ),
        ).rejects.toMatchObject({ kind: 'value' })
      })
    })

    it('drops columns that exist and warns of the others', async () => {
      await onBench(cluster(), async ({ call, rows, logged }) => {
        await call('drop_columns', cr, [t('res_partner', 'Odd "name'), t('res_partner', 'no')])
        await call('drop_columns', cr, [t('res_partner', 'Odd "name'), t('nothing', 'x')])
        expect((await rows(columns('res_partner'))).map(([name]) => name)).not.toContain(
          'Odd "name',
        )
        expect(logged).toContain('warning: table nothing: column x did not exist')
        await expect(call('drop_columns', cr, [t('sale_order', 'state')])).rejects.toMatchObject({
          sqlState: '2BP01',
        })
      })
    })

    it('drops the foreign keys of tables, passing over tables that do not exist', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('remove_tables_fks', cr, ['partner_tag_rel', 'nothing'])
        await call('remove_tables_fks', cr, t('partner_tag_rel'))
        expect(
          await rows(
            `SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = 'partner_tag_rel'::regclass`,
          ),
        ).toEqual([])
      })
    })

    it('lifts the constraints on a column; a primary key needs cascade', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('lift_constraints', cr, 'res_users', 'login')
        await call('lift_constraints', cr, 'nothing', 'login')
        await rows(`INSERT INTO res_users (login, partner_id) VALUES ('anna', 1)`)
        await rows('ALTER TABLE sale_order ADD FOREIGN KEY (user_id) REFERENCES res_users')
        await call('lift_constraints', cr, 'res_users', 'id', true)
        await rows('UPDATE sale_order SET user_id = 77')
      })
      await onBench(cluster(), async ({ call, rows }) => {
        await rows('CREATE VIEW tagged AS SELECT id, name FROM res_tag GROUP BY id')
        await expect(call('lift_constraints', cr, 'res_tag', 'id')).rejects.toMatchObject({
          sqlState: '2BP01',
        })
      })
    })

    it('makes a float an integer, rounding', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await rows('DROP VIEW order_view')
        await call('float_to_integer', cr, 'sale_order', 'amount')
        await call('float_to_integer', cr, 'sale_order', 'amount')
        expect(await rows('SELECT amount FROM sale_order ORDER BY id')).toEqual([[1], [3]])
        await expect(call('float_to_integer', cr, 'sale_order', 'no')).rejects.toMatchObject({
          sqlState: '42703',
        })
      })
    })

    it('checks the values of a selection', async () => {
      await onBench(cluster(), async ({ call, logged }) => {
        expect(
          await call('check_values_selection_field', cr, 'sale_order', 'state', ['draft', 'done']),
        ).toBe(true)
        expect(await call('check_values_selection_field', cr, 'res_partner', 'state', t('a'))).toBe(
          false,
        )
        expect(logged.filter((line) => line.startsWith('error: Invalid value'))).toHaveLength(2)
        expect(
          await call('check_values_selection_field', cr, 'res_partner', 'active', [
            true,
            false,
            null,
          ]),
        ).toBe(true)
      })
    })

    it('adds columns with a value for the rows that exist', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        const spec = [
          t('res.partner', 'a', 'integer', 5),
          t('res.partner', 'b', 'boolean', false),
          t('res.partner', 'c', 'char', ''),
          t('res.partner', 'd', 'many2many', 1),
          t('no.model', 'e "q"', 'char', "it's", 'res_partner', 'varchar(20)'),
          t('res.partner', 'f', 'html', 'x', false, false, true),
        ]
        await call('add_columns', cr, spec)
        await call('add_columns', cr, spec)
        expect(await rows('SELECT a, b, c, "e ""q""", f FROM res_partner WHERE id = 1')).toEqual([
          [5, false, null, "it's", { en_US: 'x' }],
        ])
        expect(
          await rows(
            `SELECT column_default FROM information_schema.columns WHERE column_name = 'a'`,
          ),
        ).toEqual([[null]])
        await expect(call('add_columns', cr, [t('no.model', 'x', 'char')])).rejects.toMatchObject({
          sqlState: '42P01',
        })
      })
    })

    it('names legacy columns, tables of models and types of fields', async () => {
      await onBench(cluster(), async ({ call }) => {
        expect(await call('get_legacy_name', 'state')).toBe('openupgrade_legacy_16_0_state')
        expect(await call('get_model2table', 'ir.actions.report')).toBe('ir_act_report_xml')
        expect(await call('get_model2table', 'mailing.contact.subscription')).toBe(
          'mailing_contact_list_rel',
        )
        expect(await call('get_model2table', 'a.b_c')).toBe('a_b_c')
        expect(await call('get_field2column_type', 'html', true)).toBe('jsonb')
        expect(await call('get_field2column_type', 'one2many')).toBe(false)
      })
    })
  })
})
