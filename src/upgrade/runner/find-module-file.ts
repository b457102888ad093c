import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { AddonsTree } from '../../odoo/addons/index.js'

/** A module's file: on the addons path, else in the module's folder of an upgrade path. */
export async function findModuleFile(
  tree: AddonsTree,
  upgradePath: readonly string[],
  module: string,
  file: string,
): Promise<string | undefined> {
  const [own] = await tree.findAll(module, file)
  if (own !== undefined) return own
  for (const folder of upgradePath) {
    const path = join(folder, module, file)
    try {
      await access(path)
      return path
    } catch {
      // The next folder may have it.
    }
  }
  return undefined
}
