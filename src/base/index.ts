/** Ground of everything: errors, findings, progress with cancellation, typed events. */
export { removeAbandoned } from './abandoned-folders.js'
export {
  CancelledError,
  codeOf,
  type ErrorDetails,
  type ErrorTier,
  InternalError,
  MoultError,
  messageOf,
  OutsideError,
  type Place,
  UsageError,
  UserError,
} from './errors.js'
export { Emitter } from './events.js'
export { explainSystemError, readError, writeError } from './file-errors.js'
export { type Finding, Findings, needPerson, type Severity } from './findings.js'
export { inParallel } from './in-parallel.js'
export { inTurn } from './in-turn.js'
export { packageFile } from './package-file.js'
export { isProcessAlive, processStart } from './process-life.js'
export {
  Progress,
  type ProgressEvents,
  type Step,
  type StepOptions,
  type StepState,
} from './progress.js'
