import { join, type Sql } from '../../../db/index.js'
import { textIn } from '../../../odoo/models/index.js'
import { askGuest } from '../ask-guest.js'
import type { Need } from '../needs.js'
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
  await askFor(left, turn)
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

/** Has the guest fill what is left; what it cannot is a need. */
async function askFor(needs: readonly Need[], turn: SchemaTurn): Promise<void> {
  const computed = needs.filter(({ kind }) => kind === 'compute')
  const others = needs.filter(({ kind }) => kind !== 'compute')
  const left = [
    ...(await fillBy('initColumns', others, turn)),
    ...(await fillBy('compute', computed, turn)),
  ]
  for (const need of left) {
    turn.hop.needs.add(need)
    turn.scope.addFinding(needDeferred(need))
  }
}

/** Returns what is not filled. Where all at once fail, each is tried for itself. */
async function fillBy(
  way: 'initColumns' | 'compute',
  needs: readonly Need[],
  turn: SchemaTurn,
): Promise<readonly Need[]> {
  const { module, hop, scope } = turn
  if (needs.length === 0 || hop.guest === undefined) return needs
  const fields = needs.map(({ model, field = '' }) => ({ model, field }))
  const done = await askGuest(hop, scope, (guest) => guest[way](module, fields, scope))
  if (done !== undefined) {
    hop.needs.meet(needs.length)
    return []
  }
  if (needs.length === 1) return needs
  const left: Need[] = []
  for (const need of needs) left.push(...(await fillBy(way, [need], turn)))
  return left
}
