/** Odoo's modules: their states, the graph of their dependencies, and the order in which a run loads them. */
export {
  type AppliedRename,
  applyRenames,
  type ModuleRenames,
  type RenamedRows,
  type RenameOptions,
  type RenameSource,
} from './apply-renames.js'
export { type Apriori, NO_APRIORI } from './apriori.js'
export { modulesOfPolicy, type PolicyOptions } from './auto-install-policy.js'
export type { ExclusiveCategory } from './check-exclusions.js'
export { firstModuleRows } from './first-module-rows.js'
export { type KnownModule, type KnownModules, knownModule, knownModules } from './known-module.js'
export type { EndModule, LoadedModule, LoadPass, NotLoaded, NotLoadedReason } from './load-pass.js'
export { type Marking, type MarkingOptions, markInstall } from './mark-install.js'
export { markUpgrade, type UpgradeMarkingOptions } from './mark-upgrade.js'
export {
  type MissingModule,
  type MissingModuleDecision,
  missingModules,
} from './missing-modules.js'
export {
  buildGraph,
  type Flag,
  type FlagNames,
  type GraphNode,
  ModuleGraph,
  type NotAdded,
  noFlags,
} from './module-graph.js'
export type { ModulePlan, ModulePlanRequest } from './module-plan.js'
export {
  type AutoInstallPolicy,
  type ModuleProfile,
  type ProfileRules,
  profileRules,
} from './module-profile.js'
export {
  MODULE_STATES,
  type ModuleDependency,
  type ModuleRow,
  type ModuleRows,
  type ModuleState,
  moduleRows,
} from './module-row.js'
export type { Mark, MarkReason } from './module-table.js'
export type { OpenUpgradeStanza } from './openupgrade-stanza.js'
export { planModules } from './plan-modules.js'
export { findApriori, readApriori, readAprioriOf } from './read-apriori.js'
export { type ListChange, type UpdatedList, updateModuleList } from './update-module-list.js'
