import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../base/index.js'
import type { Environment } from './environment.js'
import { expandPath } from './expand-path.js'

/** Which odoo.conf is read, and whether somebody named it on the command line. */
export interface FoundConf {
  readonly file: string
  readonly isGiven: boolean
}

/**
 * The odoo.conf that odoo-bin would read: `-c`, else ODOO_RC, else OPENERP_SERVER, else `~/.odoorc`, else
 * `~/.openerp_serverrc`; undefined when there is none. Only a file named by `-c` must exist.
 *
 * Errors: CONFIG_AMBIGUOUS when both files of the home folder exist.
 */
export function findOdooConf(
  given: string | undefined,
  environment: Environment,
): FoundConf | undefined {
  if (given !== undefined) return { file: expandPath(given, environment), isGiven: true }
  if (environment.odooConfigFile !== undefined) {
    const file = expandPath(environment.odooConfigFile, environment)
    return existsSync(file) ? { file, isGiven: false } : undefined
  }
  const files = ['.odoorc', '.openerp_serverrc'].map((name) => join(environment.userHome, name))
  const there = files.filter((file) => existsSync(file))
  if (there.length > 1) {
    throw new UsageError(
      'CONFIG_AMBIGUOUS',
      `There are two configuration files: ${there.join(', ')}`,
      {
        hint: 'Remove one of them, or name the one to read with -c.',
      },
    )
  }
  return there[0] === undefined ? undefined : { file: there[0], isGiven: false }
}
