import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { CommandBench, commandEngines } from '../../support/command-bench.js'
import { fingerprint } from '../../support/fingerprint.js'

/** The two ways in which Odoo's manual writes its example of a script. */
const EXCLAMATIONS = {
  sql: `import logging

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    cr.execute("UPDATE res_partner SET name = name || '!'")
    _logger.info("Updated %s partners", cr.rowcount)
`,
  records: `import logging
from odoo.upgrade import util

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    env = util.env(cr)

    partners = env["res.partner"].search([])
    for partner in partners:
        partner.name += "!"

    _logger.info("Updated %s partners", len(partners))
`,
}
const NAMES = 'SELECT name FROM res_partner ORDER BY id'
const BEFORE = ['Agrolait', 'Azure Interior', 'Deco Addict']
const AFTER = BEFORE.map((name) => `${name}!`)

/** Several commands in one test, each with an engine that starts. */
const SLOW = 180_000
const engines = await commandEngines()
const quick = engines.at(-1) ?? 'embedded'

describe.each(engines)('moult upgrade on the %s engine', { timeout: SLOW }, (engine) => {
  // The embedded engine starts with every command: there the essential is enough.
  const testOnQuick = test.runIf(engine === quick)
  const bench = new CommandBench(engine)
  const partner = { awesome_partner: { version: '17.0.1.1' } }

  async function sources(variant: keyof typeof EXCLAMATIONS): Promise<string> {
    const odoo = await bench.tree('odoo-17.0', '17.0', {})
    const own = await bench.addons(`custom-${variant}`, {
      awesome_partner: {
        version: '17.0.2.0',
        scripts: { '17.0.2.0/pre-exclamation.py': EXCLAMATIONS[variant] },
      },
    })
    return `${odoo},${own}`
  }

  test.each(engine === quick ? (['sql', 'records'] as const) : (['records'] as const))(
    "runs pre-exclamation.py of Odoo's manual (%s) on a copy, and the original stays as it was",
    async (variant) => {
      const source = await bench.database(`awesome_${variant}`, '17.0', partner)
      const before = await bench.inside(source, fingerprint)
      const { exit, stdout, stderr } = await bench.run(
        ...['upgrade', source, '-u', 'awesome_partner'],
        ...['--addons-path', await sources(variant), '--log-format', 'odoo'],
      )
      expect(exit, stderr).toBe(0)
      const copy = `${source}_17`
      expect(stdout).toContain(
        `"${copy}" has the scripts and the module list of Odoo 17.0; the modules`,
      )
      expect(stderr).toContain('17.0 → 17.0: 1 module, 1 script')
      expect(stderr).toContain(`Working on a copy, "${copy}"; ${source} stays as it is.`)
      const lines = stderr.split('\n')
      expect(lines).toContainEqual(
        expect.stringMatching(
          /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ INFO \S+ odoo\.modules\.migration: module awesome_partner: Running migration \[>17\.0\.2\.0\] pre-exclamation $/,
        ),
      )
      expect(lines).toContainEqual(expect.stringMatching(/ INFO \S+ \S+: Updated 3 partners $/))
      expect(
        await bench.column(
          copy,
          `(${NAMES}) UNION ALL SELECT latest_version FROM ir_module_module WHERE name = 'awesome_partner'`,
        ),
      ).toEqual([...AFTER, '17.0.2.0'])
      expect(await bench.inside(source, fingerprint)).toEqual(before)
    },
  )

  test('reads a backup file, writes one with -o that restores, and leaves the file alone', async () => {
    const source = await bench.database('to_backup', '17.0', partner)
    const [file, output] = [bench.path('in.zip'), bench.path('out.zip')]
    expect((await bench.run('db', 'backup', source, file)).exit).toBe(0)
    const before = await readFile(file)
    const path = await sources('sql')
    const { exit, json, stderr } = await bench.run(
      ...['upgrade', file, '-u', 'awesome_partner', '--addons-path', path, '-o', output],
      ...['--into', 'from_file', '--json'],
    )
    expect(exit, stderr + JSON.stringify(json)).toBe(0)
    expect(json.result).toMatchObject({ database: 'from_file', from: '17.0', to: '17.0', output })
    expect(await readFile(file)).toEqual(before)
    const restored = await bench.run('db', 'restore', output, 'restored', '--moved', '--json')
    expect(restored.exit, restored.stderr).toBe(0)
    expect(await bench.column('restored', NAMES)).toEqual(AFTER)
  })

  testOnQuick('changes the database itself only with --in-place', async () => {
    const source = await bench.database('in_place', '17.0', partner)
    const { exit, stderr } = await bench.run(
      ...['upgrade', source, '-u', 'awesome_partner', '--in-place'],
      ...['--addons-path', await sources('sql')],
    )
    expect(exit, stderr).toBe(0)
    expect(stderr).not.toContain('Working on a copy')
    expect(await bench.column(source, NAMES)).toEqual(AFTER)
    expect(
      await bench.column(
        source,
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'moult_scripts_%'",
      ),
    ).toEqual([])
  })
})

describe('an upgrade that cannot be', () => {
  const bench = new CommandBench(quick)
  let made = false

  /** Everything that the cases below name. */
  async function ready() {
    if (made) return
    made = true
    await bench.tree('odoo-17.0', '17.0', {})
    await bench.tree('odoo-16.0', '16.0', {})
    await bench.database('acme', '17.0', { a: {} })
    await bench.database('acme_17', '17.0', {})
    await bench.database('both', '17.0', {})
    await bench.database('no_odoo', '17.0', {}, 'DROP TABLE ir_module_module CASCADE')
    await writeFile(bench.path('both'), 'x')
    await mkdir(bench.path('empty'))
    await writeFile(bench.path('plain.sql'), 'CREATE TABLE public.t (id integer PRIMARY KEY);\n')
  }

  const WITH_17 = ['--addons-path', 'odoo-17.0']

  test.each<[string, readonly string[], number, string, RegExp]>([
    ['no source', [], 2, 'SOURCE_MISSING', /backup\.zip/],
    ['two sources', ['acme', '-d', 'other'], 2, 'SOURCE_AMBIGUOUS', /once/],
    [
      'a file that is a database too',
      ['both', ...WITH_17, '-u', 'a'],
      2,
      'SOURCE_AMBIGUOUS',
      /\.\/both/,
    ],
    ['an unknown database', ['nobody', ...WITH_17], 3, 'DATABASE_UNKNOWN', /db list/],
    ['a file that is not there', ['no.zip', ...WITH_17], 3, 'FILE_NOT_FOUND', /\w/],
    [
      'a database that is none of Odoo',
      ['no_odoo', ...WITH_17],
      3,
      'NOT_AN_ODOO_DATABASE',
      /ir_module_module/,
    ],
    [
      'a backup that is none of Odoo',
      ['plain.sql', ...WITH_17],
      3,
      'NOT_AN_ODOO_DATABASE',
      /ir_module_module/,
    ],
    ['the same release without -u', ['acme', ...WITH_17], 2, 'NOTHING_TO_UPGRADE', /-u all/],
    ['an older release', ['acme', '--addons-path', 'odoo-16.0'], 2, 'DOWNGRADE_REFUSED', /newer/],
    ['an older release by name', ['acme', '--to', '16.0'], 2, 'DOWNGRADE_REFUSED', /newer/],
    ['what is no release', ['acme', '--to', 'latest'], 2, 'RELEASE_INVALID', /16\.0/],
    [
      'a release without sources',
      ['acme', '--to', '18.0'],
      2,
      'RELEASE_SOURCE_UNKNOWN',
      /moult sources add 18\.0/,
    ],
    [
      'an addons path that holds no module',
      ['acme', '--addons-path', 'empty', '-u', 'a'],
      2,
      'ADDONS_PATH_INVALID',
      /\w/,
    ],
    [
      'a name that is taken',
      ['acme', ...WITH_17, '-u', 'a', '--into', 'both'],
      3,
      'DATABASE_EXISTS',
      /\w/,
    ],
    ['a default name that is taken', ['acme', ...WITH_17, '-u', 'a'], 3, 'DATABASE_EXISTS', /\w/],
    ['a file in place', ['plain.sql', '--in-place', ...WITH_17], 2, 'FILE_NOT_IN_PLACE', /-o/],
    [
      '-i of an installed module (scenario 54)',
      ['acme', ...WITH_17, '-i', 'a', '-u', 'base'],
      3,
      'INIT_OF_INSTALLED_MODULE',
      /--force-init/,
    ],
  ])('%s is refused', async (_, args, exit, code, hint) => {
    await ready()
    const outcome = await bench.run('upgrade', ...args, '--json')
    const said = outcome.stdout + outcome.stderr
    expect(outcome.json.error?.code, said).toBe(code)
    expect(outcome.exit, said).toBe(exit)
    expect(outcome.json.error?.hint, said).toMatch(hint)
  })

  test('all of them left the databases as they were', async () => {
    await ready()
    expect(await bench.names()).toEqual(['acme', 'acme_17', 'both', 'no_odoo'])
    expect(
      await bench.column('acme', "SELECT 1 FROM pg_namespace WHERE nspname = 'moult'"),
    ).toEqual([])
  })
})
