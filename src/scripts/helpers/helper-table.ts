import type { HelperTable } from './calling/helper-function.js'
import { OPENUPGRADE_FUNCTIONS } from './openupgrade-functions.js'
import { UTIL_FUNCTIONS } from './util-functions.js'

/** All helpers by the name that Python scripts use. */
export const HELPERS: HelperTable = new Map([...OPENUPGRADE_FUNCTIONS, ...UTIL_FUNCTIONS])
