import { afterEach, describe, expect, test } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../test/support/engines.js'
import { type Finding, Findings } from '../../base/index.js'
import { raw, type Session } from '../../db/index.js'
import { BEFORE_BASE, type SmallModules, smallRelease } from './fixtures/small-release.js'
import type { Guest, LoaderFact, LoaderScope, NativeLoader } from './index.js'
import { openNativeLoader } from './index.js'

const SHOP = [
  'class Shop(models.Model):',
  "    _name = 'shop'",
  "    _description = 'Shop'",
  '    name = fields.Char(required=True)',
  "    kind = fields.Selection([('a', 'First'), ('b c', 'Second')], default='a')",
  '    rank = fields.Integer(index=True)',
  "    user_id = fields.Many2one('res.users', ondelete='restrict')",
  "    tag_ids = fields.Many2many('shop.tag')",
  "    _sql_constraints = [('rank_positive', 'CHECK (rank > 0)', 'No ranks below one.')]",
  'class Tag(models.Model):',
  "    _name = 'shop.tag'",
  "    _description = 'Tag'",
  '    name = fields.Char()',
] as const

/** Rolls a test's transaction back. */
class Done extends Error {}

interface Run {
  readonly loader: NativeLoader
  readonly findings: Finding[]
  readonly facts: LoaderFact[]
  readonly scope: LoaderScope
}

describe('the native loader', () => {
  const cluster = useEngine(embeddedInMemory)
  const cleanUps: (() => Promise<void>)[] = []

  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp()
  })

  /** Runs `body` where the tables of an older release are, and undoes everything. */
  async function inDatabase(
    more: string,
    body: (session: Session) => Promise<void>,
  ): Promise<void> {
    await cluster().withSession(cluster().maintenanceDatabase, async (session) => {
      const undone = session.transaction(async () => {
        await session.execute(raw(`${BEFORE_BASE}\n${more}`))
        await body(session)
        throw new Done()
      })
      await undone.catch((error: unknown) => {
        if (!(error instanceof Done)) throw error
      })
    })
  }

  async function open(
    session: Session,
    modules: SmallModules,
    { parity = false, guest }: { readonly parity?: boolean; readonly guest?: Guest } = {},
  ): Promise<Run> {
    const { source, remove } = await smallRelease(modules)
    cleanUps.push(remove)
    const loader = await openNativeLoader({
      source,
      findings: new Findings(),
      parity,
      ...(guest !== undefined && { guest }),
    })
    const findings: Finding[] = []
    const facts: LoaderFact[] = []
    const scope: LoaderScope = {
      session,
      signal: new AbortController().signal,
      addFinding: (finding) => findings.push(finding),
      keep: (fact) => facts.push(fact),
    }
    return { loader, findings, facts, scope }
  }

  async function loadAll(run: Run, modules: readonly string[]): Promise<void> {
    await run.loader.begin(run.scope)
    for (const module of modules) await run.loader.load({ module, isNew: false }, run.scope)
    await run.loader.settle(run.scope)
    await run.loader.finish(run.scope)
  }

  const rows = async (session: Session, text: string) => (await session.query(raw(text))).rows

  test('makes tables with their constraints, indexes, foreign keys and relation tables', () =>
    inDatabase('', async (session) => {
      const run = await open(session, { shop: SHOP })
      await loadAll(run, ['base', 'shop'])
      expect(run.findings).toEqual([])
      expect(
        await rows(
          session,
          `SELECT conname, pg_get_constraintdef(oid) AS definition, obj_description(oid) AS comment
             FROM pg_constraint WHERE conrelid IN ('shop'::regclass, 'shop_shop_tag_rel'::regclass)
              AND conname !~ '_(create|write)_uid_' AND contype <> 'n' ORDER BY conname`,
        ),
      ).toEqual([
        { conname: 'shop_pkey', definition: 'PRIMARY KEY (id)', comment: null },
        {
          conname: 'shop_rank_positive',
          definition: 'CHECK ((rank > 0))',
          comment: 'CHECK (rank > 0)',
        },
        {
          conname: 'shop_shop_tag_rel_pkey',
          definition: 'PRIMARY KEY (shop_id, shop_tag_id)',
          comment: null,
        },
        {
          conname: 'shop_shop_tag_rel_shop_id_fkey',
          definition: 'FOREIGN KEY (shop_id) REFERENCES shop(id) ON DELETE CASCADE',
          comment: null,
        },
        {
          conname: 'shop_shop_tag_rel_shop_tag_id_fkey',
          definition: 'FOREIGN KEY (shop_tag_id) REFERENCES shop_tag(id) ON DELETE CASCADE',
          comment: null,
        },
        {
          conname: 'shop_user_id_fkey',
          definition: 'FOREIGN KEY (user_id) REFERENCES res_users(id) ON DELETE RESTRICT',
          comment: null,
        },
      ])
      expect(
        await rows(
          session,
          `SELECT indexname FROM pg_indexes WHERE indexname ~ '^shop.*_(index|idx)$' ORDER BY 1`,
        ),
      ).toEqual([
        { indexname: 'shop_rank_index' },
        { indexname: 'shop_shop_tag_rel_shop_tag_id_shop_id_idx' },
      ])
    }))

  test('reflects models with their external identifiers', () =>
    inDatabase('', async (session) => {
      const run = await open(session, { shop: SHOP })
      await loadAll(run, ['base', 'shop'])
      expect(await rows(session, `SELECT name, info FROM ir_model WHERE model = 'shop'`)).toEqual([
        { name: { en_US: 'Shop' }, info: ' Main super-class. ' },
      ])
      expect(
        await rows(
          session,
          `SELECT d.name, s.sequence FROM ir_model_data d JOIN ir_model_fields_selection s ON s.id = d.res_id
            WHERE d.model = 'ir.model.fields.selection' AND d.module = 'shop' ORDER BY 2`,
        ),
      ).toEqual([
        { name: 'selection__shop__kind__a', sequence: 0 },
        { name: 'selection__shop__kind__b_c', sequence: 1 },
      ])
      expect(
        await rows(
          session,
          `SELECT name, type FROM ir_model_constraint WHERE name ~ '^shop_(rank|user)' ORDER BY name`,
        ),
      ).toEqual([
        { name: 'shop_rank_positive', type: 'u' },
        { name: 'shop_user_id_fkey', type: 'f' },
      ])
      expect(run.loader.hop.xmlIds.has('shop.constraint_shop_rank_positive')).toBe(true)
      expect(run.loader.hop.xmlIds.has('shop.field_shop_tag__name')).toBe(true)
    }))

  test('changes nothing when everything is as the release wants it', () =>
    inDatabase('', async (session) => {
      await loadAll(await open(session, { shop: SHOP }), ['base', 'shop'])
      const state = () =>
        rows(
          session,
          `SELECT (SELECT array_agg(xmin::text ORDER BY id) FROM ir_model_fields) AS fields,
                  (SELECT array_agg(oid ORDER BY oid) FROM pg_constraint) AS constraints`,
        )
      const before = await state()
      await loadAll(await open(session, { shop: SHOP }), ['base', 'shop'])
      expect(await state()).toEqual(before)
    }))

  test('keeps values of columns that change their type, and what is required', () =>
    inDatabase(
      `CREATE TABLE shop (id serial PRIMARY KEY, name varchar NOT NULL, rank int4, old varchar NOT NULL);
       INSERT INTO shop (name, rank, old) VALUES ('A', 1, 'x');
       CREATE VIEW mine AS SELECT name FROM shop;`,
      async (session) => {
        const shop = [...SHOP].map((line) =>
          line.includes('name = fields.Char(required=True)')
            ? '    name = fields.Char(required=True, translate=True)'
            : line,
        )
        const run = await open(session, { shop })
        await loadAll(run, ['base', 'shop'])
        expect(await rows(session, 'SELECT name, kind FROM shop')).toEqual([
          { name: { en_US: 'A' }, kind: 'a' },
        ])
        expect(await rows(session, 'SELECT name FROM mine')).toEqual([{ name: { en_US: 'A' } }])
        expect(
          await rows(
            session,
            `SELECT attname FROM pg_attribute
              WHERE attrelid = 'shop'::regclass AND attnotnull AND attnum > 0 ORDER BY attnum`,
          ),
        ).toEqual([{ attname: 'id' }, { attname: 'name' }])
      },
    ))

  test('with parity a converted column stays nullable, and views are gone', () =>
    inDatabase(
      `CREATE TABLE shop_tag (id serial PRIMARY KEY, name varchar NOT NULL);
       CREATE VIEW mine AS SELECT name FROM shop_tag;`,
      async (session) => {
        const shop = [
          ...['class Tag(models.Model):', "    _name = 'shop.tag'", "    _description = 'Tag'"],
          '    name = fields.Char(required=True, translate=True)',
        ]
        await loadAll(await open(session, { shop }, { parity: true }), ['base', 'shop'])
        expect(
          await rows(
            session,
            `SELECT attnotnull, to_regclass('mine') AS mine FROM pg_attribute
              WHERE attrelid = 'shop_tag'::regclass AND attname = 'name'`,
          ),
        ).toEqual([{ attnotnull: false, mine: null }])
      },
    ))

  test('tells what rows stand against, at the end', () =>
    inDatabase(
      `CREATE TABLE shop (id serial PRIMARY KEY, name varchar, rank int4, user_id int4);
       INSERT INTO shop (name, rank, user_id) VALUES (NULL, 0, 99), ('B', 1, NULL);`,
      async (session) => {
        const run = await open(session, { shop: SHOP })
        await loadAll(run, ['base', 'shop'])
        expect(run.findings.map(({ code, data }) => [code, data?.rows])).toEqual([
          ['CONSTRAINT_NOT_ADDED', undefined],
          ['NOT_NULL_NOT_SET', 1],
          ['FOREIGN_KEY_NOT_ADDED', 1],
        ])
      },
    ))

  test('tries again at the end what a script has mended, in another process as well', () =>
    inDatabase(
      `CREATE TABLE shop (id serial PRIMARY KEY, name varchar, rank int4, user_id int4);
       INSERT INTO shop (name, rank, user_id) VALUES (NULL, 0, 99);`,
      async (session) => {
        const first = await open(session, { shop: SHOP })
        await first.loader.begin(first.scope)
        const turns = ['base', 'shop'].map((module) => ({ module, isNew: false }))
        for (const turn of turns) await first.loader.load(turn, first.scope)
        await session.execute(raw(`UPDATE shop SET name = 'A', rank = 1, user_id = NULL`))
        const second = await open(session, { shop: SHOP })
        const facts = JSON.parse(JSON.stringify(first.facts))
        second.loader.resume({ turns, settled: false, facts })
        await second.loader.settle(second.scope)
        await second.loader.finish(second.scope)
        expect(second.findings).toEqual([])
        expect([...second.loader.hop.registry.models.keys()]).toContain('shop.tag')
        expect(second.loader.hop.xmlIds.size).toBe(first.loader.hop.xmlIds.size)
        expect(
          await rows(
            session,
            `SELECT count(*) AS n FROM pg_constraint WHERE conname IN ('shop_rank_positive', 'shop_user_id_fkey')`,
          ),
        ).toEqual([{ n: 2 }])
      },
    ))

  test('leaves fields translated until all modules are loaded', () =>
    inDatabase(
      `CREATE TABLE shop_tag (id serial PRIMARY KEY, name varchar);
       INSERT INTO shop_tag (name) VALUES ('A');
       INSERT INTO ir_model (model, name) VALUES ('shop.tag', 'Tag');
       INSERT INTO ir_model_fields (model, name, model_id, field_description, ttype, state, translate)
       VALUES ('shop.tag', 'name', 1, 'Name', 'char', 'base', true);`,
      async (session) => {
        const run = await open(session, { shop: SHOP })
        const seen = () => rows(session, 'SELECT name, pg_typeof(name)::text AS type FROM shop_tag')
        await run.loader.begin(run.scope)
        await run.loader.load({ module: 'base', isNew: false }, run.scope)
        await run.loader.load({ module: 'shop', isNew: false }, run.scope)
        expect(await seen()).toEqual([{ name: { en_US: 'A' }, type: 'jsonb' }])
        await run.loader.settle(run.scope)
        expect(await seen()).toEqual([{ name: 'A', type: 'character varying' }])
        expect(
          await rows(
            session,
            `SELECT translate FROM ir_model_fields WHERE model = 'shop.tag' AND name = 'name'`,
          ),
        ).toEqual([{ translate: false }])
      },
    ))

  test('makes views that models put together, and asks the guest for what it cannot', () =>
    inDatabase('', async (session) => {
      const extra = [
        'class Report(models.Model):',
        "    _name = 'shop.report'",
        "    _description = 'Report'",
        '    _auto = False',
        '    name = fields.Char()',
        '    def _select(self):',
        "        return 'id, name'",
        '    def init(self):',
        '        tools.drop_view_if_exists(self._cr, self._table)',
        '        self._cr.execute("CREATE VIEW %s AS SELECT %s FROM shop" % (self._table, self._select()))',
        'class Users(models.Model):',
        "    _inherit = 'res.users'",
        '    mark = fields.Char(compute="_compute_mark", store=True)',
        '    def init(self):',
        '        for user in self.search([]):',
        '            user.mark = 1',
      ]
      const asked: unknown[] = []
      const note = (what: string) => async (module: string, about: unknown) => {
        asked.push([what, module, about])
      }
      const guest: Guest = {
        autoInit: note('autoInit'),
        init: note('init'),
        initColumns: note('initColumns'),
        compute: note('compute'),
        defaults: async () => [],
        runHook: async () => {},
        callFunction: async () => {},
      }
      const run = await open(session, { shop: SHOP, extra }, { guest })
      await loadAll(run, ['base', 'shop', 'extra'])
      expect(await rows(session, `SELECT pg_get_viewdef('shop_report'::regclass) AS view`)).toEqual(
        [{ view: expect.stringContaining('FROM shop') }],
      )
      expect(asked).toEqual([
        ['init', 'extra', ['res.users']],
        ['compute', 'extra', [{ model: 'res.users', field: 'mark' }]],
      ])
      const alone = await open(session, { shop: SHOP, extra })
      await session.execute(raw('ALTER TABLE res_users DROP COLUMN mark'))
      await loadAll(alone, ['base', 'shop', 'extra'])
      expect(alone.findings.map(({ code, data }) => [code, data?.kind, data?.rows])).toEqual([
        ['VALUE_DEFERRED', 'init', null],
        ['VALUE_DEFERRED', 'compute', 1],
      ])
    }))

  test('refuses a module that is not on the addons path', () =>
    inDatabase('', async (session) => {
      const run = await open(session, {})
      await run.loader.begin(run.scope)
      await expect(
        run.loader.load({ module: 'gone', isNew: false }, run.scope),
      ).rejects.toMatchObject({ code: 'MODULE_VANISHED' })
    }))
})
