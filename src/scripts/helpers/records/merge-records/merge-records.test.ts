import { describe, expect, it } from 'vitest'
import { embeddedInMemory, managedEngines, useEngine } from '../../../../../test/support/engines.js'
import { cr, onBench, t } from '../../fixtures/bench.js'
import { mergeRecords } from './merge-records.js'

const [server] = await managedEngines()
const ENGINES = server === undefined ? [embeddedInMemory] : [embeddedInMemory, server]
const MERGE = 'openupgrade_merge_records.merge_records'

describe.each(ENGINES)('$name', (engine) => {
  describe.skipIf(engine.unavailable !== undefined)('', () => {
    const cluster = useEngine(engine)

    it('moves everything that refers to the sources', async () => {
      await onBench(
        cluster(),
        async ({ call, rows }) => {
          await call(MERGE, cr, 'res.partner', [2, 3, 77], 1, null, 'sql')
          await call(MERGE, cr, 'res.partner', [2, 3, 77], 1, null, 'sql')
          expect(await rows('SELECT id, parent_id, parent_path FROM res_partner')).toEqual([
            [1, null, '1/'],
          ])
          expect(await rows('SELECT partner_id FROM sale_order')).toEqual([[1], [1]])
          expect(await rows('SELECT res_id FROM ir_attachment ORDER BY id')).toEqual([[1], [1]])
          expect(await rows('SELECT res_id, partner_id FROM mail_followers ORDER BY id')).toEqual([
            [1, 1],
            [1, 2],
          ])
          expect(await rows('SELECT tag_id FROM partner_tag_rel ORDER BY 1')).toEqual([[1], [2]])
          expect(
            await rows(
              `SELECT value FROM ir_translation WHERE name = 'res.partner,name' ORDER BY 1`,
            ),
          ).toEqual([['An'], ['Bertrand']])
          expect(
            await rows(
              `SELECT name, res_id FROM ir_model_data WHERE name IN ('anna', 'bert') ORDER BY 1`,
            ),
          ).toEqual([
            ['anna', 1],
            ['bert', 1],
          ])
        },
        { series: '15.0' },
      )
    })

    it('loses no link of a many2many that another record has as well', async () => {
      await onBench(cluster(), async ({ context, rows }) => {
        // Tag 1 on partners 1 and 2, tag 2 on 2 and 3: partner 1 must get tag 2.
        await mergeRecords(context, 'res.tag', [1], 2)
        expect(await rows('SELECT partner_id, tag_id FROM partner_tag_rel ORDER BY 1')).toEqual([
          [1, 2],
          [2, 2],
          [3, 2],
        ])
      })
    })

    it('does not make a record its own parent', async () => {
      await onBench(cluster(), async ({ context, rows }) => {
        await mergeRecords(context, 'res.partner', [2], 3)
        expect(
          await rows('SELECT id, parent_id, parent_path FROM res_partner ORDER BY id'),
        ).toEqual([
          [1, null, '1/'],
          [3, 1, '1/3/'],
        ])
      })
    })

    it('moves references in text and defaults of users', async () => {
      await onBench(cluster(), async ({ context, rows }) => {
        await rows(
          `INSERT INTO ir_default (field_id, json_value) SELECT id, '1' FROM ir_model_fields WHERE name IN ('property_tag', 'color')`,
        )
        await mergeRecords(context, 'res.tag', [1], 2)
        await mergeRecords(context, 'res.partner', [2], 1)
        expect(await rows('SELECT value_reference FROM ir_property')).toEqual([['res.tag,2']])
        expect(await rows('SELECT owner FROM res_partner WHERE id = 1')).toEqual([
          ['res.partner,1'],
        ])
        expect(await rows('SELECT json_value FROM ir_default ORDER BY 1')).toEqual([['1'], ['2']])
      })
    })

    it('merges values by the usual operation of their type', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await rows('UPDATE res_partner SET parent_id = NULL')
        await call(MERGE, cr, 'res.partner', [1, 3], 2, new Map(), 'sql')
        expect(
          await rows(
            'SELECT name, comment, credit, color, active, born::text, title, owner, state FROM res_partner',
          ),
        ).toEqual([
          [
            'Bert',
            'Hi | Ho',
            '15',
            null,
            null,
            '2021-01-01',
            { en_US: 'Dr', fr_FR: 'M.' },
            'res.partner,2',
            'b',
          ],
        ])
      })
    })

    it.each([
      ['color', 'sum', 4],
      ['color', 'max', 3],
      ['color', 'min', 0],
      ['credit', 'avg', '5.0000000000000000'],
      ['credit', 'first_not_null', '5'],
      ['active', 'and', false],
      ['active', 'or', true],
      ['born::text', 'max', '2021-01-01'],
      ['born::text', 'min', '2020-01-01'],
      ['name', 'merge', 'Bert | Anna | Cleo'],
      ['name', 'first_from_origin', 'Cleo'],
      ['comment', 'first_not_null', 'Hi'],
      ['title', 'other', { fr_FR: 'M.' }],
    ])('merges %s with operation %s', async (column, operation, expected) => {
      await onBench(cluster(), async ({ context, rows }) => {
        await rows('UPDATE res_partner SET parent_id = NULL')
        const field = column.replace('::text', '')
        const fields = { operations: new Map([[field, operation]]), preserveOthers: true }
        await mergeRecords(context, 'res.partner', [1, 3], 2, { fields })
        expect(await rows(`SELECT ${column} FROM res_partner`)).toEqual([[expected]])
      })
    })

    it('takes as many statements for many rows as for few', async () => {
      const countFor = async (orders: number) => {
        let statements = 0
        await onBench(cluster(), async ({ context, rows }) => {
          await rows(
            `INSERT INTO sale_order (name, partner_id) SELECT 'N' || n, 2 FROM generate_series(1, ${orders}) n`,
          )
          await rows(`INSERT INTO res_tag (name) SELECT NULL FROM generate_series(1, ${orders})`)
          await rows('INSERT INTO partner_tag_rel SELECT 2, id FROM res_tag WHERE id > 2')
          const session = new Proxy(context.session, {
            get(target, name) {
              if (name === 'query' || name === 'execute') statements += 1
              const member: unknown = Reflect.get(target, name)
              return typeof member === 'function' ? member.bind(target) : member
            },
          })
          await mergeRecords({ ...context, session }, 'res.partner', [2, 3], 1)
        })
        return statements
      }
      expect(await countFor(2000)).toBe(await countFor(1))
    })

    it('keeps the sources and excluded columns when it is told to', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call(MERGE, cr, 'res.partner', t(2), 1, null, 'sql', false, [
          t('sale_order', 'partner_id'),
        ])
        expect(await rows('SELECT partner_id FROM sale_order ORDER BY id')).toEqual([[2], [3]])
        expect(await rows('SELECT count(*)::int FROM res_partner')).toEqual([[3]])
      })
    })

    it('refuses a target among the sources, and leaves the ORM way to Odoo', async () => {
      await onBench(cluster(), async ({ call }) => {
        await expect(call(MERGE, cr, 'res.partner', [1], 1, null, 'sql')).rejects.toMatchObject({
          kind: 'value',
        })
        await expect(call(MERGE, cr, 'res.partner', [2], 1)).rejects.toMatchObject({
          kind: 'needs-odoo',
        })
      })
    })
  })
})
