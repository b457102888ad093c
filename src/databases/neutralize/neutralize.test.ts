import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../test/support/engines.js'
import { temporaryFolder } from '../../../test/support/temporary-folder.js'
import { raw, type Session, sql } from '../../db/index.js'
import { createExample } from '../example/index.js'
import { neutralize } from './neutralize.js'

const folder = await temporaryFolder()
afterAll(() => folder.remove())

describe('neutralising a database', () => {
  const cluster = useEngine(embeddedInMemory)
  const inDatabase = <T>(body: (session: Session) => Promise<T>): Promise<T> =>
    cluster().withSession('postgres', body)

  beforeEach(() =>
    inDatabase(async (session) => {
      await session.execute(raw('DROP SCHEMA public CASCADE; CREATE SCHEMA public'))
      await session.execute(raw('CREATE EXTENSION pg_trgm SCHEMA public'))
      await createExample(session, join(folder.path, 'files'))
    }),
  )

  test('stops mails, jobs and payments, and says so', async () => {
    const found = await inDatabase(async (session) => {
      await neutralize(session)
      const { rows } = await session.query(sql`
        SELECT (SELECT count(*) FROM ir_cron WHERE active) AS jobs,
               (SELECT string_agg(name, ',') FROM ir_mail_server WHERE active) AS servers,
               (SELECT count(*) FROM fetchmail_server WHERE active) AS incoming,
               (SELECT count(*) FROM mail_template WHERE mail_server_id IS NOT NULL) AS templates,
               (SELECT string_agg(state, ',') FROM payment_provider) AS payments,
               (SELECT stripe_secret_key FROM payment_provider) AS key,
               (SELECT value FROM ir_config_parameter WHERE key = 'database.is_neutralized') AS flag`)
      return rows[0]
    })
    expect(found).toEqual({
      jobs: 1,
      servers: 'neutralization - disable emails',
      incoming: 0,
      templates: 0,
      payments: 'disabled',
      key: null,
      flag: 'true',
    })
  })

  test('twice changes nothing more, and lists what still looks like a credential', async () => {
    const second = await inDatabase(async (session) => {
      await neutralize(session)
      return neutralize(session)
    })
    expect(second.modules.map(({ rows }) => rows)).toEqual([0, 0, 0])
    expect(second.credentials).toContainEqual({
      table: 'ir_mail_server',
      column: 'smtp_pass',
      rows: 1,
    })
    expect(second.findings.map(({ code }) => code)).toEqual(['CREDENTIALS_LEFT'])
  })

  test("takes a module's own file where a source tree is given, and everything is undone when it fails", async () => {
    const file = join(folder.path, 'addons', 'sale', 'data', 'neutralize.sql')
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(join(file, '..', '..', '__manifest__.py'), '{}')
    await writeFile(
      file,
      "UPDATE sale_order SET state = 'draft'; UPDATE res_users SET active = false",
    )
    const addonsPath = [join(folder.path, 'addons')]
    const report = await inDatabase((session) => neutralize(session, { addonsPath }))
    expect(report.modules).toContainEqual({
      module: 'sale',
      source: 'release',
      statements: 1,
      rows: undefined,
    })

    await writeFile(file, 'UPDATE nowhere SET x = 1')
    await inDatabase((session) => session.execute(raw('UPDATE ir_cron SET active = true')))
    await expect(
      inDatabase((session) => neutralize(session, { addonsPath })),
    ).rejects.toMatchObject({
      code: 'NEUTRALIZE_FAILED',
      place: { file },
    })
    const { rows } = await inDatabase((session) =>
      session.query(sql`SELECT count(*) AS jobs FROM ir_cron WHERE active`),
    )
    expect(rows).toEqual([{ jobs: 8 }])
  })

  test('refuses a database that is none of Odoo', async () => {
    await inDatabase((session) => session.execute(raw('DROP TABLE ir_module_module')))
    await expect(inDatabase((session) => neutralize(session))).rejects.toMatchObject({
      code: 'NOT_AN_ODOO_DATABASE',
    })
  })
})
