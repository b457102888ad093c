import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../base/index.js'

const SCRIPT = /^(pre|post|end)-.*\.(py|ts|js|mjs|sql)$/s

/**
 * Checks `--upgrade-path` of a command line as odoo-bin does (odoo/tools/config.py): every entry must be
 * a folder with at least one script two levels down: `<module>/<version>/pre-….py`, `post-` or `end-`. Scripts
 * in moult's other languages count as well. What a configuration file says is not checked by Odoo.
 *
 * Errors: UPGRADE_PATH_INVALID with Odoo's texts; one bad entry refuses all.
 */
export async function validateUpgradePath(folders: readonly string[]): Promise<readonly string[]> {
  for (const folder of folders) {
    if (!(await isFolder(folder))) throw invalid(`no such directory: '${folder}'`, folder)
    if (!(await holdsScripts(folder))) {
      throw invalid(`the path '${folder}' is not a valid upgrade directory`, folder)
    }
  }
  return [...new Set(folders)]
}

async function holdsScripts(folder: string): Promise<boolean> {
  for (const module of await visible(folder)) {
    for (const version of await visible(join(folder, module))) {
      const names = await visible(join(folder, module, version))
      if (names.some((name) => SCRIPT.test(name))) return true
    }
  }
  return false
}

/** Names in a folder without those that begin with a dot, which a glob passes over; nothing for a file. */
async function visible(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.'))
  } catch {
    return []
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

function invalid(problem: string, folder: string): UsageError {
  return new UsageError('UPGRADE_PATH_INVALID', `option --upgrade-path: ${problem}`, {
    place: { file: folder },
    hint: 'Name the folder above the modules, such as openupgrade_scripts/scripts; several are separated by commas.',
  })
}
