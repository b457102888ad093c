import type { Finding } from '../../base/index.js'
import { compareCodePoints } from '../release/index.js'
import type { NotLoaded } from './load-pass.js'
import { ofPolicy, type ResolvedRequest } from './mark-requested.js'
import type { NotAdded } from './module-graph.js'
import { type ModuleState, PRESENT_STATES } from './module-row.js'
import type { ModuleTable } from './module-table.js'
import { automaticModulesLeftOut, brokenManifest, notLoaded } from './plan-findings.js'

/** The modules whose state asks for loading and that stayed out, by name. */
export function notLoadedModules(
  table: ModuleTable,
  outside: readonly NotAdded[],
): readonly NotLoaded[] {
  return outside
    .flatMap((item) => {
      const state = table.stateOf(item.name)
      if (!isPresent(state)) return []
      const missing = item.reason === 'unmet' ? item.missing : []
      return [{ name: item.name, state, reason: item.reason, missing }]
    })
    .sort((a, b) => compareCodePoints(a.name, b.name))
}

/** What can be said only once the load was walked through. */
export function lateFindings(
  request: ResolvedRequest,
  table: ModuleTable,
  left: readonly NotLoaded[],
): readonly Finding[] {
  const findings: Finding[] = []
  for (const module of left) {
    const known = request.modules.get(module.name)
    if (module.reason === 'unmet') findings.push(notLoaded(module))
    if (module.reason === 'broken' && known?.problem !== undefined) {
      findings.push(brokenManifest(known, known.problem))
    }
  }
  const automatic = ofPolicy(request, table, 'fresh')
  if (automatic.length > 0) findings.push(automaticModulesLeftOut(automatic))
  return findings
}

function isPresent(state: ModuleState | 'unknown'): state is ModuleState {
  return state !== 'unknown' && PRESENT_STATES.has(state)
}
