import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { readError, UsageError } from '../../base/index.js'
import { MANIFEST_NAMES } from './manifest-file.js'
import { isRoot } from './search-path.js'

/**
 * Checks `--addons-path` of a command line as odoo-bin does (odoo/tools/config.py): every entry must
 * be a folder with at least one module that has a manifest and an `__init__.py`. The root of a source
 * tree is allowed as well. What a configuration file says is not checked by Odoo.
 *
 * Errors: ADDONS_PATH_INVALID with Odoo's texts.
 */
export async function validateAddonsPath(entries: readonly string[]): Promise<readonly string[]> {
  const folders: string[] = []
  for (const entry of entries) {
    const folder = resolve(entry.replace(/^~(?=\/|$)/, homedir()))
    if (!(await isFolder(folder))) throw invalid(`no such directory: '${folder}'`, folder)
    if (!isRoot(folder) && !(await holdsModules(folder))) {
      throw invalid(`the path '${folder}' is not a valid addons directory`, folder)
    }
    folders.push(folder)
  }
  return [...new Set(folders)]
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

async function holdsModules(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw readError(error, folder)
  })
  return names.some((name) => {
    const has = (file: string): boolean => existsSync(join(folder, name, file))
    return has('__init__.py') && MANIFEST_NAMES.some(has)
  })
}

function invalid(problem: string, folder: string): UsageError {
  return new UsageError('ADDONS_PATH_INVALID', `option --addons-path: ${problem}`, {
    place: { file: folder },
    hint: 'Name folders that hold modules, or the root of an Odoo source tree, separated by commas.',
  })
}
