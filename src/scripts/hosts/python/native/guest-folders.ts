import { existsSync } from 'node:fs'
import { mkdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { codeOf, UserError } from '../../../../base/index.js'
import type { Mount } from '../interpreter.js'
import type { OdooGuestOptions } from './odoo-guest-options.js'

/** The folders of an Odoo guest, as its interpreter knows them. */
export interface GuestFolders {
  readonly mounts: readonly Mount[]
  readonly odoo: string
  readonly addonsPaths: readonly string[]
  readonly upgradePaths: readonly string[]
  readonly packages: readonly string[]
  readonly library: string | undefined
  readonly filestore: string
}

/** Where packages that come with Debian have their data; they name these folders, or are linked to them. */
const DEBIAN_DATA = ['docutils', 'python-babel-localedata', 'zoneinfo'].map(
  (name) => `/usr/share/${name}`,
)

/** Finds the folders; throws ODOO_SOURCE_UNKNOWN, SCRIPT_FOLDER_UNKNOWN, LIBRARY_UNKNOWN. */
export async function findGuestFolders(options: OdooGuestOptions): Promise<GuestFolders> {
  if (!existsSync(join(options.odoo, 'odoo', 'release.py'))) throw sourceUnknown(options.odoo)
  const mounts: Mount[] = []
  const logical = options.interpreter === 'embedded'
  const place = async (folder: string, name: string, writable = false): Promise<string> => {
    const shown = resolve(folder)
    const host = await realFolder(folder)
    const around = mounts.find((mount) => isBelow(host, mount.host))
    if (around !== undefined && !writable) {
      return around.guest + host.slice(around.host.length).split(sep).join('/')
    }
    const guest = logical ? name : shown
    mounts.push({ guest, host, shown, ...(writable && { writable }) })
    return guest
  }
  const inOrder = async (folders: readonly string[], name: string): Promise<string[]> => {
    const placed: string[] = []
    for (const folder of folders) placed.push(await place(folder, `${name}/${placed.length}`))
    return placed
  }
  await mkdir(options.filestore, { recursive: true })
  const filestore = await place(options.filestore, '/filestore', true)
  const odoo = await place(options.odoo, '/odoo')
  const addonsPaths = await inOrder(options.addonsPaths, '/src')
  const upgradePaths = await inOrder(options.upgradePaths ?? [], '/scripts')
  const packages = await inOrder(options.packages, '/packages')
  for (const folder of logical ? DEBIAN_DATA.filter(existsSync) : []) await place(folder, folder)
  const { library } = options
  const holder =
    library === undefined || library === 'built-in'
      ? undefined
      : await place(libraryHolder(library.folder), '/library')
  return { mounts, odoo, addonsPaths, upgradePaths, packages, library: holder, filestore }
}

async function realFolder(folder: string): Promise<string> {
  try {
    const host = await realpath(folder)
    if ((await stat(host)).isDirectory()) return host
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error
  }
  throw new UserError('SCRIPT_FOLDER_UNKNOWN', `There is no folder ${folder}`, {
    hint: 'Check the addons path, the upgrade path and the folders of Python packages.',
    place: { file: folder },
  })
}

/** Both the package's folder and the one that holds it are understood. */
function libraryHolder(folder: string): string {
  const own = basename(resolve(folder)) === 'openupgradelib'
  const holder = own && isPackage(folder) ? dirname(resolve(folder)) : resolve(folder)
  if (isPackage(join(holder, 'openupgradelib'))) return holder
  throw new UserError('LIBRARY_UNKNOWN', `There is no openupgradelib in ${folder}`, {
    hint: 'Name the folder that holds the package "openupgradelib", or leave the option out.',
  })
}

function isPackage(folder: string): boolean {
  return existsSync(join(folder, '__init__.py'))
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function sourceUnknown(folder: string): UserError {
  return new UserError('ODOO_SOURCE_UNKNOWN', `There is no Odoo source tree in ${folder}`, {
    hint: 'Name the folder that holds the package "odoo" (with odoo/release.py) of the target release.',
    place: { file: folder },
  })
}
