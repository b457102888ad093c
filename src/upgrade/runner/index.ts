/** Executes plans: steps with their journal, checkpoints, resuming. */
export { rowsWritten, type TableChange } from './changes/index.js'
export { FilestoreFiles } from './filestore-files.js'
export type {
  RecordedHop,
  RecordedRun,
  RecordedScript,
  RecordedStep,
  RunFailure,
  RunStatus,
} from './journal/index.js'
export { readRun } from './journal/index.js'
export { withJournalSession } from './journal-session.js'
export { completeModule, writeFirstModules, writeModuleList } from './module-rows/index.js'
export { forwardLoaderEvents } from './odoo-loader-events.js'
export type { RunEvents, ScriptEvent, StepEvent } from './run-events.js'
export type { ScriptCursor, ScriptEnvironment } from './script-environment.js'
export {
  type HopReport,
  registerRun,
  resumeUpgrade,
  type UpgradeReport,
  type UpgradeSetup,
  upgradeDatabase,
} from './upgrade-database.js'
