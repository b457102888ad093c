import type { ModuleRow } from '../../odoo/modules/index.js'
import type { HopPlan } from '../planning/index.js'

/**
 * The module table with `base` as it was before the hop. What follows `base` depends on that: whether modules
 * get other names, and whether demo data is given up.
 */
export function rowsBeforeBase(rows: readonly ModuleRow[], plan: HopPlan): readonly ModuleRow[] {
  const before = plan.steps.flatMap((step) =>
    step.kind === 'load' && step.module === 'base' ? [step.installedVersion] : [],
  )[0]
  if (before === undefined) return rows
  return rows.map((row) => (row.name === 'base' ? { ...row, latestVersion: before } : row))
}
