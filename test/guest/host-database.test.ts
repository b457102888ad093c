import { beforeAll, describe, expect, test } from 'vitest'
import { raw, type Session } from '../../src/db/index.js'
import { sqlOperations } from '../../src/scripts/hosts/index.js'
import { administer } from '../support/database-suite/suite.js'
import { embeddedInMemory, useEngine } from '../support/engines.js'
import { answer, interpreters, type RunOptions, type ScriptRun, useHost } from './host-support.js'

const DATABASE = 'host'

describe.each(interpreters())('scripts on a database in $name', (interpreter) => {
  describe.skipIf(interpreter.unavailable !== undefined)('', () => {
    const cluster = useEngine(embeddedInMemory)
    const { run } = useHost(interpreter)
    const fourteen = useHost(interpreter, { release: '14.0' })

    beforeAll(() => administer(cluster(), `CREATE DATABASE ${DATABASE}`))

    /** Runs a script in a savepoint of a transaction, as an upgrade does, then `check`. */
    async function inStep(
      source: string,
      options: RunOptions & { host?: typeof run; check?: (session: Session) => Promise<void> } = {},
    ): Promise<ScriptRun> {
      return cluster().withSession(DATABASE, (session) =>
        session.transaction(async () => {
          await session.execute(raw('CREATE TEMP TABLE thing (id int PRIMARY KEY, name text)'))
          await session.execute(raw('SAVEPOINT step'))
          const operations = {
            ...sqlOperations({
              session,
              commit: async () => {},
              rollback: () => session.execute(raw('ROLLBACK TO SAVEPOINT step')),
            }),
            'helper.names': async () => answer([]),
          }
          const done = await (options.host ?? run)(source, {
            ...options,
            operations: { ...operations, ...options.operations },
          })
          if (done.error !== undefined) await session.execute(raw('ROLLBACK TO SAVEPOINT step'))
          await options.check?.(session)
          await session.execute(raw('DROP TABLE thing'))
          return done
        }),
      )
    }

    const DECORATED = (decorator: string): string => `from openupgradelib import openupgrade
import moultg
@openupgrade.migrate${decorator}
def migrate(env, version):
    moultg.call("tell", hasattr(env, "cr"), version)
`
    const decorators = [
      ['()', '15.0.1.0', [true, '15.0.1.0']],
      ['(use_env=True)', '15.0.1.0', [true, '15.0.1.0']],
      ['(use_env=False)', '15.0.1.0', [false, '15.0.1.0']],
      ['()', '', []],
      ['(no_version=True)', '', [true, '']],
    ] as const
    test.each(decorators)(
      'item 28: @openupgrade.migrate%s with version %j',
      async (text, version, told) => {
        const done = await inStep(DECORATED(text), { installedVersion: version })
        expect(done.error).toBeUndefined()
        expect(done.told).toEqual(told)
      },
    )

    test('item 28: the decorator logs module, stage and version', async () => {
      const { logs } = await inStep(DECORATED('()'), { module: 'sale', phase: 'post' })
      expect(logs.map(({ text }) => text)).toContain(
        'sale: post-migration script called with version 15.0.1.0',
      )
    })

    test('item 29: an undecorated script makes its own environment', async () => {
      const done = await inStep(`from odoo import SUPERUSER_ID, api
import moultg
def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.cr.execute("SELECT 40 + 2")
    moultg.call("tell", env.cr.fetchone()[0])
`)
      expect(done.error).toBeUndefined()
      expect(done.told).toEqual([42])
    })

    test('item 29: 14.0 manages environments', async () => {
      const done = await inStep(
        `from odoo import SUPERUSER_ID, api
import moultg
def migrate(cr, version):
    with api.Environment.manage():
        env = api.Environment(cr, SUPERUSER_ID, {})
        moultg.call("tell", env.uid)
`,
        { host: fourteen.run },
      )
      expect(done.error).toBeUndefined()
      expect(done.told).toEqual([1])
    })

    test('item 30: openerp is odoo, and openupgradelib is found without installing it', async () => {
      const done = await inStep(`import openerp
from openerp import api, SUPERUSER_ID
from openerp.tools import sql
import moultg, subprocess, sys
def probe():
    try:
        __import__("openupgradelib")
        return "found"
    except ImportError:
        subprocess.check_call([sys.executable, "-m", "pip", "install", "openupgradelib"])
def migrate(cr, version):
    import odoo
    moultg.call("tell", probe(), api is odoo.api)
`)
      expect(done.error).toBeUndefined()
      expect(done.told).toEqual(['found', true])
    })

    test('a failure has PostgreSQL’s message with its line, and nothing stays', async () => {
      const done = await inStep(
        `def migrate(cr, version):
    cr.execute("INSERT INTO thing VALUES (1, 'a')")
    cr.execute("SELECT nonsense\\nFROM thing")
`,
        {
          check: async (session) => {
            expect((await session.query(raw('SELECT * FROM thing'))).count).toBe(0)
          },
        },
      )
      expect(done.error?.code).toBe('SCRIPT_FAILED')
      expect(done.error?.data.sqlState).toBe('42703')
      expect(done.error?.message).toContain('LINE 1: SELECT nonsense')
      expect(done.error?.place?.line).toBe(3)
      expect(done.error?.cause).toMatchObject({ code: 'DATABASE_ERROR' })
    })

    test('an error inside a savepoint of the script can be caught', async () => {
      const done = await inStep(
        `import moultg, psycopg2
def migrate(cr, version):
    cr.execute("INSERT INTO thing VALUES (1, 'a')")
    try:
        with cr.savepoint():
            cr.execute("INSERT INTO thing VALUES (1, 'b')")
    except psycopg2.IntegrityError as error:
        moultg.call("tell", type(error).__name__, error.pgcode)
    cr.execute("SELECT count(*) FROM thing")
    moultg.call("tell", cr.fetchone()[0])
`,
      )
      expect(done.error).toBeUndefined()
      expect(done.told).toEqual(['UniqueViolation', '23505', 1])
    })

    test('rows keep what JavaScript cannot hold', async () => {
      const done = await inStep(
        `import moultg
def migrate(cr, version):
    cr.execute("SELECT 9007199254740993::int8, '{1,NULL}'::int[], true, '2020-01-02'::date, '{\\"a\\": 1}'::jsonb")
    row = cr.fetchone()
    moultg.call("tell", str(row[0]), repr(row[1:]))
`,
      )
      expect(done.told).toEqual([
        '9007199254740993',
        "([1, None], True, datetime.date(2020, 1, 2), {'a': 1})",
      ])
    })

    test('a script that is stopped between statements leaves the session usable', async () => {
      const done = await inStep(
        `def migrate(cr, version):
    while True:
        cr.execute("INSERT INTO thing VALUES ((SELECT coalesce(max(id), 0) + 1 FROM thing), 'x')")
`,
        {
          limits: { seconds: 0.5 },
          check: async (session) => {
            expect((await session.query(raw('SELECT * FROM thing'))).count).toBe(0)
          },
        },
      )
      expect(done.error?.code).toBe('SCRIPT_TIMEOUT')
    })
  })
})
