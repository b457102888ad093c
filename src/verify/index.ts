/** Drives a running Odoo as a user would, over HTTP, and tells what fails. */
export { CHECK_KINDS, type CheckKind } from './check.js'
export type { SaleRecords } from './check-sale.js'
export type { Credentials } from './log-in.js'
export type { ServerFault } from './server-fault.js'
export type { CheckCounts, FailedCheck, VerifyReport } from './verify-report.js'
export { type VerifyOptions, verifyServer } from './verify-server.js'
