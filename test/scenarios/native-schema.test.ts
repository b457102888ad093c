import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Emitter, Progress } from '../../src/base/index.js'
import { restoreDatabase, withBackupFile } from '../../src/databases/manager/index.js'
import { raw } from '../../src/db/index.js'
import {
  type RunEvents,
  type UpgradeReport,
  upgradeDatabase,
} from '../../src/upgrade/runner/index.js'
import { managedEngines, type OpenedEngine, testCache } from '../support/engines.js'
import { demoRequest, material, missingMaterial } from '../support/openupgrade-material.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'

const truth = join(material.archive, '..', 'odoo-16.0-openupgraded.zip')
const ready = missingMaterial.length === 0 && existsSync(truth)
const engine = ready
  ? (await managedEngines()).find(({ unavailable }) => unavailable === undefined)
  : undefined

/** PostgreSQL prints casts and parentheses of a definition otherwise once it was dumped and restored. */
const PRINTED_OTHERWISE =
  /::(character varying|timestamp without time zone|double precision|[a-z_]+)(\(\d+\))?(\[\])?|[()\s]/g

/** What the two databases are compared by: lines of text. */
const SCHEMA = {
  columns: `SELECT concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                   col_description(c.oid, a.attnum)) AS line
              FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
               AND NOT a.attisdropped`,
  constraints: `SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid),
                       obj_description(oid)) AS line
                  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'u', 'p')`,
  indexes: `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public'`,
  views: `SELECT concat_ws(' ', viewname, definition) AS line
            FROM pg_views WHERE schemaname = 'public'`,
} as const

const REFLECTION = {
  models: `SELECT concat_ws(' ', model, name, "order", md5(info), state, transient, is_mail_thread,
                  is_mail_activity, is_mail_blacklist) AS line FROM ir_model`,
  fields: `SELECT concat_ws(' ', f.model, f.name, field_description, help, ttype, relation, relation_field,
                  f.state, index, store, copied, on_delete, related, readonly, required, selectable, size,
                  translate, relation_table, column1, column2, tracking) AS line
             FROM ir_model_fields f`,
  selections: `SELECT concat_ws(' ', f.model, f.name, s.value, s.name, s.sequence) AS line
                 FROM ir_model_fields_selection s JOIN ir_model_fields f ON f.id = s.field_id`,
  constraints: `SELECT concat_ws(' ', c.name, m.name, o.model, c.type, c.definition, c.message) AS line
                  FROM ir_model_constraint c JOIN ir_module_module m ON m.id = c.module
                  JOIN ir_model o ON o.id = c.model`,
  relations: `SELECT concat_ws(' ', c.name, m.name, o.model) AS line FROM ir_model_relation c
                JOIN ir_module_module m ON m.id = c.module JOIN ir_model o ON o.id = c.model`,
  'xml ids': `SELECT concat_ws(' ', module, name, model, noupdate) AS line
                FROM ir_model_data WHERE model ~ '^ir\\.model'  AND model <> 'ir.model.access'`,
} as const

/** What only cleaning up removes: constraints that no model has any longer. */
const CLEANED_UP = [
  'account_analytic_distribution_check_percentage',
  'product_product_barcode_uniq',
  'product_template_service_to_purchase',
]

describe.skipIf(engine === undefined)(
  'schema and reflection of 15.0 → 16.0 (MOULT_TEST_ODOO16, MOULT_TEST_OPENUPGRADE16)',
  () => {
    let opened: OpenedEngine
    let folder: TemporaryFolder
    let report: UpgradeReport

    beforeAll(async () => {
      if (engine === undefined) return
      opened = await engine.open()
      folder = await temporaryFolder()
      const host = { cluster: opened.cluster, filestoreRoot: folder.path }
      const progress = new Progress()
      for (const [name, archive] of [
        ['demo', material.archive],
        ['truth', truth],
      ] as const) {
        await withBackupFile(archive, progress, (backup) =>
          restoreDatabase(host, backup, progress, { name, whereabouts: 'moved' }),
        )
      }
      const setup = { host, progress, events: new Emitter<RunEvents>(), cache: testCache }
      report = await upgradeDatabase(setup, 'demo', demoRequest({ loader: 'native' }))
    }, 600_000)

    afterAll(async () => {
      await opened?.close()
      await folder?.remove()
    })

    /** Lines of the reference that are missing, and lines that are too many. */
    const compare = async (query: string) => {
      const of = (database: string) =>
        opened.cluster.withSession(database, async (session) => {
          const { rows } = await session.query<{ line: string }>(raw(query))
          return new Set(rows.map(({ line }) => line.replace(PRINTED_OTHERWISE, '')))
        })
      const [wanted, made] = [await of('truth'), await of('demo')]
      return {
        missing: [...wanted].filter((line) => !made.has(line)),
        extra: [...made].filter((line) => !wanted.has(line)),
      }
    }

    test.each(Object.entries(SCHEMA))('%s are those of the reference', async (_, query) => {
      const { missing, extra } = await compare(query)
      expect(missing).toEqual([])
      expect(extra.filter((line) => !CLEANED_UP.some((name) => line.includes(name)))).toEqual([])
    })

    test.each(Object.entries(REFLECTION))('of reflected %s none is missing', async (_, query) => {
      expect((await compare(query)).missing).toEqual([])
    })

    test('all but a few values are known without Python', () => {
      const deferred = report.findings.filter(({ code }) => code === 'VALUE_DEFERRED')
      expect(deferred.map(({ data }) => `${data?.kind} ${data?.model}.${data?.field}`)).toEqual([
        'default account.analytic.plan.color',
        'compute stock.move.quantity_done',
      ])
    })
  },
)
