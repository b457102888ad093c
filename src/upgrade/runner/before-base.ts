import type { HopPlan, ModuleSnapshot } from '../planning/index.js'

/**
 * The modules with `base` as it was before the hop. What follows `base` depends on that: whether modules
 * get other names, and whether demo data is given up.
 */
export function beforeBase(snapshot: ModuleSnapshot, plan: HopPlan): ModuleSnapshot {
  const before = plan.steps.flatMap((step) =>
    step.kind === 'load' && step.module === 'base' ? [step.installedVersion] : [],
  )[0]
  if (before === undefined) return snapshot
  const rows = snapshot.rows.map((row) =>
    row.name === 'base' ? { ...row, latestVersion: before } : row,
  )
  return { ...snapshot, rows }
}
