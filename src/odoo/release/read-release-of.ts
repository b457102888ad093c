import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, readError, UserError } from '../../base/index.js'
import type { Release } from './release.js'

/** The line that every release's file has: `version_info = (16, 0, 0, FINAL, 0, '')`. */
const VERSION_INFO = /^version_info\s*=\s*\(\s*(?:(\d+)|['"]saas~(\d+)['"])\s*,\s*(\d+)\s*,/m

/**
 * The release of an Odoo source tree, from its `odoo/release.py`, which is read and never run. The
 * folder may also be the package itself (`…/odoo`).
 *
 * Errors: NOT_A_SOURCE_TREE.
 */
export async function readReleaseOf(sourceTree: string): Promise<Release> {
  for (const file of [join(sourceTree, 'odoo', 'release.py'), join(sourceTree, 'release.py')]) {
    const text = await readIfThere(file)
    if (text === undefined) continue
    const match = VERSION_INFO.exec(text)
    if (match === null) throw notATree(sourceTree, `${file} does not tell a release`)
    const [, plain, saas, minorText] = match
    const major = Number(plain ?? saas)
    const minor = Number(minorText)
    return { series: `${saas === undefined ? '' : 'saas~'}${major}.${minor}`, major, minor }
  }
  throw notATree(sourceTree, 'there is no odoo/release.py in it')
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw readError(error, file)
  }
}

function notATree(folder: string, why: string): UserError {
  return new UserError('NOT_A_SOURCE_TREE', `${folder} is no source tree of Odoo: ${why}`, {
    place: { file: folder },
    hint: 'Name the folder that holds odoo-bin and odoo/release.py.',
  })
}
