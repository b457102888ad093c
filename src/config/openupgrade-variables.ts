import { UserError } from '../base/index.js'
import type { Environment } from './environment.js'

/** What OPENUPGRADE_* variables say. */
export interface OpenUpgradeVariables {
  /** OPENUPGRADE_TARGET_VERSION, such as `18.0`: costly functions of scripts only run for it. */
  readonly targetVersion: string | undefined
  /** OPENUPGRADE_USE_DEMO is exactly `yes`. */
  readonly useDemo: boolean
  /** OPENUPGRADE_RENAMED_MODULES: old name → new name. */
  readonly renamedModules: Readonly<Record<string, string>>
  /** OPENUPGRADE_MERGED_MODULES: old name → name of the module that took it in. */
  readonly mergedModules: Readonly<Record<string, string>>
}

/**
 * Reads OpenUpgrade's variables.
 *
 * Errors: OPENUPGRADE_VARIABLE_INVALID for what is no JSON object of texts.
 */
export function readOpenUpgradeVariables({ openUpgrade }: Environment): OpenUpgradeVariables {
  return {
    targetVersion: openUpgrade.OPENUPGRADE_TARGET_VERSION,
    useDemo: openUpgrade.OPENUPGRADE_USE_DEMO === 'yes',
    renamedModules: namesOf(openUpgrade, 'OPENUPGRADE_RENAMED_MODULES'),
    mergedModules: namesOf(openUpgrade, 'OPENUPGRADE_MERGED_MODULES'),
  }
}

function namesOf(
  variables: Readonly<Record<string, string>>,
  name: string,
): Readonly<Record<string, string>> {
  const text = variables[name]
  if (text === undefined) return {}
  const invalid = (cause?: unknown): UserError =>
    new UserError('OPENUPGRADE_VARIABLE_INVALID', `${name} is no JSON object of names`, {
      hint: `Write ${name}='{"old_module": "new_module"}'.`,
      place: { object: name },
      ...(cause !== undefined && { cause }),
    })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw invalid(error)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid()
  const entries = Object.entries(value)
  if (!entries.every(([, to]) => typeof to === 'string')) throw invalid()
  return Object.fromEntries(entries)
}
