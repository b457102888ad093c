import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { raw, type SqlValue, sql } from '../../../src/db/index.js'
import { administer, isStorable, runInSuite, SUITE, type Suite } from './suite.js'

const OUT: readonly (readonly [expression: string, value: unknown])[] = [
  ['true', true],
  ['NULL::bool', null],
  ['(-32768)::int2', -32768],
  ['2147483647', 2147483647],
  ['4294967295::oid', 4294967295],
  ['9007199254740991::int8', 9007199254740991],
  ['9007199254740993::int8', 9007199254740993n],
  ['(-9223372036854775808)::int8', -9223372036854775808n],
  ['1.5::float4', 1.5],
  ['0.1::float8', 0.1],
  ["'NaN'::float8", Number.NaN],
  ["'-Infinity'::float8", Number.NEGATIVE_INFINITY],
  ['1234567890123456789.10::numeric', '1234567890123456789.10'],
  ["'NaN'::numeric", 'NaN'],
  ["'é\\ü'::text", 'é\\ü'],
  ["''::varchar", ''],
  [`'a "b"'::name`, 'a "b"'],
  [`'\\x00ff5c'::bytea`, Buffer.from([0x00, 0xff, 0x5c])],
  [`''::bytea`, Buffer.alloc(0)],
  ["'2024-02-29'::date", '2024-02-29'],
  ["'infinity'::date", 'infinity'],
  ["'2024-01-02 03:04:05.678901'::timestamp", '2024-01-02 03:04:05.678901'],
  ["'2024-01-02 03:04:05.678901+02'::timestamptz", '2024-01-02 01:04:05.678901+00'],
  ["'0001-01-01 BC'::timestamp", '0001-01-01 00:00:00 BC'],
  ["'23:59:59.000001'::time", '23:59:59.000001'],
  ["'1 year 2 mons -3 days 04:05:06.789'::interval", '1 year 2 mons -3 days +04:05:06.789'],
  ["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  [`'{"a": [1, null], "b": "c"}'::json`, { a: [1, null], b: 'c' }],
  [`'"text"'::jsonb`, 'text'],
  [`'null'::jsonb`, null],
  ["'192.168.0.0/24'::cidr", '192.168.0.0/24'],
  ['ARRAY[1, NULL, 3]', [1, null, 3]],
  ['ARRAY[9007199254740993, NULL]::int8[]', [9007199254740993n, null]],
  ['ARRAY[true, NULL, false]', [true, null, false]],
  [
    `ARRAY['a,b', '"q"', 'back\\slash', NULL, 'NULL', '', '{}']`,
    ['a,b', '"q"', 'back\\slash', null, 'NULL', '', '{}'],
  ],
  ["ARRAY['x']::varchar[]", ['x']],
  ["ARRAY['x']::char(3)[]", ['x  ']],
  ["ARRAY['x']::name[]", ['x']],
  [
    "ARRAY[ARRAY['a', 'b'], ARRAY['c', NULL]]",
    [
      ['a', 'b'],
      ['c', null],
    ],
  ],
  ["'{}'::text[]", []],
  ["'[0:1]={1,2}'::int[]", [1, 2]],
  ['ARRAY[1.10, NULL]::numeric[]', ['1.10', null]],
  ['ARRAY[1.5]::float8[]', [1.5]],
  ["ARRAY['2024-01-02 03:04:05.000001']::timestamp[]", ['2024-01-02 03:04:05.000001']],
  ["ARRAY['2024-01-02']::date[]", ['2024-01-02']],
  ["ARRAY['1 day']::interval[]", ['1 day']],
  [
    "ARRAY['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']::uuid[]",
    ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  ],
  [`ARRAY['\\x5c00']::bytea[]`, [Buffer.from([0x5c, 0x00])]],
  [`ARRAY['{"a": 1}', NULL]::jsonb[]`, [{ a: 1 }, null]],
  ["ROW(1, 'a')", '(1,a)'],
]

const IN: readonly (readonly [type: string, value: SqlValue, text: string | null])[] = [
  ['bool', true, 'true'],
  ['int4', -7, '-7'],
  ['int8', 9007199254740993n, '9007199254740993'],
  ['float8', Number.NaN, 'NaN'],
  ['float8', 1e-300, '1e-300'],
  ['numeric', '12.30', '12.30'],
  ['text', "o'Brien \\ $1 ; --", "o'Brien \\ $1 ; --"],
  ['text', null, null],
  ['bytea', Uint8Array.of(0, 92, 255), '\\x005cff'],
  ['timestamp', '2024-01-02 03:04:05.678901', '2024-01-02 03:04:05.678901'],
  ['jsonb', '{"a": "b"}', '{"a": "b"}'],
  ['int4[]', [1, null, 3], '{1,NULL,3}'],
  ['int8[]', [9007199254740993n], '{9007199254740993}'],
  ['text[]', ['a,b', '"', '\\', null, 'NULL', ''], '{"a,b","\\"","\\\\",NULL,"NULL",""}'],
  ['text[]', [], '{}'],
  [
    'int4[]',
    [
      [1, 2],
      [3, 4],
    ],
    '{{1,2},{3,4}}',
  ],
  ['bytea[]', [Uint8Array.of(0, 92)], '{"\\\\x005c"}'],
]

/** Values and parameters, one by one and by chance. */
export function valueTests(suite: Suite): void {
  const { engine, cluster, session } = suite
  describe('values', () => {
    it.each(OUT)('gives %s as its JavaScript value', async (expression, value) => {
      const { rows } = await session((db) => db.query(raw(`SELECT ${expression} AS v`)))
      expect(rows).toEqual([{ v: value }])
    })

    it.each(IN)('takes a parameter of type %s: %s', async (type, value, text) => {
      const { rows } = await session((db) =>
        db.query(sql`SELECT ${value}::${raw(type)}::text AS v`),
      )
      expect(rows).toEqual([{ v: text }])
    })

    it('keeps any text, number and bytes', () =>
      session((db) =>
        fc.assert(
          fc.asyncProperty(
            fc.array(fc.string({ unit: 'binary' }).filter(isStorable), { maxLength: 5 }),
            fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
            fc.double(),
            fc.uint8Array(),
            async (texts, big, real, bytes) => {
              const { rows } = await db.query(
                sql`SELECT ${texts}::text[] AS texts, ${big}::int8 AS big, ${real}::float8 AS real, ${bytes}::bytea AS bytes`,
              )
              const [row] = rows
              expect(row?.texts).toEqual(texts)
              expect(BigInt(row?.big as number)).toBe(big)
              // -0 is 0 by the time it is text.
              expect(row?.real).toBe(real + 0)
              expect(Buffer.from(row?.bytes as Buffer)).toEqual(Buffer.from(bytes))
            },
          ),
          { numRuns: 60 },
        ),
      ))

    it('gives the same texts whatever the database has as its defaults', async () => {
      const settings: readonly [string, string][] = [
        ['datestyle', 'German'],
        ['intervalstyle', 'iso_8601'],
        ['timezone', 'Asia/Tokyo'],
        ['bytea_output', 'escape'],
        ['statement_timeout', '1s'],
      ]
      // From another database: the embedded engine reads them when it opens this one.
      const set = settings.map(
        ([name, value]) => `ALTER DATABASE ${SUITE} SET ${name} = '${value}'`,
      )
      await administer(cluster(), ...set)
      try {
        const { rows } = await session((db) =>
          db.query(sql`SELECT '2024-01-02 03:04:05+00'::timestamptz AS at, '1 day'::interval AS span,
                              '\\x41ff'::bytea AS bytes, current_setting('statement_timeout') AS timeout`),
        )
        expect(rows).toEqual([
          {
            at: '2024-01-02 03:04:05+00',
            span: '1 day',
            bytes: Buffer.from([0x41, 0xff]),
            timeout: '0',
          },
        ])
      } finally {
        await runInSuite(
          suite,
          ...settings.map(([name]) => `ALTER DATABASE ${SUITE} RESET ${name}`),
        )
      }
    })

    it('tells its version', async () => {
      const version = await session(async (db) => {
        const { rows } = await db.query(sql`SELECT current_setting('server_version_num')::int AS v`)
        return { said: db.serverVersion, asked: rows[0]?.v, database: db.database }
      })
      expect(version).toEqual({ said: version.asked, asked: version.said, database: SUITE })
      expect(cluster().kind).toBe(engine.kind)
    })
  })
}
