import { Findings, type Progress } from '../../base/index.js'
import type { ModuleSnapshot } from './module-snapshot.js'
import type { UpgradePlan } from './plan.js'
import { type PlannedHop, planHop } from './plan-hop.js'
import { readTree } from './read-tree.js'
import type { UpgradeRequest } from './upgrade-request.js'

/**
 * Plans all hops from the module table before the first one: each starts from what the hop before will
 * have made of it.
 */
export async function planPath(
  { rows, companyCountries }: ModuleSnapshot,
  request: UpgradeRequest,
  progress: Progress,
): Promise<UpgradePlan> {
  const hops: PlannedHop['plan'][] = []
  let current = rows
  for (const [hop, hopRequest] of request.hops.entries()) {
    const found = new Findings()
    const tree = await readTree(hopRequest, progress, found)
    const { plan, modules } = await planHop({ rows: current, companyCountries, tree, request, hop })
    hops.push({ ...plan, findings: [...found.list(), ...plan.findings] })
    current = [...modules.finalRows.values()]
  }
  return { source: request.source, hops }
}
