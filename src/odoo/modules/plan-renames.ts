import type { Finding } from '../../base/index.js'
import { type AppliedRename, applyRenames } from './apply-renames.js'
import { NO_APRIORI } from './apriori.js'
import { missingModules } from './missing-modules.js'
import type { ModulePlanRequest } from './module-plan.js'
import type { ModuleRows } from './module-row.js'
import { blankKeys, invalidDecision, renameConflict } from './plan-findings.js'

/** The rows under their new names, and what there is to say about it. */
export interface PlannedRenames {
  readonly rows: ModuleRows
  readonly applied: readonly AppliedRename[]
  readonly findings: readonly Finding[]
}

/** Nothing is renamed: `base` is not upgraded. */
export function withoutRenames(rows: ModuleRows): PlannedRenames {
  return { rows, applied: [], findings: [] }
}

/** Renames and merges by apriori.py and environment, then replacements of what is missing still. */
export function planRenames(request: ModulePlanRequest): PlannedRenames {
  const strict = request.strictNames === true
  const byName = applyRenames(request.rows, request.apriori ?? NO_APRIORI, {
    ...(request.environmentRenames !== undefined && { environment: request.environmentRenames }),
    strict,
  })
  const findings: Finding[] = byName.conflicts.map(renameConflict)
  if (byName.blankKeys.length > 0) findings.push(blankKeys(byName.blankKeys, !strict))

  const replacedBy = new Map<string, string>()
  for (const { name } of missingModules(byName.rows, request.modules, request.release)) {
    const decision = request.decisions?.get(name)
    if (typeof decision !== 'object') continue
    if (request.modules.has(decision.replacedBy)) replacedBy.set(name, decision.replacedBy)
    else findings.push(invalidDecision(name, decision.replacedBy))
  }
  const decided = applyRenames(byName.rows, NO_APRIORI, { replacedBy })
  return { rows: decided.rows, applied: [...byName.applied, ...decided.applied], findings }
}
