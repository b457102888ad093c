import { afterEach, describe, expect, test } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../../test/support/engines.js'
import { type Finding, Findings } from '../../../base/index.js'
import { raw, type Session } from '../../../db/index.js'
import { BEFORE_BASE, smallRelease } from '../fixtures/small-release.js'
import { openNativeLoader } from '../index.js'

const SHOP = [
  'class Shop(models.Model):',
  "    _name = 'shop'",
  "    _description = 'Shop'",
  '    name = fields.Char(required=True, translate=True)',
  "    kind = fields.Selection([('a', 'First'), ('b', 'Second')], default='a')",
  '    rank = fields.Integer()',
  '    active = fields.Boolean(default=True)',
  "    parent_id = fields.Many2one('shop')",
  "    tag_ids = fields.Many2many('shop.tag')",
  "    line_ids = fields.One2many('shop.line', 'shop_id')",
  'class Tag(models.Model):',
  "    _name = 'shop.tag'",
  "    _description = 'Tag'",
  '    name = fields.Char()',
  'class Line(models.Model):',
  "    _name = 'shop.line'",
  "    _description = 'Line'",
  '    name = fields.Char(required=True)',
  "    shop_id = fields.Many2one('shop', required=True, ondelete='cascade')",
] as const

const FIRST = `<odoo>
  <record id="tag_a" model="shop.tag"><field name="name">A</field></record>
  <record id="one" model="shop">
    <field name="name">One</field>
    <field name="rank" eval="2 + 3"/>
    <field name="tag_ids" eval="[(6, 0, [ref('tag_a')])]"/>
    <field name="line_ids" eval="[(5, 0, 0), (0, 0, {'name': 'L1'}), Command.create({'name': 'L2'})]"/>
  </record>
  <record id="two" model="shop">
    <field name="name">Two</field>
    <field name="parent_id" ref="one"/>
  </record>
  <data noupdate="1">
    <record id="mine" model="shop"><field name="name">From the file</field></record>
  </data>
</odoo>`
const TAGS = 'id,name\ntag_b,B\ntag_c,C\n'

/** Rolls a test's transaction back. */
class Done extends Error {}

describe('records of data files', () => {
  const cluster = useEngine(embeddedInMemory)
  const cleanUps: (() => Promise<void>)[] = []

  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp()
  })

  /** Loads a small release on a database on which `before` was run; `isNew` says which modules are installed. */
  async function load(
    data: Readonly<Record<string, string>>,
    before: string,
    isNew: boolean,
    look: (session: Session, findings: readonly Finding[]) => Promise<void>,
  ): Promise<void> {
    const release = await smallRelease({ shop: SHOP }, '16.0', { shop: data })
    cleanUps.push(() => release.remove())
    const findings: Finding[] = []
    const work = async (session: Session): Promise<void> => {
      await session.execute(raw(BEFORE_BASE))
      const scope = {
        session,
        signal: new AbortController().signal,
        addFinding: (finding: Finding) => void findings.push(finding),
        keep: () => {},
      }
      const given = { source: release.source, findings: new Findings(), parity: true }
      const loader = await openNativeLoader(given)
      await loader.begin(scope)
      await loader.load({ module: 'base', isNew: false }, scope)
      if (before !== '') {
        await loader.load({ module: 'shop', isNew: true }, scope)
        await session.execute(raw(before))
        const again = await openNativeLoader(given)
        await again.begin(scope)
        for (const module of ['base', 'shop']) await again.load({ module, isNew }, scope)
        await again.finish(scope)
      } else {
        await loader.load({ module: 'shop', isNew }, scope)
        await loader.finish(scope)
      }
      await look(session, findings)
      throw new Done()
    }
    const body = (session: Session) => session.transaction(() => work(session))
    await cluster()
      .withSession(cluster().maintenanceDatabase, body)
      .catch((error: unknown) => {
        if (!(error instanceof Done)) throw error
      })
  }

  const shops = async (session: Session) =>
    (
      await session.query(
        raw(`
      SELECT d.name AS x, s.name ->> 'en_US' AS name, s.kind, s.rank, s.active, p.name ->> 'en_US' AS parent
        FROM shop s LEFT JOIN shop p ON p.id = s.parent_id
        LEFT JOIN ir_model_data d ON d.model = 'shop' AND d.res_id = s.id ORDER BY s.id`),
      )
    ).rows

  test('are created with defaults, references, links and lines, in the order of the file', async () => {
    await load(
      { 'data/first.xml': FIRST, 'data/shop.tag.csv': TAGS },
      '',
      true,
      async (session, findings) => {
        expect(findings).toEqual([])
        expect(await shops(session)).toEqual([
          { x: 'one', name: 'One', kind: 'a', rank: 5, active: true, parent: null },
          { x: 'two', name: 'Two', kind: 'a', rank: null, active: true, parent: 'One' },
          { x: 'mine', name: 'From the file', kind: 'a', rank: null, active: true, parent: null },
        ])
        const lines = await session.query(raw('SELECT name FROM shop_line ORDER BY id'))
        expect(lines.rows).toEqual([{ name: 'L1' }, { name: 'L2' }])
        const tags = await session.query(raw('SELECT name FROM shop_tag ORDER BY id'))
        expect(tags.rows).toEqual([{ name: 'A' }, { name: 'B' }, { name: 'C' }])
        const links = await session.query(raw('SELECT count(*) AS n FROM shop_shop_tag_rel'))
        expect(links.rows).toEqual([{ n: 1 }])
      },
    )
  })

  test('are written again but for those that are guarded; what was deleted comes back', async () => {
    const before = `
      UPDATE shop SET name = '{"en_US": "Changed", "fr_FR": "Un"}', active = false WHERE name ->> 'en_US' = 'One';
      UPDATE shop SET name = '{"en_US": "Kept"}' WHERE name ->> 'en_US' = 'From the file';
      DELETE FROM shop WHERE name ->> 'en_US' = 'Two'`
    await load({ 'data/first.xml': FIRST }, before, false, async (session, findings) => {
      expect(findings).toEqual([])
      const found = await shops(session)
      expect(found.map(({ x, name, active }) => [x, name, active])).toEqual([
        ['one', 'One', false],
        ['mine', 'Kept', true],
        ['two', 'Two', true],
      ])
      const french = await session.query(
        raw(`SELECT name ->> 'fr_FR' AS fr FROM shop ORDER BY id LIMIT 1`),
      )
      expect(french.rows).toEqual([{ fr: 'Un' }])
      const lines = await session.query(raw('SELECT name FROM shop_line ORDER BY id'))
      expect(lines.rows).toEqual([{ name: 'L1' }, { name: 'L2' }])
    })
  })

  test('go when no file names them any more, unless they are guarded', async () => {
    const before = `
      INSERT INTO shop_tag (name) VALUES ('old'), ('guarded');
      INSERT INTO ir_model_data (module, name, model, res_id, noupdate)
      SELECT 'shop', 'tag_' || name, 'shop.tag', id, name = 'guarded' FROM shop_tag WHERE name IN ('old', 'guarded')`
    await load({ 'data/first.xml': FIRST }, before, false, async (session, findings) => {
      const tags = await session.query(raw('SELECT name FROM shop_tag ORDER BY id'))
      expect(tags.rows).toEqual([{ name: 'A' }, { name: 'guarded' }])
      const told = findings.filter(({ code }) => code === 'RECORDS_REMOVED')
      expect(told.map(({ data }) => data)).toEqual([
        { model: 'shop.tag', count: 1, xmlIds: ['shop.tag_old'] },
      ])
    })
  })

  test('that PostgreSQL refuses are told, and the others are there', async () => {
    const file = `<odoo>
      <record id="bad" model="shop"><field name="rank">1</field></record>
      <record id="good" model="shop"><field name="name">Good</field></record>
      <record id="lost" model="shop"><field name="name">Lost</field><field name="parent_id" ref="nowhere"/></record>
    </odoo>`
    await load({ 'data/first.xml': file }, '', true, async (session, findings) => {
      expect((await shops(session)).map(({ name }) => name)).toEqual(['Good'])
      expect(findings.map(({ code }) => code).sort()).toEqual([
        'RECORDS_REFUSED',
        'RECORD_REFERENCE_MISSING',
      ])
    })
  })
})
