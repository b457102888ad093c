import { type Finding, Findings, type Progress } from '../../base/index.js'
import type { ModuleSnapshot } from './module-snapshot.js'
import type { UpgradePlan } from './plan.js'
import { isUnused, type PlannedHop, planHop } from './plan-hop.js'
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
  const unused: (readonly Finding[])[] = []
  let current = rows
  for (const [hop, hopRequest] of request.hops.entries()) {
    const found = new Findings()
    const tree = await readTree(hopRequest, progress, found)
    const { plan, modules } = await planHop({ rows: current, companyCountries, tree, request, hop })
    unused.push(modules.findings.filter(isUnused))
    hops.push({ ...plan, findings: [...found.list(), ...plan.findings] })
    current = [...modules.finalRows.values()]
  }
  const last = hops.at(-1)
  if (last === undefined || hops.length === 1) return { source: request.source, hops }
  const findings = [...last.findings, ...inAll(unused)]
  return { source: request.source, hops: [...hops.slice(0, -1), { ...last, findings }] }
}

/** A decision is for the hop that lacks its module; only one that no hop needs is worth a word. */
function inAll(unused: readonly (readonly Finding[])[]): readonly Finding[] {
  const [first = [], ...others] = unused
  const moduleOf = ({ place }: Finding): string | undefined => place?.object
  return first.filter((finding) =>
    others.every((found) => found.some((other) => moduleOf(other) === moduleOf(finding))),
  )
}
