/** The system catalogs whose rows a dump is about, with their oids, which never change. */
const CATALOG = {
  type: 1247,
  function: 1255,
  relation: 1259,
  default: 2604,
  constraint: 2606,
  schema: 2615,
  rule: 2618,
  trigger: 2620,
  extension: 3079,
  policy: 3256,
  statistics: 3381,
  collation: 3456,
} as const

/** A system catalog, by what one row of it is. */
export type Catalog = keyof typeof CATALOG

/** What a dump writes about a row besides its definition, as an entry of its own. */
export type Aspect = 'rows' | 'value' | 'attach' | 'security' | 'refresh'

/** A row of a system catalog as `pg_depend` names it (catalog/row), or one aspect of it. */
export type Address = `${number}/${number}` | `${number}/${number}:${Aspect}`

/** The address of the row `oid` of a catalog. */
export function addressOf(catalog: Catalog, oid: number, aspect?: Aspect): Address {
  const row = `${CATALOG[catalog]}/${oid}` as const
  return aspect === undefined ? row : `${row}:${aspect}`
}

/** The oid of a catalog, as `pg_depend.classid` and `pg_description.classoid` hold it. */
export function catalogOid(catalog: Catalog): number {
  return CATALOG[catalog]
}

/** The oids of all catalogs that have addresses. */
export const catalogOids: readonly number[] = Object.values(CATALOG)
