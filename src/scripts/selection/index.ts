/** Finds migration scripts and decides which of them run, when, and in which order. */
export { type DiscoverRequest, discoverScripts } from './discover-scripts.js'
export {
  openScriptInspector,
  type ScriptInspector,
} from './inspection/inspect-script.js'
export { inspectionFindings } from './inspection/inspection-findings.js'
export { signatureProblem } from './inspection/migrate-signature.js'
export type {
  MigrateFunction,
  ScriptImport,
  ScriptInspection,
  ScriptParameter,
  ScriptTier,
  TierReason,
} from './inspection/script-inspection.js'
export { migrationLogLine } from './migration-log-line.js'
export type {
  DiscoveredScripts,
  Phase,
  ScriptFile,
  ScriptLanguage,
  ScriptSource,
  SelectedScript,
  ShadowedFolder,
  VersionDirectory,
} from './migration-script.js'
export { isPhaseRun, type PhaseState } from './phase-gate.js'
export { type DecisionReason, explainDecision, type ScriptDecision } from './script-decision.js'
export { readScriptFile } from './script-file.js'
export type { ModuleScripts } from './select-module-scripts.js'
export { type SelectedScripts, type SelectionRequest, selectScripts } from './select-scripts.js'
export { judgeVersion, type VersionRange, type VersionVerdict } from './version-gate.js'
