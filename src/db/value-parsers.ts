import { createRequire } from 'node:module'

type Parse = (text: string) => unknown

// pg-types is a CommonJS package whose types describe an older export shape.
const pgTypes = createRequire(import.meta.url)('pg-types') as {
  getTypeParser(oid: number, format: 'text'): Parse
  arrayParser: { create(source: string, parse: Parse): { parse(): unknown } }
}

const OID = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  jsonb: 3802,
} as const

const asText: Parse = (text) => text

const arrayOf =
  (parse: Parse): Parse =>
  (text) =>
    pgTypes.arrayParser.create(text, parse).parse()

function parseInt8(text: string): number | bigint {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}

const parseJson: Parse = (text) => JSON.parse(text)

/**
 * Arrays whose elements stay text: "char", name, text, bpchar, varchar, numeric, uuid, xml, date, time,
 * timestamp with and without zone, timetz, interval, bit, varbit, inet, cidr, macaddr, money, and the
 * `reg` types' names.
 */
const TEXT_ARRAYS: readonly number[] = [
  1002, 1003, 1009, 1014, 1015, 1231, 2951, 143, 1182, 1183, 1115, 1185, 1270, 1187, 1561, 1563,
  1041, 651, 1040, 791, 2210, 2211,
]

const PARSERS: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [OID.bool, (text) => text === 't'],
  [OID.int2, Number],
  [OID.int4, Number],
  [OID.oid, Number],
  [OID.float4, Number],
  [OID.float8, Number],
  [OID.int8, parseInt8],
  [OID.json, parseJson],
  [OID.jsonb, parseJson],
  [OID.bytea, pgTypes.getTypeParser(OID.bytea, 'text')],
  [1000, arrayOf((text) => text === 't')],
  [1001, arrayOf(pgTypes.getTypeParser(OID.bytea, 'text'))],
  [1005, arrayOf(Number)],
  [1007, arrayOf(Number)],
  [1028, arrayOf(Number)],
  [1016, arrayOf(parseInt8)],
  [1021, arrayOf(Number)],
  [1022, arrayOf(Number)],
  [199, arrayOf(parseJson)],
  [3807, arrayOf(parseJson)],
  ...TEXT_ARRAYS.map((oid): [number, Parse] => [oid, arrayOf(asText)]),
])

/** How values come out of PostgreSQL on every engine; see {@link Row}. */
export const valueParsers = {
  getTypeParser(oid: number): Parse {
    return PARSERS.get(oid) ?? asText
  },
}
