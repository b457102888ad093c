import { id, join, type Sql, sql } from '../../../db/index.js'
import type { Need, NeedKind } from '../needs.js'
import { countRows } from './count-rows.js'
import type { SchemaTurn } from './init-models.js'
import { NATIVE_COMPUTES } from './native-computes.js'
import { needDeferred } from './schema-findings.js'
import type { UnfilledColumn } from './schema-plan.js'

/**
 * Fills columns that only the release's own code knows: in tables with rows, by SQL that is known for a few of
 * them, else by the guest; without a guest they become needs.
 */
export async function fillUnfilled(
  unfilled: readonly UnfilledColumn[],
  turn: SchemaTurn,
): Promise<void> {
  const { session } = turn.scope
  const rows = await countRows(
    session,
    unfilled.map(({ table }) => table),
  )
  const open = unfilled.filter(({ table }) => rows.has(table))
  const major = turn.hop.source.release.major
  const known: Sql[] = []
  const left: Need[] = []
  for (const { kind, model, column, table } of open) {
    const native = NATIVE_COMPUTES.find(
      (one) =>
        kind === 'compute' &&
        one.model === model &&
        one.field === column &&
        one.releases[0] <= major &&
        major <= one.releases[1],
    )
    if (native !== undefined) known.push(native.statement)
    else left.push({ kind, module: turn.module, model, field: column, rows: rows.get(table) })
  }
  if (known.length > 0) await session.execute(join(known, ';\n'))
  await askGuest(left, turn)
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
    const updates = values.flatMap(({ model, field, value }) => {
      const found = hop.registry.models.get(model)
      if (found === undefined || value === null) return []
      const column = id(field)
      return [sql`UPDATE ${id(found.table)} SET ${column} = ${value} WHERE ${column} IS NULL`]
    })
    for (const update of updates) await scope.session.query(update)
  }
  if (computed.length > 0) await guest.compute(module, computed, scope)
  hop.needs.meet(needs.length)
}
