import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MoultError, Progress } from '../../../src/base/index.js'
import {
  backupDatabase,
  listCheckpoints,
  listDatabases,
} from '../../../src/databases/manager/index.js'
import { sweepLeftovers } from '../../../src/databases/manager/staging.js'
import { id, lit, sql } from '../../../src/db/index.js'
import { nameOfStep } from '../../../src/upgrade/planning/index.js'
import {
  benchEngines,
  quickEngine,
  requestOf,
  say,
  UpgradeBench,
} from '../../support/upgrade-bench.js'
import { ATTACKS, FORGED_COMMENTS } from './attacks.js'

const NAMES = Object.keys(ATTACKS)
const FOLDER = '17.0.2.0'

const quick = await quickEngine()

type Names = Readonly<Record<'OTHER' | 'OWN' | 'ADMIN', string>>

const LANGUAGES: Readonly<Record<string, (statements: readonly string[]) => string>> = {
  sql: (statements) => statements.map((text) => `${text};\n`).join(''),
  py: (statements) =>
    `def migrate(cr, version):\n${statements.map((text) => `    cr.execute(${JSON.stringify(text)})\n`).join('')}`,
}

/** Scripts that first tell their number and then attack. */
function scripts(language: string, names: Names): Readonly<Record<string, string>> {
  const write = LANGUAGES[language] ?? (() => '')
  return Object.fromEntries(
    NAMES.map((name, number) => {
      const attack = (ATTACKS[name]?.sql ?? []).map((text) =>
        text.replaceAll(/\b(OTHER|OWN|ADMIN)\b/g, (word) => names[word as keyof Names]),
      )
      const file = `${FOLDER}/post-${String(number).padStart(2, '0')}.${language}`
      return [file, write([`INSERT INTO log (entry) VALUES ('${number}')`, ...attack])]
    }),
  )
}

describe.each(await benchEngines())('hostile scripts on $name', (engine) => {
  if (engine.unavailable !== undefined) return test.skip(engine.name)
  const bench = new UpgradeBench(engine)

  test.each(Object.keys(LANGUAGES))(
    'in %s neither change the journal nor reach beyond their database',
    async (language) => {
      const other = await bench.database('16.0', {})
      const database = await bench.database('16.0', { a: {} })
      const [admin] = await bench.column(database, 'SELECT current_user')
      const [owner] = await bench.column(database, OWNER)
      const names = { OTHER: other, OWN: database, ADMIN: String(admin) }
      const tree = await bench.tree('17.0', {
        a: { version: '2.0', scripts: scripts(language, names) },
        b: { depends: ['a'], autoInstall: true },
      })
      const next = await bench.tree('18.0', {
        a: { version: '2.0', scripts: { '18.0.2.0/end-last.sql': say('last') } },
        b: { depends: ['a'] },
      })
      const hops = [
        ...requestOf({ to: '17.0', tree }).hops,
        ...requestOf({ to: '18.0', tree: next }).hops,
      ]
      const request = requestOf({ to: '17.0', tree }, { hops, keepGoing: true })
      const { error, findings } = await bench.upgrade(database, request)
      expect(error).toBeUndefined()
      expect(await bench.column(other, LEFT_BEHIND)).toEqual([])

      const failed = findings
        .filter(({ severity, place }) => severity === 'error' && place?.file !== undefined)
        .map(({ place }) => NAMES[Number(/\d+/.exec(basename(place?.file ?? ''))?.[0])])
      expect(failed).toEqual(NAMES.filter((name) => ATTACKS[name]?.passes !== true))
      const passed = NAMES.flatMap((name, at) => (ATTACKS[name]?.passes ? [String(at)] : []))
      expect(await bench.log(database)).toEqual([...passed, 'last'])

      // Every step of both hops is recorded once, as it was planned, and nothing else is.
      const run = await bench.run(database)
      expect(run.status).toBe('done')
      for (const { plan, steps } of run.hops) {
        expect(steps.map(({ name }) => name)).toEqual(plan.steps.map(nameOfStep))
      }
      expect(run.hops).toHaveLength(2)

      expect(
        await bench.column(
          other,
          'SELECT 1 FROM pg_db_role_setting WHERE setdatabase IN (SELECT oid FROM pg_database WHERE datname = current_database())',
        ),
      ).toEqual([])
      expect(await bench.column(database, OWNER)).toEqual([owner])

      // Neither do they reach anybody who looks at the database afterwards, or takes it away.
      await listDatabases(bench.host, new Progress())
      const file = join(bench.host.filestoreRoot, `../${database}.zip`)
      // Either it is written, or views in the place of Odoo's tables are refused.
      await backupDatabase(bench.host, database, new Progress(), { file, format: 'zip' }).catch(
        (error: unknown) => expect(error).toBeInstanceOf(MoultError),
      )
      expect(await bench.column(other, LEFT_BEHIND)).toEqual([])
    },
  )
})

describe('the owner of a database', () => {
  const bench = new UpgradeBench(quick)

  test.each(FORGED_COMMENTS)('cannot say %s of it', async (comment) => {
    const other = await bench.database('16.0', {})
    const database = await bench.database('16.0', {})
    const text = comment.replace('OTHER', other).replace('OWN', database)
    await bench.inside(database, (session) =>
      session.execute(sql`COMMENT ON DATABASE ${id(database)} IS ${lit(text)}`),
    )
    expect(await listCheckpoints(bench.host, other)).toEqual([])
    await sweepLeftovers(bench.host)
    for (const name of [other, database]) {
      expect(await bench.column(name, 'SELECT current_database()')).toEqual([name])
    }
  })
})

const OWNER =
  'SELECT pg_catalog.pg_get_userbyid(datdba) FROM pg_catalog.pg_database WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database()'
const LEFT_BEHIND = `SELECT rolname FROM pg_roles WHERE rolname = 'escaped' OR rolname LIKE 'moult_scripts_%'`
