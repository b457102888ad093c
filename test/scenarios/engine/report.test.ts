import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CommandBench, commandEngines } from '../../support/command-bench.js'

const engines = await commandEngines()
const quick = engines.at(-1) ?? 'embedded'

describe.each(engines)(
  'the report of an upgrade on the %s engine',
  { timeout: 180_000 },
  (engine) => {
    const testOnQuick = test.runIf(engine === quick)
    const bench = new CommandBench(engine)

    async function upgraded(): Promise<{ readonly name: string; readonly page: string }> {
      const source = await bench.database('told', '17.0', {
        awesome_partner: { version: '17.0.1.1' },
      })
      const odoo = await bench.tree('odoo-17.0', '17.0', {})
      const own = await bench.addons('custom', {
        awesome_partner: {
          version: '17.0.2.0',
          scripts: {
            '17.0.2.0/pre-<b>.sql': `UPDATE res_partner SET name = name || '!';
            ALTER TABLE res_partner ADD COLUMN mood varchar;
            CREATE TABLE res_partner_mood (id serial PRIMARY KEY)`,
          },
        },
      })
      const page = join(own, 'report.html')
      const { exit, stderr } = await bench.run(
        ...['upgrade', source, '-u', 'awesome_partner', '--addons-path', `${odoo},${own}`],
        ...['--report', page],
      )
      expect(exit, stderr).toBe(0)
      return { name: `${source}_17`, page }
    }

    test('tells scripts, rows, tables and columns, as data and as a page', async () => {
      const { name, page } = await upgraded()
      const { stdout } = await bench.run('report', name, '--json')
      const { result } = JSON.parse(stdout)
      expect(result).toMatchObject({ database: name, status: 'done', to: '17.0' })
      const [hop] = result.hops
      expect(hop.modules).toMatchObject([
        { module: 'awesome_partner', scripts: [{ statements: 3, rows: 3 }] },
      ])
      const partners = { fate: 'kept', updated: 3, newColumns: ['mood character varying'] }
      expect(hop.tables).toContainEqual(
        expect.objectContaining({ table: 'res_partner', ...partners }),
      )
      expect(hop.tables).toContainEqual(
        expect.objectContaining({ table: 'res_partner_mood', fate: 'new' }),
      )
      const html = await readFile(page, 'utf8')
      expect(html).toContain('awesome_partner')
      expect(html).toContain('mood character varying')
      expect(html).not.toContain('<b>.sql')
    })

    testOnQuick('is refused before anything is done where its name says no format', async () => {
      const source = await bench.database('untold', '17.0', {})
      const { exit, stderr } = await bench.run('upgrade', source, '--report', 'report.pdf')
      expect(exit).toBe(2)
      expect(stderr).toContain('REPORT_FORMAT_UNKNOWN')
    })

    testOnQuick('of a database without an upgrade is refused', async () => {
      const source = await bench.database('unchanged', '17.0', {})
      const { exit, stderr } = await bench.run('report', source)
      expect(exit).toBe(2)
      expect(stderr).toContain('RUN_UNKNOWN')
    })
  },
)
