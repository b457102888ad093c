import { afterEach, describe, expect, test } from 'vitest'
import { Findings } from '../../../base/index.js'
import { Registry } from '../../../odoo/registry/index.js'
import { loadPythonBodyReader } from '../../../text/index.js'
import { smallRelease } from '../fixtures/small-release.js'
import { Unreadable } from './code-value.js'
import { Asks, type FactRow, Facts } from './facts.js'
import { followMethod } from './follow-method.js'
import { MethodLibrary } from './method-library.js'

const cleanUps: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

/** Answers questions by what stands in them. */
class KnownFacts extends Facts {
  readonly #known: Readonly<Record<string, readonly FactRow[]>>

  constructor(known: Readonly<Record<string, readonly FactRow[]>>) {
    super()
    this.#known = known
  }

  override rows(query: string): readonly FactRow[] {
    const found = Object.entries(this.#known).find(([part]) => query.includes(part))
    if (found === undefined) throw new Asks(query)
    return found[1]
  }
}

/** Follows a method of model `shop`. */
async function follow(
  method: string,
  body: readonly string[],
  known: Readonly<Record<string, readonly FactRow[]>> = {},
  extra: readonly string[] = [],
) {
  const shop = [
    ...['LIMIT = 5', 'class Shop(models.Model):', "    _name = 'shop'", '    name = fields.Char()'],
    ...["    _key = 'name'", ...body.map((line) => `    ${line}`)],
  ]
  const { source, remove } = await smallRelease({ shop, extra })
  cleanUps.push(remove)
  const registry = new Registry(source.release, new Findings())
  for (const name of source.order) {
    const models = source.modules.get(name)
    if (models !== undefined) registry.load(models)
  }
  const model = registry.models.get('shop')
  if (model === undefined) throw new Error('no model')
  const library = new MethodLibrary(await loadPythonBodyReader(), source.tree)
  const facts = new KnownFacts(known)
  return followMethod(method, { model, registry: registry.models, library, facts })
}

describe('methods that models have for their schema', () => {
  test('put texts together, with constants of their files', async () => {
    const { after, before } = await follow('init', [
      'def init(self):',
      '    query = f"SELECT {self._key} FROM {self._table}"',
      "    query += ' LIMIT %s' % LIMIT",
      "    self.env.cr.execute('CREATE VIEW %s AS (%s)', ('x', query))",
    ])
    expect([...before, ...after]).toEqual(["CREATE VIEW 'x' AS ('SELECT name FROM shop LIMIT 5')"])
  })

  test('are extended by super(), in the order of inheritance', async () => {
    const { before } = await follow(
      'init',
      [
        'def _columns(self):',
        "    return ['id']",
        'def init(self):',
        "    self._cr.execute('SELECT 1 AS found FROM shop')",
        '    if not self._cr.fetchone():',
        `        self._cr.execute("VALUES ('{}')".format(', '.join(self._columns())))`,
      ],
      { 'found FROM shop': [] },
      [
        'class Shop(models.Model):',
        "    _inherit = 'shop'",
        '    def _columns(self):',
        "        return super()._columns() + ['name']",
      ],
    )
    expect(before).toEqual(["VALUES ('id, name')"])
  })

  test.each([
    [[{ found: 1 }], { before: [], after: [] }],
    [
      [],
      { before: ['ALTER TABLE "shop" ADD COLUMN "a" int4', 'UPDATE shop SET a = 1'], after: [] },
    ],
  ])('do something before the ORM does (%j)', async (rows, expected) => {
    const followed = follow(
      '_auto_init',
      [
        'def _auto_init(self):',
        '    """ Too slow otherwise """',
        "    if not column_exists(self.env.cr, 'shop', 'a'):",
        "        create_column(self.env.cr, 'shop', 'a', 'int4')",
        "        self.env.cr.execute('UPDATE shop SET a = 1')",
        '    return super()._auto_init()',
      ],
      { 'information_schema.columns': rows },
    )
    expect(await followed).toEqual(expected)
  })

  test('make indexes behind it', async () => {
    const followed = await follow(
      '_auto_init',
      [
        'def _auto_init(self):',
        '    res = super(Shop, self)._auto_init()',
        "    tools.create_index(self._cr, 'shop_idx', self._table, ['name', 'id desc'])",
        '    return res',
      ],
      { pg_indexes: [] },
    )
    expect(followed.after).toEqual([
      'CREATE INDEX IF NOT EXISTS "shop_idx" ON "shop" USING btree (name, id desc)',
    ])
  })

  test('list the fields of the merged model', async () => {
    const { before } = await follow('init', [
      'def init(self):',
      "    names = ','.join('e.%s' % name for name, f in self._fields.items() if f.store and f.type == 'char')",
      "    self._cr.execute('SET x TO %s' % names)",
    ])
    expect(before).toEqual(['SET x TO e.name'])
  })

  test.each([
    ['a search', ['for r in self.search([]):', '    r.unlink()']],
    ['an unknown function', ['frobnicate(self.env.cr)']],
    ['try', ['try:', '    pass', 'except E:', '    pass']],
    ['a column that the ORM computes', ['self.env.cr.execute(self.name)']],
  ])('cannot be followed through %s', async (_, lines) => {
    const body = ['def init(self):', ...lines.map((line) => `    ${line}`)]
    await expect(follow('init', body)).rejects.toBeInstanceOf(Unreadable)
  })

  test('foresee what they ask the catalogue, and nothing else', () => {
    const facts = new Facts()
    const ask = (): void => {
      facts.catalogRows('SELECT 1 FROM pg_indexes')
      facts.catalogRows('SELECT 2 FROM pg_indexes')
      facts.rows('SELECT 3 FROM shop')
    }
    expect(facts.foresee(ask)).toEqual(['SELECT 1 FROM pg_indexes', 'SELECT 2 FROM pg_indexes'])
    expect(ask).toThrow(Asks)
  })

  test('ask what they do not know', async () => {
    const body = ['def init(self):', "    drop_view_if_exists(self._cr, 'x')"]
    await expect(follow('init', body)).rejects.toMatchObject({
      query: expect.stringContaining("relname = 'x'"),
    })
  })
})
