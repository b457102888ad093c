import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../../test/support/engines.js'
import { fingerprint } from '../../../../test/support/fingerprint.js'
import { temporaryFolder } from '../../../../test/support/temporary-folder.js'
import { type Cluster, firstRow, raw, sql } from '../../../db/index.js'
import { createWorkshop, WORKSHOP_COUNTS } from '../index.js'

const folder = await temporaryFolder()
afterAll(() => folder.remove())
const cluster = useEngine(embeddedInMemory)

async function made(within: Cluster, name: string) {
  await within.withSession(within.maintenanceDatabase, (session) =>
    session.execute(raw(`CREATE DATABASE ${name}`)),
  )
  return within.withSession(name, async (session) => {
    await createWorkshop(session, join(folder.path, name))
    return fingerprint(session)
  })
}

test('the workshop is the same every time', { timeout: 120_000 }, async () => {
  const [one, two] = [await made(cluster(), 'one'), await made(cluster(), 'two')]
  expect(two).toEqual(one)
  expect(Object.keys(one.rows).length).toBeGreaterThan(40)
  const { jobs, jobLines, bookings, stampCards } = WORKSHOP_COUNTS
  expect(
    ['workshop_job', 'workshop_job_line', 'workshop_booking', 'workshop_stamp_card'].map((table) =>
      Number(one.rows[table]?.split(' ')[0]),
    ),
  ).toEqual([jobs, jobLines, bookings, stampCards])
})

test('models, fields and external ids tell what the tables are', async () => {
  const found = await cluster().withSession('one', (session) =>
    firstRow(
      session,
      sql`SELECT (SELECT relation FROM ir_model_fields WHERE model = 'workshop.job' AND name = 'customer_id') AS relation,
                 (SELECT ttype FROM ir_model_fields WHERE model = 'workshop.job' AND name = 'state') AS state,
                 (SELECT translate FROM ir_model_fields WHERE model = 'workshop.service' AND name = 'name') AS translated,
                 (SELECT related FROM ir_model_fields WHERE model = 'res.users' AND name = 'email') AS delegated,
                 (SELECT module FROM ir_model_data WHERE name = 'field_workshop_booking__pickup_ids') AS module,
                 (SELECT count(*)::int FROM ir_model_data d WHERE model = 'ir.model.fields'
                     AND NOT EXISTS (SELECT FROM ir_model_fields f WHERE f.id = d.res_id)) AS lost`,
    ),
  )
  expect(found).toEqual({
    relation: 'res.partner',
    state: 'selection',
    translated: true,
    delegated: 'partner_id.email',
    module: 'workshop_pickup',
    lost: 0,
  })
})
