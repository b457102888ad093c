import type { Release } from '../../odoo/release/index.js'

/** Modules for devices and for tests of the framework; upgrade_analysis leaves them out as well. */
const LEFT_OUT = /^(?:hw_|test_)|_test$/
/** Payment methods that upgrade_analysis leaves out from its branch 16.0 on. */
const FIRST_WITHOUT_PAYMENTS = 16
const PAYMENTS = new Set([
  'payment_alipay',
  'payment_ogone',
  'payment_payulatam',
  'payment_payumoney',
])

/**
 * Whether the analysis of a whole release leaves a module out. The set matters: values that modules add to a
 * selection are told with all that were added before.
 */
export function isLeftOut(module: string, { major }: Pick<Release, 'major'>): boolean {
  return LEFT_OUT.test(module) || (major >= FIRST_WITHOUT_PAYMENTS && PAYMENTS.has(module))
}
