export {
  changePlan,
  continueRun,
  createRun,
  failRun,
  finishHop,
  finishRun,
  finishStep,
  markPartlyCommitted,
  type RunTicket,
  type StepOutcome,
  type StepReference,
  startHop,
  startStep,
} from './journal.js'
export type {
  RecordedHop,
  RecordedRun,
  RecordedScript,
  RecordedStep,
  RunFailure,
  RunStatus,
} from './journal-record.js'
export { prepareJournal } from './journal-schema.js'
export { readRun, sequencesOf } from './read-journal.js'
