import { id, join, raw, type Sql, sql } from '../../../db/index.js'
import { textIn } from '../../../odoo/models/index.js'
import type { Need, NeedKind } from '../needs.js'
import { countEmpty, countFilled, keyOf } from './count-empty.js'
import type { SchemaTurn } from './init-models.js'
import { NATIVE_COMPUTES, nativeCompute } from './native-computes.js'
import { needDeferred } from './schema-findings.js'
import type { ColumnReference, UnfilledColumn } from './schema-plan.js'

/**
 * Fills columns that only the release's own code knows: in tables with rows, by SQL that is known for a few of
 * them, else by the guest; without a guest they become needs.
 */
export async function fillUnfilled(
  unfilled: readonly UnfilledColumn[],
  turn: SchemaTurn,
): Promise<void> {
  const { session } = turn.scope
  const { source, registry } = turn.hop
  const rows = await countEmpty(session, unfilled)
  const open = await withoutProperties(
    unfilled.filter((column) => rows.has(keyOf(column))),
    turn,
  )
  const known: { readonly order: number; readonly fill: Sql }[] = []
  const left: Need[] = []
  for (const one of open) {
    const { kind, model, column } = one
    const found = kind === 'compute' ? registry.models.get(model) : undefined
    const native = found && nativeCompute(found, column, source.release.major)
    if (native === undefined) {
      left.push({ kind, module: turn.module, model, field: column, rows: rows.get(keyOf(one)) })
    } else if (native.fill !== 'empty') {
      known.push({ order: NATIVE_COMPUTES.indexOf(native), fill: native.fill })
    }
  }
  if (known.length > 0) {
    const fills = known.sort((a, b) => a.order - b.order).map(({ fill }) => fill)
    await session.execute(join(fills, ';\n'))
  }
  await askGuest(left, turn)
}

/** New properties have values only where a definition has some; new definitions have none. */
async function withoutProperties(
  columns: readonly UnfilledColumn[],
  { hop, scope }: SchemaTurn,
): Promise<readonly UnfilledColumn[]> {
  const definitions = columns.map((column) => definitionOf(column, hop.registry.models))
  const filled = await countFilled(
    scope.session,
    definitions.flatMap((definition) => definition ?? []),
  )
  return columns.filter((_, at) => {
    const definition = definitions[at]
    return definition === undefined || filled.has(keyOf(definition))
  })
}

/** The column with the definitions of a properties field. */
function definitionOf(
  { model, column, kind }: UnfilledColumn,
  models: SchemaTurn['hop']['registry']['models'],
): ColumnReference | undefined {
  const field = models.get(model)?.fields.get(column)
  if (kind !== 'compute' || field?.type !== 'properties') return undefined
  const [link = '', name = ''] = (textIn(field.args.definition) ?? '').split('.')
  const comodel = models.get(models.get(model)?.fields.get(link)?.comodel ?? '')
  return comodel?.fields.get(name)?.column === undefined
    ? undefined
    : { table: comodel.table, column: name }
}

async function askGuest(needs: readonly Need[], { module, hop, scope }: SchemaTurn): Promise<void> {
  const { guest } = hop
  if (needs.length === 0) return
  if (guest === undefined) {
    for (const need of needs) {
      hop.needs.add(need)
      scope.addFinding(needDeferred(need))
    }
    return
  }
  const of = (kind: NeedKind) =>
    needs
      .filter((need) => need.kind === kind)
      .map(({ model, field }) => ({ model, field: field ?? '' }))
  const own = of('init-column')
  const computed = of('compute')
  const defaults = of('default')
  if (own.length > 0) await guest.initColumns(module, own, scope)
  if (defaults.length > 0) {
    const values = await guest.defaults(module, defaults, scope)
    for (const { model, field, value } of values) {
      const table = hop.registry.models.get(model)?.table
      if (table === undefined || value === null) continue
      const type = hop.registry.models.get(model)?.fields.get(field)?.column?.ddlType ?? 'text'
      const column = id(field)
      await scope.session.query(
        sql`UPDATE ${id(table)} SET ${column} = ${value}::text::${raw(type)} WHERE ${column} IS NULL`,
      )
    }
  }
  if (computed.length > 0) await guest.compute(module, computed, scope)
  hop.needs.meet(needs.length)
}
