import { Findings, UserError } from '../../../base/index.js'
import type { Session } from '../../../db/index.js'
import type { AddonsTree } from '../../../odoo/addons/index.js'
import type {
  AppliedRename,
  ModulePlan,
  ModuleRow,
  ModuleRows,
  ModuleState,
} from '../../../odoo/modules/index.js'
import type { HopPlan, ListStep, LoadStep } from '../../planning/index.js'
import { planHopModules, readModuleSnapshot, type UpgradeRequest } from '../../planning/index.js'
import { beforeBase } from '../before-base.js'
import type { LoadScope, ModuleLoader } from '../module-loader.js'
import { factsOf } from './facts-of-manifest.js'
import { type ModuleCategory, writeCategories } from './write-categories.js'
import { addModuleRows, type WantedRow, writeModuleRows } from './write-module-rows.js'

/** Which hop of which request, and its plan. */
export interface RowLoaderOptions {
  readonly request: UpgradeRequest
  readonly hop: number
  readonly plan: HopPlan
  /** Renames and merges modules as openupgradelib does, for what no script of `base` has done. */
  readonly rename: (renames: readonly AppliedRename[], scope: LoadScope) => Promise<void>
}

/**
 * A loader that brings the module table up to the release and nothing else: neither schema nor data. It
 * says so, once in each hop.
 */
export class RowLoader implements ModuleLoader {
  readonly #options: RowLoaderOptions

  constructor(options: RowLoaderOptions) {
    this.#options = options
  }

  async list(_: ListStep, scope: LoadScope): Promise<void> {
    const { plan } = this.#options
    await listModules(this.#options, scope)
    scope.addFinding({
      code: 'MODULES_NOT_LOADED',
      severity: 'info',
      message: `Only the module list was brought to ${plan.to}: schemas, views and data of ${loads(plan).length} modules are as the scripts left them`,
      hint: 'Scripts and module versions are done. Start the new release with -u all on a copy to load the modules.',
    })
  }

  async load(step: LoadStep, { session, tree }: LoadScope): Promise<void> {
    const manifest = tree.modules.get(step.module)?.manifest
    if (manifest !== undefined) return
    throw new UserError('MODULE_VANISHED', `${step.module} is no longer on the addons path`, {
      hint: 'Put it back, then run "moult resume".',
      data: { module: step.module, database: session.database },
    })
  }
}

/** Brings the module table up to the release; errors: PLAN_OUTDATED. */
export async function listModules(options: RowLoaderOptions, scope: LoadScope): Promise<void> {
  const { request, hop, plan, rename } = options
  const { session, tree } = scope
  const given = async () => {
    const snapshot = beforeBase(await readModuleSnapshot(session), plan)
    const rows = snapshot.rows.filter((row) => !isAdvertised(row, tree))
    return { ...snapshot, rows, tree, request, hop }
  }
  let modules = await planHopModules(await given(), new Findings())
  if (modules.renames.length > 0) {
    await rename(modules.renames, scope)
    modules = await planHopModules(await given(), new Findings())
  }
  refuseOutdated(plan, modules)
  await writeModuleList(session, modules, tree)
}

/**
 * Whether a module is only told of, as the data of `base` does for those that are sold: such a row is not another
 * module's that once had its name.
 */
function isAdvertised({ name, state }: ModuleRow, { modules }: AddonsTree): boolean {
  return state === 'uninstallable' && !modules.has(name)
}

/** Makes the module table what a plan wants it to be before the modules behind `base` are loaded. */
export async function writeModuleList(
  session: Session,
  modules: ModulePlan,
  tree: AddonsTree,
): Promise<void> {
  const wanted = wantedRows(modules, tree)
  await writeModuleRows(session, wanted)
  await writeCategories(session, categoriesOf(wanted, tree))
}

/** Makes the module table of a new database, which has those of its release's SQL file and no more. */
export async function writeFirstModules(
  session: Session,
  modules: ModuleRows,
  tree: AddonsTree,
): Promise<void> {
  const wanted = [...modules.values()].map((row) => describe(row, tree))
  await addModuleRows(session, wanted)
  await writeCategories(session, categoriesOf(wanted, tree))
}

function categoriesOf(wanted: readonly WantedRow[], tree: AddonsTree): readonly ModuleCategory[] {
  return wanted.flatMap(({ row }): readonly ModuleCategory[] => {
    const category = tree.modules.get(row.name)?.manifest?.category
    return category === undefined ? [] : [{ module: row.name, category }]
  })
}

function loads(plan: HopPlan): readonly string[] {
  return plan.steps.flatMap((step) => (step.kind === 'load' ? [step.module] : []))
}

/** The scripts of `base` may have changed the list otherwise than apriori.py said. */
function refuseOutdated(plan: HopPlan, modules: ModulePlan): void {
  const list = plan.steps.findIndex((step) => step.kind === 'list')
  const planned = plan.steps.slice(list).flatMap((step) => (step.kind === 'load' ? [step] : []))
  const actual = modules.passes
    .slice(1)
    .flatMap((pass) => pass.modules.filter((item) => item.processed))
  const isAsPlanned = actual.every(({ name, isNew, installedVersion }, at) => {
    const step = planned[at]
    return (
      step?.module === name &&
      step.isNew === isNew &&
      step.installedVersion === (installedVersion ?? '')
    )
  })
  if (isAsPlanned && planned.length === actual.length) return
  const names = { planned: planned.map((step) => step.module), actual: actual.map((m) => m.name) }
  throw new UserError(
    'PLAN_OUTDATED',
    'After the scripts of base the modules are not those that were planned',
    {
      hint: 'Run "moult resume": the rest is planned again.',
      data: {
        missing: names.planned.filter((name) => !names.actual.includes(name)),
        added: names.actual.filter((name) => !names.planned.includes(name)),
      },
    },
  )
}

function wantedRows(modules: ModulePlan, tree: AddonsTree): readonly WantedRow[] {
  const states = new Map<string, ModuleState>()
  for (const loaded of modules.passes.flatMap((pass) => pass.modules)) {
    if (loaded.processed && loaded.name !== 'base') states.set(loaded.name, loaded.stateBefore)
  }
  for (const name of modules.removals) states.set(name, 'to remove')
  return [...modules.finalRows.values()].map((row) =>
    describe({ ...row, state: states.get(row.name) ?? row.state }, tree),
  )
}

function describe(row: ModuleRow, tree: AddonsTree): WantedRow {
  const manifest = tree.modules.get(row.name)?.manifest
  return { row, facts: manifest === undefined ? undefined : factsOf(manifest) }
}
