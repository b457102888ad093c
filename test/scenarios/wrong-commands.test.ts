import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testCache } from '../support/engines.js'
import { runMoult, startMoult } from '../support/moult-command.js'

const folder = await mkdtemp(join(tmpdir(), 'moult-wrong-'))
const home = join(folder, 'home')
const good = join(folder, 'good.sql')
const run = (args: readonly string[]) => runMoult({ home, cache: testCache }, args)

beforeAll(async () => {
  await mkdir(home)
  await writeFile(good, 'CREATE TABLE public.t (id integer PRIMARY KEY);\n')
  const outcome = await run(['db', 'restore', good, 'existing', '--json'])
  expect(outcome.exit, outcome.stderr + outcome.stdout).toBe(0)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What is asked for, the exit code, and the code of the error. */
const CASES: readonly [string, readonly string[], number, string][] = [
  ['a file that is not there', ['restore', join(folder, 'no.zip')], 3, 'FILE_NOT_FOUND'],
  ['a folder instead of a file', ['restore', folder, 'wanted'], 3, 'BACKUP_FORMAT_UNKNOWN'],
  ['a name that is taken', ['restore', good, 'existing'], 3, 'DATABASE_EXISTS'],
  ['a name that injects SQL', ['restore', good, 'x"; DROP TABLE t'], 3, 'DATABASE_NAME_INVALID'],
  ['a name that leads elsewhere', ['create', '../../evil'], 3, 'DATABASE_NAME_INVALID'],
  ["PostgreSQL's own name", ['create', 'template1'], 3, 'DATABASE_NAME_INVALID'],
  ['a new name that is invalid', ['rename', 'existing', 'a b'], 3, 'DATABASE_NAME_INVALID'],
  ['a database that is unknown', ['drop', 'nobody', '--yes'], 3, 'DATABASE_UNKNOWN'],
  ['a backup into an existing file', ['backup', 'existing', good], 3, 'FILE_EXISTS'],
  ['a full disk', ['backup', 'existing', '/dev/full', '--format', 'zip'], 3, 'DISK_FULL'],
  ['an unknown format', ['backup', 'existing', join(folder, 'x.rar')], 3, 'BACKUP_FORMAT_UNKNOWN'],
  [
    'pg_dump of the embedded database',
    ['backup', 'existing', join(folder, 'p.sql'), '--dumper', 'pg_dump'],
    3,
    'PG_DUMP_MISSING',
  ],
  ['dropping without confirmation', ['drop', 'existing'], 2, 'CONFIRMATION_NEEDED'],
  [
    'overwriting without confirmation',
    ['restore', good, 'existing', '--overwrite'],
    2,
    'CONFIRMATION_NEEDED',
  ],
  [
    'neutralising what is none of Odoo',
    ['neutralize', 'existing', '--yes'],
    3,
    'NOT_AN_ODOO_DATABASE',
  ],
  [
    'options that contradict each other',
    ['restore', good, 'wanted', '--copy', '--moved'],
    2,
    'CONFLICTING_OPTIONS',
  ],
  [
    'a server that does not answer',
    ['list', '--db_host', '127.0.0.1', '--db_port', '1'],
    3,
    'CONNECTION_FAILED',
  ],
  ['a port that is none', ['list', '--db_port', 'many'], 2, 'INVALID_PORT'],
  [
    'a configuration that is not there',
    ['list', '-c', join(folder, 'odoo.conf')],
    3,
    'CONFIG_UNREADABLE',
  ],
]

describe('a command that cannot be', () => {
  test.each(CASES)('%s is refused with a clear error', async (_, args, exit, code) => {
    const outcome = await run(['db', ...args, '--json'])
    const said = JSON.stringify(outcome.json) + outcome.stderr
    expect(outcome.exit, said).toBe(exit)
    expect(outcome.json.error?.code, said).toBe(code)
    expect(outcome.json.error?.message, said).toMatch(/\w/)
    expect(outcome.json.error?.hint, said).toMatch(/\w/)
  })

  test('all of them left the databases as they were', async () => {
    const outcome = await run(['db', 'list', '--json', '--all'])
    const databases = outcome.json.result as unknown as readonly { readonly name: string }[]
    expect(databases.map((row) => row.name)).toEqual(['existing'])
  })

  test('an unknown command or option ends with 2 and a suggestion', async () => {
    const command = await run(['db', 'restor'])
    expect(command.exit).toBe(2)
    expect(command.stderr).toContain('restore')
    expect((await run(['db', 'list', '--databse', 'x'])).exit).toBe(2)
  })
})

test('who stops reading does not make a command fail', async () => {
  const child = startMoult({ home, cache: testCache }, ['db', 'list', '--json', '--all'])
  child.stdout?.destroy()
  let stderr = ''
  child.stderr?.on('data', (data: Buffer) => {
    stderr += data.toString()
  })
  const exit = await new Promise((done) => child.on('close', done))
  expect(exit, stderr).toBe(0)
})

test('help is there for every command and comes quickly, without loading an engine', async () => {
  const outcome = await run(['db', 'restore', '--help'])
  expect(outcome.exit).toBe(0)
  expect(outcome.stdout).toContain('moult db restore backup.zip acme_test --neutralize')
})
