import { Findings, type Progress, UserError } from '../../base/index.js'
import { type AddonsTree, readAddonsTree } from '../../odoo/addons/index.js'
import {
  firstModuleRows,
  type KnownModules,
  knownModules,
  type LoadedModule,
  type ModulePlan,
  type ModuleRows,
  planModules,
} from '../../odoo/modules/index.js'

/** What a new database is to have. */
export interface InstallRequest {
  /** Root of the release's source tree, and folders of modules, in search order. */
  readonly addonsPath: readonly string[]
  /** Names of `-i`; `base` and what installs itself come in any case. */
  readonly modules: readonly string[]
  /** Demonstration data of all modules as well. */
  readonly demo: boolean
}

/** What is installed, in order; made from the source alone. */
export interface InstallPlan {
  readonly request: InstallRequest
  readonly tree: AddonsTree
  /** The module table before the first module. */
  readonly firstRows: ModuleRows
  readonly modules: ModulePlan
  /** Modules in the order in which they are loaded, `base` first. */
  readonly turns: readonly LoadedModule[]
}

/**
 * Plans a database that the release makes: as `odoo-bin -i` does it where there is none yet. What a module needs
 * and what it triggers comes along.
 *
 * Errors: MODULE_UNKNOWN, MODULE_NOT_INSTALLABLE, MODULE_BASE_MISSING, PLAN_REFUSED, and those of reading the
 * addons path.
 */
export async function planInstall(
  request: InstallRequest,
  progress: Progress,
): Promise<InstallPlan> {
  const tree = await readAddonsTree({ addonsPath: request.addonsPath }, progress, new Findings())
  const known = knownModules(tree)
  refuseUnknown(request.modules, known)
  const firstRows = firstModuleRows(known, tree.release)
  const modules = planModules({
    rows: firstRows,
    modules: known,
    release: tree.release,
    profile: 'odoo',
    update: [],
    // A database that is made loads all of its modules as new (odoo/modules/loading.py).
    init: ['all', ...request.modules.filter((name) => name !== 'base')],
    forceInit: true,
    withoutDemo: !request.demo,
  })
  refuseErrors(modules)
  const turns = modules.passes.flatMap((pass) => pass.modules.filter((item) => item.processed))
  return { request, tree, firstRows, modules, turns }
}

function refuseUnknown(names: readonly string[], known: KnownModules): void {
  const missing = names.filter((name) => !known.has(name))
  if (missing.length > 0) {
    throw new UserError(
      'MODULE_UNKNOWN',
      `No such module on the addons path: ${missing.join(', ')}`,
      {
        hint: 'Correct the name, or add the folder that holds the module to --addons-path.',
        data: { modules: missing },
      },
    )
  }
  for (const name of names) {
    const module = known.get(name)
    if (module?.problem !== undefined) throw module.problem
    if (module?.installable !== false) continue
    throw new UserError('MODULE_NOT_INSTALLABLE', `Module ${name} cannot be installed`, {
      hint: 'Its manifest says so ("installable").',
      data: { module: name },
    })
  }
}

function refuseErrors({ findings, notLoaded }: ModulePlan): void {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first !== undefined) {
    throw new UserError('PLAN_REFUSED', first.message, {
      ...(first.hint !== undefined && { hint: first.hint }),
      data: { findings: errors },
    })
  }
  const [left] = notLoaded
  if (left === undefined) return
  const why = left.missing.length === 0 ? left.reason : `it needs ${left.missing.join(', ')}`
  throw new UserError('PLAN_REFUSED', `Module ${left.name} cannot be loaded: ${why}`, {
    hint: 'Add the folder of what is missing to the addons path, or leave the module out.',
    data: { modules: notLoaded.map(({ name }) => name) },
  })
}
