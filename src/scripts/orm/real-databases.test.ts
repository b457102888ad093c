import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { embeddedOnDisk, type OpenedEngine } from '../../../test/support/engines.js'
import { temporaryFolder } from '../../../test/support/temporary-folder.js'
import { Progress } from '../../base/index.js'
import { restoreDatabase, withBackupFile } from '../../databases/manager/index.js'
import { type Row, raw, type Session } from '../../db/index.js'
import { releaseOf } from './fixtures/orm-suite.js'
import {
  createEnvironment,
  type Domain,
  type Environment,
  Orm,
  readDatabaseCatalog,
} from './index.js'

const DATA = process.env.MOULT_TEST_DATA ?? resolve(import.meta.dirname, '../../../../shared/data')

const BACKUPS = [
  { file: 'odoo-15.0-demo.zip', major: 15 },
  { file: 'odoo-16.0-fresh.zip', major: 16 },
] as const

/** Searches with hand-written SQL of the same meaning. */
const SEARCHES: readonly (readonly [model: string, domain: Domain, sql: string])[] = [
  ['res.partner', [], 'SELECT id FROM res_partner WHERE active'],
  [
    'res.partner',
    [['parent_id.country_id.code', '=', 'US']],
    `SELECT p.id FROM res_partner p JOIN res_partner q ON q.id = p.parent_id JOIN res_country c ON c.id = q.country_id
      WHERE p.active AND c.code = 'US'`,
  ],
  [
    'res.partner',
    [['email', 'not ilike', 'example.com']],
    `SELECT id FROM res_partner WHERE active AND (email IS NULL OR email NOT ILIKE '%example.com%')`,
  ],
  [
    'res.partner',
    [['category_id', '=', false]],
    `SELECT id FROM res_partner p WHERE active
        AND NOT EXISTS (SELECT FROM res_partner_res_partner_category_rel r WHERE r.partner_id = p.id)`,
  ],
  [
    'res.partner',
    [['message_ids', '!=', false]],
    `SELECT id FROM res_partner WHERE active AND id IN (SELECT res_id FROM mail_message WHERE model = 'res.partner')`,
  ],
  [
    'res.users',
    [['email', '!=', false]],
    `SELECT u.id FROM res_users u JOIN res_partner p ON p.id = u.partner_id WHERE u.active AND p.email IS NOT NULL`,
  ],
  [
    'product.product',
    [
      ['categ_id', 'child_of', 1],
      ['list_price', '>', 100],
    ],
    `SELECT v.id FROM product_product v JOIN product_template t ON t.id = v.product_tmpl_id
       JOIN product_category c ON c.id = t.categ_id
      WHERE v.active AND t.list_price > 100 AND c.parent_path LIKE '1/%'`,
  ],
  [
    'sale.order',
    ['|', ['order_line.product_uom_qty', '>', 5], ['state', '=', 'draft']],
    `SELECT id FROM sale_order o WHERE state = 'draft'
        OR id IN (SELECT order_id FROM sale_order_line WHERE product_uom_qty > 5)`,
  ],
  [
    'ir.actions.act_window',
    [['res_model', '=', 'res.partner']],
    `SELECT id FROM ir_act_window WHERE res_model = 'res.partner'`,
  ],
]

const folder = await temporaryFolder()
afterAll(() => folder.remove())

describe.each(BACKUPS)('$file', ({ file, major }) => {
  const path = resolve(DATA, file)
  const missing = existsSync(path) ? '' : ` (skipped: ${file} is not in MOULT_TEST_DATA)`

  describe.skipIf(missing !== '')(`records${missing}`, () => {
    let opened: OpenedEngine | undefined

    async function onRecords<T>(
      body: (env: Environment, orm: Orm, session: Session) => Promise<T>,
    ): Promise<T> {
      if (opened === undefined) throw new Error('the engine was not opened')
      return opened.cluster.withSession('real', (session) => {
        const release = releaseOf(major)
        const orm = new Orm(session, readDatabaseCatalog(session, release), { release })
        return body(createEnvironment(orm), orm, session)
      })
    }

    beforeAll(async () => {
      opened = await embeddedOnDisk.open()
      const host = { cluster: opened.cluster, filestoreRoot: folder.path }
      const progress = new Progress()
      await withBackupFile(path, progress, (backup) =>
        restoreDatabase(host, backup, progress, { name: 'real', withoutFilestore: true }),
      )
    })

    afterAll(async () => {
      await opened?.close()
    })

    test.each(SEARCHES)('%s %j finds what the SQL finds', async (model, domain, text) => {
      await onRecords(async (env, _, session) => {
        const { rows } = await session.query<{ id: number }>(raw(text))
        const found = await env(model).search(domain)
        expect([...found.ids].sort((a, b) => a - b)).toEqual(
          rows.map(({ id }) => id).sort((a, b) => a - b),
        )
        expect(rows.length).toBeGreaterThan(0)
      })
    })

    test('delegated parents are found', async () => {
      await onRecords(async (_, orm) => {
        const parents = async (model: string) => [
          ...(await orm.catalog.model(model)).inherits.keys(),
        ]
        expect(await parents('res.users')).toEqual(['res.partner'])
        expect(await parents('product.product')).toEqual(['product.template'])
        expect(await parents('account.payment')).toEqual(['account.move'])
        expect(await parents('ir.cron')).toEqual(['ir.actions.server'])
        expect(await parents('account.payment.method.line')).toEqual([])
        expect(await parents('sale.order.line')).toEqual([])
      })
    })

    test('records read what their tables and properties hold', async () => {
      await onRecords(async (env, _, session) => {
        const products = await env('product.product').searchRead(
          [],
          ['name', 'standard_price', 'list_price'],
          { order: 'id' },
        )
        const name = major >= 16 ? "t.name->>'en_US'" : 't.name'
        const { rows } = await session.query<Row>(
          raw(`
          SELECT v.id, ${name} AS name, p.value_float AS standard_price, t.list_price::float8 AS list_price
            FROM product_product v JOIN product_template t ON t.id = v.product_tmpl_id
            LEFT JOIN ir_property p ON p.res_id = 'product.product,' || v.id AND p.company_id = 1
             AND p.fields_id = (SELECT id FROM ir_model_fields WHERE model = 'product.product' AND name = 'standard_price')
           WHERE v.active ORDER BY v.id`),
        )
        expect(products).toEqual(rows)
      })
    })

    test('every model with a table can be searched and read whole', async () => {
      await onRecords(async (env, orm) => {
        const names = await orm.catalog.names()
        await orm.catalog.load(names)
        let read = 0
        for (const name of names) {
          if ((await orm.catalog.model(name)).table === undefined) continue
          await env(name).searchRead([], undefined, { limit: 3 })
          read += 1
        }
        expect(read).toBeGreaterThan(380)
      })
    }, 300_000)
  })
})
