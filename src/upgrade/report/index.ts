/** What a finished or stopped run tells, as data and as a page. */
export { reportPage } from './report-page.js'
export type { HopSummary, ModuleSummary, PhaseTime, RunReport } from './run-report.js'
export { runReport } from './run-report.js'
