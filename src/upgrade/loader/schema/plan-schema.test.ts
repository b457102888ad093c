import { describe, expect, test } from 'vitest'
import { loadRegistry } from '../../../../test/support/load-registry.js'
import { parseRelease } from '../../../odoo/release/index.js'
import type { LiveColumn, LiveSchema, LiveTable } from './live-schema.js'
import { planSchema } from './plan-schema.js'
import type { SchemaPlan } from './schema-plan.js'
import { schemaRules } from './schema-rules.js'

const INT: LiveColumn = { type: 'int4', size: undefined, notNull: false }
const TEXT: LiveColumn = { type: 'varchar', size: undefined, notNull: false }
const ID: LiveColumn = { ...INT, notNull: true }

interface Given {
  readonly columns: Readonly<Record<string, LiveColumn>>
  readonly indexes?: Readonly<Record<string, string>>
  readonly constraints?: Readonly<Record<string, string>>
  readonly hasTrigram?: boolean
  readonly major?: number
  readonly parity?: boolean
}

/** Plans a model `shop` without log columns on a table that is there. */
async function plan(body: readonly string[], given: Given): Promise<SchemaPlan> {
  const { major = 16, parity = false } = given
  const shop = [
    ...['from odoo import fields, models', 'class Shop(models.Model):', "    _name = 'shop'"],
    ...['    _log_access = False', ...body.map((line) => `    ${line}`), ''],
  ]
  const { registry } = await loadRegistry({ 'shop/__init__.py': shop.join('\n') }, { major })
  const release = parseRelease(`${major}.0`)
  const model = registry.models.get('shop')
  if (release === undefined || model === undefined) throw new Error('no model')
  const table: LiveTable = {
    kind: 'table',
    columns: new Map(Object.entries({ id: ID, ...given.columns })),
    constraints: new Map(Object.entries(given.constraints ?? {})),
    foreignKeys: new Map(),
    children: [],
  }
  const live: LiveSchema = {
    tables: new Map([
      ['shop', table],
      ['res_users', { ...table, columns: new Map([['id', ID]]) }],
    ]),
    indexes: new Map(Object.entries(given.indexes ?? {})),
    hasTrigram: given.hasTrigram ?? false,
    unaccent: 'missing',
  }
  return planSchema({
    models: [model],
    registry: registry.models,
    live,
    rules: schemaRules(release),
    ownInitColumns: new Map(),
    parity,
  })
}

const texts = (statements: readonly { readonly text: string }[]) =>
  statements.map(({ text }) => text)

describe('the plan of a schema', () => {
  test('a column with a constant default is filled without writing rows', async () => {
    const { structure, fills } = await plan(['a = fields.Integer("Number", default=3)'], {
      columns: {},
    })
    expect(texts(structure)).toEqual([
      'ALTER TABLE "shop" ADD COLUMN "a" int4 DEFAULT 3',
      'ALTER TABLE "shop" ALTER COLUMN "a" DROP DEFAULT',
      `COMMENT ON COLUMN "shop"."a" IS 'Number'`,
    ])
    expect(fills).toEqual([])
  })

  test('columns that nobody has may be empty from now on', async () => {
    const { structure } = await plan(['a = fields.Integer()'], {
      columns: { a: INT, old: { ...TEXT, notNull: true } },
    })
    expect(texts(structure)).toEqual(['ALTER TABLE "shop" ALTER COLUMN "old" DROP NOT NULL'])
  })

  test('what becomes required gets its default, and then NOT NULL', async () => {
    const { fills, notNulls } = await plan(['a = fields.Integer(required=True, default=3)'], {
      columns: { a: INT },
    })
    expect(texts(fills).map((text) => text.trim())).toEqual([
      'UPDATE "shop" SET "a" = 3 WHERE "a" IS NULL',
    ])
    expect(notNulls.map(({ name }) => name)).toEqual(['a'])
  })

  test('a text that is translated now becomes jsonb, and loses its index', async () => {
    const { structure, converted } = await plan(['a = fields.Char(translate=True)'], {
      columns: { a: TEXT },
      indexes: { shop_a_index: 'shop' },
    })
    expect(converted).toEqual([{ table: 'shop', column: 'a' }])
    expect(texts(structure)).toEqual([
      'DROP INDEX "shop_a_index"',
      `ALTER TABLE "shop" ALTER COLUMN "a" DROP DEFAULT, ALTER COLUMN "a" TYPE jsonb USING CASE WHEN "a" IS NOT NULL THEN jsonb_build_object('en_US', "a"::varchar) END`,
    ])
  })

  test.each([
    [false, ['a']],
    [true, []],
  ])('a conversion gives NOT NULL back, but not with parity (%s)', async (parity, expected) => {
    const { notNulls } = await plan(['a = fields.Char(translate=True, required=True)'], {
      columns: { a: { ...TEXT, notNull: true } },
      parity,
    })
    expect(notNulls.map(({ name }) => name)).toEqual(expected)
  })

  test('15 moves a column of another type out of the way', async () => {
    const { structure } = await plan(['a = fields.Integer()'], {
      columns: { a: TEXT, a_moved0: TEXT },
      major: 15,
    })
    expect(texts(structure).slice(0, 2)).toEqual([
      'ALTER TABLE "shop" RENAME COLUMN "a" TO "a_moved1"',
      'ALTER TABLE "shop" ADD COLUMN "a" int4',
    ])
  })

  test.each([
    ['Char(size=8)', 4, ['ALTER COLUMN "a" TYPE varchar(8)']],
    ['Char(size=2)', 4, []],
    ['Char()', 4, ['ALTER COLUMN "a" TYPE']],
    ["Selection([('a', 'A')])", 4, []],
  ])('%s over varchar(%i)', async (field, size, expected) => {
    const { structure } = await plan([`a = fields.${field}`], { columns: { a: { ...TEXT, size } } })
    const text = texts(structure).join(';')
    expect(text === '' ? [] : [text]).toEqual(expected.map((part) => expect.stringContaining(part)))
  })

  test.each([
    ['index=True', 16, false, 'btree ("a")'],
    ["index='btree_not_null'", 16, false, 'btree ("a") WHERE "a" IS NOT NULL'],
    ["index='trigram'", 16, true, 'gin ("a" gin_trgm_ops)'],
    ["index='trigram'", 16, false, undefined],
    [
      "index='trigram', translate=True",
      16,
      true,
      `gin ((jsonb_path_query_array("a", '$.*')::text) gin_trgm_ops)`,
    ],
    ['index=True, translate=True', 16, false, undefined],
  ])('a field with %s', async (args, major, hasTrigram, expected) => {
    const type = args.includes('translate') ? { ...TEXT, type: 'jsonb' } : TEXT
    const { indexes } = await plan([`a = fields.Char(${args})`], {
      ...{ columns: { a: type }, major, hasTrigram },
    })
    expect(texts(indexes.map(({ statement }) => statement))).toEqual(
      expected === undefined ? [] : [`CREATE INDEX "shop_a_index" ON "shop" USING ${expected}`],
    )
  })

  test.each([
    [false, ['ALTER INDEX "shop_a_index" RENAME TO "shop__a_index"'], 0],
    [true, [], 1],
  ])(
    '17 takes up old names of indexes, but not with parity (%s)',
    async (parity, renamed, made) => {
      const { structure, indexes } = await plan(['a = fields.Integer(index=True)'], {
        ...{ columns: { a: INT }, indexes: { shop_a_index: 'shop' }, major: 17, parity },
      })
      expect(texts(structure)).toEqual(renamed)
      expect(indexes).toHaveLength(made)
    },
  )

  test('a constraint is made anew when its declaration changes, and only then', async () => {
    const body = (definition: string) => [
      'a = fields.Integer()',
      `_sql_constraints = [('a_uniq', '${definition}', 'No.')]`,
    ]
    const given = { columns: { a: INT }, constraints: { shop_a_uniq: 'unique(a)' } }
    expect((await plan(body('unique(a)'), given)).constraints).toEqual([])
    const { constraints } = await plan(body('unique (a)'), given)
    expect(constraints.map(({ statement }) => statement.text.replace(/\s+/g, ' '))).toEqual([
      'ALTER TABLE "shop" DROP CONSTRAINT "shop_a_uniq"; ALTER TABLE "shop" ADD CONSTRAINT "shop_a_uniq" unique (a); ' +
        `COMMENT ON CONSTRAINT "shop_a_uniq" ON "shop" IS 'unique (a)'`,
    ])
  })

  test('a related column of two steps is filled by a join; longer ones need the ORM', async () => {
    const { fills, unfilled } = await plan(
      [
        "user_id = fields.Many2one('res.users')",
        "a = fields.Char(related='user_id.name', store=True)",
        "b = fields.Char(compute='_b', store=True)",
      ],
      { columns: { user_id: INT } },
    )
    expect(texts(fills).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      'UPDATE "shop" AS x SET "a" = "y"."name" FROM "res_users" AS y WHERE "x"."user_id" = y.id',
    ])
    expect(unfilled).toMatchObject([{ column: 'b', kind: 'compute' }])
  })
})
