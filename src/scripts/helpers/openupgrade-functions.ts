import type { HelperFunction } from './calling/helper-function.js'
import { FIELD_FUNCTIONS } from './openupgrade/field-functions.js'
import { MODEL_FUNCTIONS } from './openupgrade/model-functions.js'
import { RECORD_FUNCTIONS } from './openupgrade/record-functions.js'
import { SCHEMA_FUNCTIONS } from './openupgrade/schema-functions.js'
import { UNSUPPORTED_FUNCTIONS } from './openupgrade/unsupported-functions.js'
import { VERSION_FUNCTIONS } from './openupgrade/version-functions.js'

/** The functions of openupgradelib that scripts call, with its signatures. */
export const OPENUPGRADE_FUNCTIONS: readonly (readonly [string, HelperFunction])[] = [
  ...SCHEMA_FUNCTIONS,
  ...FIELD_FUNCTIONS,
  ...MODEL_FUNCTIONS,
  ...RECORD_FUNCTIONS,
  ...VERSION_FUNCTIONS,
  ...UNSUPPORTED_FUNCTIONS,
]
