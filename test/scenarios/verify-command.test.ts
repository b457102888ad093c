import { afterEach, expect, test } from 'vitest'
import {
  type FakeOdoo,
  type FakeOptions,
  Fault,
  PASSWORD,
  startFakeOdoo,
} from '../../src/verify/fixtures/fake-odoo.js'
import { testCache } from '../support/engines.js'
import { runMoult } from '../support/moult-command.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'

let server: FakeOdoo | undefined
let folder: TemporaryFolder | undefined
afterEach(async () => {
  await server?.close()
  await folder?.remove()
})

async function run(options: FakeOptions, ...args: readonly string[]) {
  folder = await temporaryFolder()
  server = await startFakeOdoo(options)
  const place = { home: folder.path, cache: testCache }
  return runMoult(place, ['verify', '--odoo', server.url, ...args])
}

test('a server that works: exit code 0, counts by what was checked', async () => {
  const { exit, stdout } = await run({ major: 16 }, '--password', PASSWORD)
  expect(exit).toBe(0)
  expect(stdout).toContain('checks passed, 0 failed, 0 skipped.')
  expect(stdout).toMatch(/^ {2}views +5$/m)
})

test('a server that fails: exit code 1, each failure with menu, model and message', async () => {
  const answer: FakeOptions['answer'] = ({ method }) => {
    if (method === 'read_group') throw new Fault('psycopg2.errors.UndefinedColumn', 'column x')
    return undefined
  }
  const { exit, stdout } = await run({ major: 18, answer }, '--password', PASSWORD)
  expect(exit).toBe(1)
  expect(stdout).toContain(
    'Sales › Orders: cells of the graph view of x.order: psycopg2.errors.UndefinedColumn: column x',
  )
})

test('nobody to log in: exit code 3, also as JSON', async () => {
  const wrong = await run({ major: 15 }, '--password', 'wrong', '--json')
  expect(wrong).toMatchObject({ exit: 3, json: { error: { code: 'ODOO_LOGIN_FAILED' } } })
})

test('without a password and a terminal it is a wrong command line', async () => {
  expect(await run({ major: 15 }, '--json')).toMatchObject({
    exit: 2,
    json: { error: { code: 'PASSWORD_NEEDED' } },
  })
})
