import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import { isNoMember, isUserSchema } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import { stringLiteral } from './string-literal.js'

interface AggregateRow {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly tag: string
  readonly arguments: string
  readonly parallel: string
  /** Normal, ordered-set or hypothetical-set. */
  readonly kind: 'n' | 'o' | 'h'
  readonly transition: string
  readonly final: string | null
  readonly combine: string | null
  readonly serial: string | null
  readonly deserial: string | null
  readonly movingTransition: string | null
  readonly movingInverse: string | null
  readonly movingFinal: string | null
  readonly finalExtra: boolean
  readonly movingFinalExtra: boolean
  readonly finalModify: string
  readonly movingFinalModify: string
  readonly sortOperator: string | null
  readonly stateType: string
  readonly stateSpace: number
  readonly movingStateType: string
  readonly movingStateSpace: number
  readonly initial: string | null
  readonly movingInitial: string | null
  readonly [column: string]: unknown
}

/** Aggregate functions of all kinds. */
export async function readAggregates(source: CatalogSource): Promise<Draft[]> {
  const rows = await source.query<AggregateRow>(sql`
    SELECT p.oid, n.nspname AS schema, p.proname AS name, p.proparallel AS parallel,
           format('%s(%s)', p.proname, oidvectortypes(p.proargtypes)) AS tag,
           pg_get_function_arguments(p.oid) AS arguments, a.aggkind AS kind,
           a.aggtransfn::text AS transition,
           nullif(a.aggfinalfn::oid, 0)::regproc::text AS final,
           nullif(a.aggcombinefn::oid, 0)::regproc::text AS combine,
           nullif(a.aggserialfn::oid, 0)::regproc::text AS serial,
           nullif(a.aggdeserialfn::oid, 0)::regproc::text AS deserial,
           nullif(a.aggmtransfn::oid, 0)::regproc::text AS "movingTransition",
           nullif(a.aggminvtransfn::oid, 0)::regproc::text AS "movingInverse",
           nullif(a.aggmfinalfn::oid, 0)::regproc::text AS "movingFinal",
           a.aggfinalextra AS "finalExtra", a.aggmfinalextra AS "movingFinalExtra",
           a.aggfinalmodify AS "finalModify", a.aggmfinalmodify AS "movingFinalModify",
           (SELECT format('OPERATOR(%I.%s)', o_n.nspname, o.oprname) FROM pg_operator o
              JOIN pg_namespace o_n ON o_n.oid = o.oprnamespace WHERE o.oid = a.aggsortop) AS "sortOperator",
           format_type(a.aggtranstype, NULL) AS "stateType", a.aggtransspace AS "stateSpace",
           format_type(nullif(a.aggmtranstype, 0), NULL) AS "movingStateType",
           a.aggmtransspace AS "movingStateSpace",
           a.agginitval AS initial, a.aggminitval AS "movingInitial"
      FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid
      JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE ${isUserSchema} AND ${isNoMember('function', sql`p.oid`)}`)
  return rows.map((row) => ({
    address: addressOf('function', row.oid),
    section: 'pre-data',
    description: 'AGGREGATE',
    namespace: row.schema,
    tag: row.tag,
    definition: `CREATE AGGREGATE ${source.qualify(row.schema, row.name)}(${row.arguments || '*'}) (\n${attributes(
      row,
    )
      .map((attribute) => `    ${attribute}`)
      .join(',\n')}\n);`,
  }))
}

const MODIFIES: Readonly<Record<string, string>> = {
  r: 'READ_ONLY',
  s: 'SHAREABLE',
  w: 'READ_WRITE',
}
const PARALLEL: Readonly<Record<string, string>> = { r: 'RESTRICTED', s: 'SAFE' }

function attributes(row: AggregateRow): string[] {
  const usualModify = row.kind === 'n' ? 'r' : 'w'
  const list: (string | false)[] = [
    `SFUNC = ${row.transition}`,
    `STYPE = ${row.stateType}`,
    row.stateSpace !== 0 && `SSPACE = ${row.stateSpace}`,
    named('FINALFUNC', row.final),
    row.final !== null && row.finalExtra && 'FINALFUNC_EXTRA',
    row.final !== null &&
      row.finalModify !== usualModify &&
      `FINALFUNC_MODIFY = ${MODIFIES[row.finalModify]}`,
    named('COMBINEFUNC', row.combine),
    named('SERIALFUNC', row.serial),
    named('DESERIALFUNC', row.deserial),
    row.initial !== null && `INITCOND = ${stringLiteral(row.initial)}`,
    ...movingAttributes(row, usualModify),
    named('SORTOP', row.sortOperator),
    row.parallel in PARALLEL && `PARALLEL = ${PARALLEL[row.parallel]}`,
    row.kind === 'h' && 'HYPOTHETICAL',
  ]
  return list.filter((attribute) => attribute !== false)
}

/** The second implementation, for moving windows. */
function movingAttributes(row: AggregateRow, usualModify: string): (string | false)[] {
  if (row.movingTransition === null) return []
  return [
    named('MSFUNC', row.movingTransition),
    named('MINVFUNC', row.movingInverse),
    `MSTYPE = ${row.movingStateType}`,
    row.movingStateSpace !== 0 && `MSSPACE = ${row.movingStateSpace}`,
    named('MFINALFUNC', row.movingFinal),
    row.movingFinal !== null && row.movingFinalExtra && 'MFINALFUNC_EXTRA',
    row.movingFinal !== null &&
      row.movingFinalModify !== usualModify &&
      `MFINALFUNC_MODIFY = ${MODIFIES[row.movingFinalModify]}`,
    row.movingInitial !== null && `MINITCOND = ${stringLiteral(row.movingInitial)}`,
  ]
}

function named(name: string, value: string | null): string | false {
  return value !== null && `${name} = ${value}`
}
