/** Plans of upgrades: what will be done, in order, and why. */
export { chooseLoader, isRunnable, type PlannedLoader } from './choose-loader.js'
export { MODULE_TABLES, moduleRowsOfDump } from './module-rows-of-dump.js'
export { type ModuleSnapshot, readModuleSnapshot } from './module-snapshot.js'
export {
  type ChecksStep,
  type HopPlan,
  type ListStep,
  type LoadStep,
  nameOfStep,
  type Phase,
  type PlannedModule,
  type PlannedScript,
  type PlanStep,
  type Profile,
  type RemoveStep,
  type ScriptLanguage,
  type ScriptsStep,
  type UpgradePlan,
} from './plan.js'
export { type PlannedHop, planHop, refuseBadPlan } from './plan-hop.js'
export { type HopModulesRequest, hopOf, planHopModules } from './plan-hop-modules.js'
export { planPath } from './plan-path.js'
export { checksumOf } from './read-scripts.js'
export { readTree } from './read-tree.js'
export {
  completeRequest,
  type HopRequest,
  type LoaderChoice,
  type ModuleLists,
  type PythonChoice,
  type Renames,
  type UpgradeRequest,
} from './upgrade-request.js'
