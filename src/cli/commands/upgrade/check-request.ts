import { existsSync } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UsageError, UserError, writeError } from '../../../base/index.js'
import { formatOfName } from '../../../databases/manager/index.js'
import type { UpgradePlan, UpgradeRequest } from '../../../upgrade/planning/index.js'

/**
 * Refuses what could not end well, before anything is copied: a run may take hours.
 *
 * Errors: BACKUP_FORMAT_UNKNOWN, FILE_EXISTS, FILE_NOT_FOUND, FILE_NOT_WRITABLE for `-o`; PYTHON_NOT_FOUND,
 * LIBRARY_UNKNOWN.
 */
export async function checkRequest(
  { output, python }: UpgradeRequest,
  overwrite: boolean,
): Promise<void> {
  if (output !== undefined) await checkOutput(output, overwrite)
  const { interpreter, openupgradelib } = python
  if (/[\\/]/.test(interpreter) && !existsSync(interpreter)) {
    throw new UserError('PYTHON_NOT_FOUND', `There is no Python at ${interpreter}`, {
      hint: 'Name a program of Python 3.8 or newer, or leave --python out: one is built in.',
    })
  }
  if (openupgradelib !== undefined && !holdsLibrary(openupgradelib)) {
    throw new UserError('LIBRARY_UNKNOWN', `There is no openupgradelib in ${openupgradelib}`, {
      hint: 'Name the folder that holds the package "openupgradelib", or leave the option out.',
    })
  }
}

/** Fails with MODULE_UNKNOWN for a checkpoint before a module that the plan does not touch. */
export function checkCheckpoints(plan: UpgradePlan, named: string | undefined): void {
  if (named === undefined || named === 'all') return
  const known = new Set(plan.hops.flatMap((hop) => hop.modules.map(({ name }) => name)))
  const unknown = named.split(',').filter((name) => name !== '' && !known.has(name))
  if (unknown.length === 0) return
  throw new UsageError('MODULE_UNKNOWN', `--checkpoint: the plan has no ${unknown.join(', ')}`, {
    hint: 'Name modules that the upgrade touches (moult plan lists them), or all.',
  })
}

async function checkOutput(file: string, overwrite: boolean): Promise<void> {
  formatOfName(file)
  if (existsSync(file) && !overwrite && !(await stat(file)).isDirectory()) {
    throw new UserError('FILE_EXISTS', `${file} already exists`, {
      place: { file },
      hint: 'Choose another path, or add --overwrite to replace it.',
    })
  }
  try {
    await access(dirname(file), constants.W_OK)
  } catch (error) {
    throw writeError(error, file)
  }
}

/** The folder that holds the package, or the package itself. */
function holdsLibrary(folder: string): boolean {
  const isPackage = (place: string): boolean => existsSync(join(place, '__init__.py'))
  return (
    isPackage(join(folder, 'openupgradelib')) ||
    (basename(folder) === 'openupgradelib' && isPackage(folder))
  )
}
