import { sql } from '../../../db/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'
import type { LoadedModule, LoaderHop, LoaderPart } from '../loader-part.js'
import type { LoaderScope } from '../loader-scope.js'
import { recordsHeld, recordsProtected, recordsRemoved, viewsArchived } from './cleanup-findings.js'
import { deleteRecords } from './delete-records.js'
import { demoIds } from './demo-ids.js'
import { activeDescendants, archiveViews, childViews } from './depending-views.js'
import { type Vanished, vanishedRecords } from './vanished-records.js'
import { writeUserGroupsView } from './write-user-groups-view.js'

const VIEW = 'ir.ui.view'

/**
 * Removes what the modules no longer have, behind the end scripts. Columns and tables stay. Unless the
 * reference's result is wanted exactly, demonstration records and what users hung below a view that goes are kept.
 */
export class CleanupPart implements LoaderPart {
  readonly name = 'cleanup'
  readonly #modules = new Set<string>()

  replay({ module }: LoadedModule): void {
    this.#modules.add(module)
  }

  async load({ module }: LoadedModule): Promise<void> {
    this.#modules.add(module)
  }

  async finish(hop: LoaderHop, scope: LoaderScope): Promise<void> {
    const modules = [...this.#modules]
    if (modules.length === 0) return
    const { session } = scope
    const { records, names } = await vanishedRecords(modules, hop, session)
    const doomed = hop.parity ? records : await this.#withoutDemo(records, modules, hop, scope)
    if (!hop.parity) await keepViewsBelow(doomed, scope)
    const held = await deleteAll(doomed, hop, scope)
    for (const [model, some] of byModel(doomed.filter((one) => !held.has(one)))) {
      scope.addFinding(
        recordsRemoved(
          model.name,
          some.map(({ xmlId }) => xmlId),
        ),
      )
    }
    for (const [model, some] of byModel([...held.keys()])) {
      const told = some.map((one) => ({ xmlId: one.xmlId, reason: held.get(one) ?? '' }))
      scope.addFinding(recordsHeld(model.name, told))
    }
    if (names.length > 0) {
      await session.query(sql`DELETE FROM ir_model_data WHERE id = ANY(${names}::int[])`)
    }
    const { models } = hop.registry
    const isShown = models.has('res.groups') && models.has(VIEW)
    if (isShown && this.#modules.has('base')) await writeUserGroupsView(hop, scope)
  }

  async #withoutDemo(
    records: readonly Vanished[],
    modules: readonly string[],
    hop: LoaderHop,
    scope: LoaderScope,
  ): Promise<readonly Vanished[]> {
    const demo = await demoIds(modules, hop)
    const kept = records.filter(({ xmlId }) => demo.has(xmlId))
    if (kept.length === 0) return records
    const rows = kept.map(({ row }) => row)
    await scope.session.query(
      sql`UPDATE ir_model_data SET noupdate = true WHERE id = ANY(${rows}::int[])`,
    )
    for (const [model, some] of byModel(kept)) {
      scope.addFinding(
        recordsProtected(
          model.name,
          some.map(({ xmlId }) => xmlId),
        ),
      )
    }
    return records.filter(({ xmlId }) => !demo.has(xmlId))
  }
}

async function keepViewsBelow(doomed: readonly Vanished[], scope: LoaderScope): Promise<void> {
  const views = doomed.filter(({ model }) => model.name === VIEW).map(({ id }) => id)
  if (views.length === 0) return
  const children = await childViews(views, scope.session)
  if (children.length === 0) return
  await archiveViews(children, scope.session)
  scope.addFinding(viewsArchived(children))
}

/** Deletes model by model, newest first; what is held by records that go later is tried again at the end. */
async function deleteAll(
  doomed: readonly Vanished[],
  hop: LoaderHop,
  scope: LoaderScope,
): Promise<ReadonlyMap<Vanished, string>> {
  const first = await deleteRound(doomed, hop, scope)
  if (first.size === 0) return first
  return deleteRound([...first.keys()], hop, scope)
}

async function deleteRound(
  doomed: readonly Vanished[],
  hop: LoaderHop,
  scope: LoaderScope,
): Promise<Map<Vanished, string>> {
  const held = new Map<Vanished, string>()
  for (const [model, some] of byModel(doomed)) {
    const ids = some.map(({ id }) => id)
    const more =
      model.name === VIEW && hop.parity ? await activeDescendants(ids, scope.session) : []
    const kept = await deleteRecords([...ids, ...more], { model, hop, scope })
    const reasons = new Map(kept.map(({ id, reason }) => [id, reason]))
    for (const one of some) {
      const reason = reasons.get(one.id)
      if (reason !== undefined) held.set(one, reason)
    }
  }
  return held
}

function byModel(records: readonly Vanished[]): ReadonlyMap<RegistryModel, readonly Vanished[]> {
  const models = new Map<RegistryModel, Vanished[]>()
  for (const one of records) {
    const known = models.get(one.model)
    if (known === undefined) models.set(one.model, [one])
    else known.push(one)
  }
  return models
}
