import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, UserError } from '../../base/index.js'
import { MANIFEST_NAMES } from './manifest-file.js'
import { expandTree } from './search-path.js'

/**
 * The folder of every module on an addons path; the first hit wins, as in Odoo. A path may also be
 * the root of an Odoo source tree, which stands for its addons folders.
 */
export async function locateModules(
  addonsPath: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const folders = addonsPath.flatMap(expandTree)
  const listings = await Promise.all(folders.map(listModules))
  const modules = new Map<string, string>()
  for (const listing of listings) {
    for (const [name, folder] of listing) if (!modules.has(name)) modules.set(name, folder)
  }
  return modules
}

async function listModules(folder: string): Promise<readonly (readonly [string, string])[]> {
  try {
    if (!(await stat(folder)).isDirectory()) throw notAFolder(folder)
    const names = (await readdir(folder)).sort()
    return names
      .map((name) => [name, join(folder, name)] as const)
      .filter(([, path]) => MANIFEST_NAMES.some((manifest) => existsSync(join(path, manifest))))
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? notAFolder(folder) : error
  }
}

function notAFolder(folder: string): UserError {
  return new UserError('ADDONS_PATH_UNKNOWN', `${folder} is no folder`, {
    place: { file: folder },
    hint: 'Give folders that hold modules, or the root of an Odoo source tree, with --addons-path.',
  })
}
