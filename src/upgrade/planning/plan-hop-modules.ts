import { type Findings, UserError } from '../../base/index.js'
import type { AddonsTree } from '../../odoo/addons/index.js'
import {
  knownModules,
  type ModulePlan,
  moduleRows,
  planModules,
  readAprioriOf,
} from '../../odoo/modules/index.js'
import type { ModuleSnapshot } from './module-snapshot.js'
import type { HopRequest, UpgradeRequest } from './upgrade-request.js'

/** A hop's modules: what is planned from rows, a tree and the request. */
export interface HopModulesRequest extends ModuleSnapshot {
  readonly tree: AddonsTree
  readonly request: UpgradeRequest
  /** Which hop of the request, counted from 0. */
  readonly hop: number
}

/** Plans what a hop does with modules; the same answer before a run and in the middle of it. */
export async function planHopModules(
  given: HopModulesRequest,
  findings: Findings,
): Promise<ModulePlan> {
  const { rows, tree, request } = given
  const hop = hopOf(request, given.hop)
  const apriori = await readAprioriOf(hop.upgradePath, findings)
  return planModules({
    rows: moduleRows(rows),
    modules: knownModules(tree),
    release: tree.release,
    profile: hop.profile,
    update: hop.update,
    init: hop.init,
    forceInit: request.forceInit,
    withoutDemo: request.withoutDemo,
    useDemo: request.useDemo,
    ...(request.autoInstall !== undefined && { autoInstall: request.autoInstall }),
    autoInstallExclude: request.autoInstallExclude,
    decisions: new Map(Object.entries(request.decisions)),
    stanza: {
      autoinstall: new Map(Object.entries(request.alsoInstall)),
      forceDeps: new Map(Object.entries(request.forceDependencies)),
    },
    apriori,
    companyCountries: given.companyCountries,
    environmentRenames: {
      renamed: new Map(Object.entries(request.renamedModules)),
      merged: new Map(Object.entries(request.mergedModules)),
    },
    strictNames: request.parity,
  })
}

/** A hop of a request, counted from 0. */
export function hopOf(request: UpgradeRequest, hop: number): HopRequest {
  const found = request.hops[hop]
  if (found !== undefined) return found
  throw new UserError('HOP_UNKNOWN', `The upgrade has no hop ${hop + 1}`, {
    data: { hops: request.hops.length },
  })
}
