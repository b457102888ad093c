import { resolve } from 'node:path'
import { UsageError } from '../../../base/index.js'
import type { UpgradeRequest } from '../../../upgrade/planning/index.js'
import { type GivenOptions, textOption } from '../../command.js'

/** What the command line says about how scripts are run. */
export interface ScriptHostOptions {
  readonly interpreter: string | undefined
  readonly openupgradelib: string | undefined
  readonly seconds: number | undefined
  /** Megabytes. */
  readonly memory: number | undefined
}

export const MEGABYTE = 1024 * 1024

/** Reads `--python`, `--openupgradelib`, `--script-seconds` and `--script-memory`. Fails with NUMBER_INVALID. */
export function scriptHostOptions(options: GivenOptions): ScriptHostOptions {
  const interpreter = textOption(options, 'python')
  const library = textOption(options, 'openupgradelib')
  return {
    // A name without a folder is looked for on the PATH.
    interpreter: interpreter?.match(/[\\/]/) ? resolve(interpreter) : interpreter,
    openupgradelib: library === undefined ? undefined : resolve(library),
    seconds: numberOption(options, 'scriptSeconds', '--script-seconds'),
    memory: numberOption(options, 'scriptMemory', '--script-memory'),
  }
}

/** The request of a recorded run with what is told anew. */
export function withScriptHostOptions(
  request: UpgradeRequest,
  { interpreter, openupgradelib, seconds, memory }: ScriptHostOptions,
): UpgradeRequest {
  return {
    ...request,
    python: {
      ...request.python,
      ...(interpreter !== undefined && { interpreter }),
      ...(openupgradelib !== undefined && { openupgradelib }),
    },
    ...(seconds !== undefined && { scriptSeconds: seconds }),
    ...(memory !== undefined && { scriptMemory: memory * MEGABYTE }),
  }
}

function numberOption(options: GivenOptions, name: string, flag: string): number | undefined {
  const text = textOption(options, name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new UsageError('NUMBER_INVALID', `${flag} ${text}: this is no positive number`)
}
