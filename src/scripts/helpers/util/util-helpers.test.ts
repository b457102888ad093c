import { describe, expect, it } from 'vitest'
import { embeddedInMemory, managedEngines, useEngine } from '../../../../test/support/engines.js'
import { cr, onBench } from '../fixtures/bench.js'
import { callHelper } from '../helper-operations.js'

const [server] = await managedEngines()
const ENGINES = server === undefined ? [embeddedInMemory] : [embeddedInMemory, server]

describe.each(ENGINES)('$name', (engine) => {
  describe.skipIf(engine.unavailable !== undefined)('', () => {
    const cluster = useEngine(engine)

    it('tells tables from views and sequences', async () => {
      await onBench(cluster(), async ({ call }) => {
        expect(await call('util.table_exists', cr, 'res_partner')).toBe(true)
        expect(await call('util.table_exists', cr, 'order_view')).toBe(false)
        expect(await call('util.view_exists', cr, 'order_view')).toBe(true)
        await expect(call('util.table_exists', cr, 'res.partner')).rejects.toMatchObject({
          kind: 'value',
        })
        expect(await call('util.table_of_model', cr, 'stock.picking.in')).toBe('stock_picking')
        await expect(call('util.table_of_model', cr, 'res_partner')).rejects.toMatchObject({
          kind: 'value',
        })
        expect(await call('util.model_of_table', cr, 'res_partner')).toBe('res.partner')
        expect(await call('util.model_of_table', cr, 'no_such')).toBe('no.such')
      })
    })

    it('creates, describes and removes columns', async () => {
      await onBench(cluster(), async ({ call, context, rows, logged }) => {
        expect(await call('util.create_column', cr, 'res_tag', 'o "k', 'boolean')).toBe(true)
        expect(await call('util.create_column', cr, 'res_tag', 'o "k', 'varchar')).toBe(false)
        expect(logged.some((line) => line.startsWith('error: res_tag.o "k already exists'))).toBe(
          true,
        )
        expect(await rows('SELECT DISTINCT "o ""k" FROM res_tag')).toEqual([[false]])
        const create = (column: string, named: readonly (readonly [string, string])[]) =>
          callHelper(context, 'util.create_column', [cr, 'res_tag', column, 'int4'], new Map(named))
        expect(
          await create('company', [
            ['fk_table', 'res_company'],
            ['on_delete_action', 'SET NULL'],
            ['default', '1'],
          ]),
        ).toBe(true)
        expect(await create('company', [['fk_table', 'res_company']])).toBe(false)
        await rows('UPDATE res_tag SET company = 1')
        await expect(create('x', [['on_delete_action', 'CASCADE']])).rejects.toMatchObject({
          kind: 'value',
        })
        await expect(
          create('x', [
            ['fk_table', 'res_company'],
            ['on_delete_action', 'DROP'],
          ]),
        ).rejects.toMatchObject({ kind: 'value' })
        expect(await call('util.column_type', cr, 'res_partner', 'code', true)).toBe('varchar(8)')
        expect(await call('util.column_type', cr, 'res_partner', 'no')).toBeNull()
        expect(await call('util.get_columns', cr, 'res_company')).toEqual(['name'])
        await call('util.remove_column', cr, 'sale_order', 'state')
        await call('util.remove_column', cr, 'sale_order', 'state')
        expect(await call('util.view_exists', cr, 'order_view')).toBe(false)
      })
    })

    it('renames a table, dropping what Odoo makes again', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('util.rename_table', cr, 'sale_order', 'order "x')
        await call('util.rename_table', cr, 'sale_order', 'order "x')
        const names = await rows(
          `SELECT conname::text FROM pg_constraint WHERE conrelid = '"order ""x"'::regclass AND contype <> 'n' ORDER BY 1`,
        )
        expect(names.flat()).toEqual(['order "x_partner_id_fkey', 'order "x_pkey'])
        expect(await call('table_exists', cr, 'order "x_id_seq')).not.toBeNull()
        await expect(call('util.rename_table', cr, 'res_tag', 'res_users')).rejects.toMatchObject({
          kind: 'user',
        })
      })
    })

    it('asks for modules and renames one', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        expect(await call('util.modules_installed', cr, 'sale', 'shop')).toBe(true)
        expect(await call('util.modules_installed', cr, 'sale', 'stock')).toBe(false)
        expect(await call('util.module_installed', cr, 'nothing')).toBe(false)
        await expect(call('util.modules_installed', cr)).rejects.toMatchObject({ kind: 'value' })
        await call('util.rename_module', cr, 'web', 'web2')
        await call('util.rename_module', cr, 'sale_old', 'sold')
        expect(await rows('SELECT key FROM ir_ui_view ORDER BY id')).toEqual([
          ['web2.t'],
          ['web2.t'],
          ['web2.t'],
          ['web2.c'],
        ])
        expect(await call('util.ref', cr, 'web2.t')).toBe(1)
        expect(await call('util.ref', cr, 'sold.order')).toBe(1)
        expect(await call('util.ref', cr, 'base.module_sold')).toBe(4)
      })
    })

    it('finds, keeps and renames external ids', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        expect(await call('util.refs', cr, ['base.bert', 'base.no'], true)).toEqual(
          new Map([['base.bert', 2]]),
        )
        await expect(call('util.ref', cr, 'nodot')).rejects.toMatchObject({ kind: 'value' })
        expect(await call('util.force_noupdate', cr, 'base.bert')).toBe(1)
        expect(await call('util.force_noupdate', cr, 'base.bert')).toBe(0)
        await rows(
          `INSERT INTO ir_model_data (module, name, model, res_id) VALUES ('base', 'root', 'res.users', 1), ('base', 'root_res_partner', 'res.partner', 1)`,
        )
        expect(await call('util.rename_xmlid', cr, 'base.root', 'base.top', true)).toBe(1)
        expect(await call('util.rename_xmlid', cr, 'base.root', 'base.top')).toBeNull()
        expect(await call('util.ref', cr, 'base.top_res_partner')).toBe(1)
        await expect(call('util.rename_xmlid', cr, 'base.anna', 'base.bert')).rejects.toMatchObject(
          { kind: 'user' },
        )
        await expect(
          call('util.rename_xmlid', cr, 'base.anna', 'base.bert', null, 'merge'),
        ).rejects.toMatchObject({ kind: 'helper' })
        await call('util.rename_xmlid', cr, 'web.t', 'web.t_new')
        expect(
          await rows(
            `SELECT key, arch_db ->> 'en_US' FROM ir_ui_view WHERE id IN (2, 4) ORDER BY id`,
          ),
        ).toEqual([
          ['web.t_new', '<t/>'],
          ['web.c', '<t t-call="web.t_new"/>'],
        ])
      })
    })
  })
})
