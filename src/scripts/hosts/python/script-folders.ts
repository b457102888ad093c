import { existsSync } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, resolve, sep } from 'node:path'
import { codeOf, UserError } from '../../../base/index.js'
import type { Mount } from './interpreter.js'
import type { PythonHostOptions } from './python-host-options.js'

/** The folders that all scripts of a host see. */
export interface ScriptFolders {
  readonly mounts: readonly Mount[]
  /** Guest paths of the addons path's entries. */
  readonly addonsPaths: readonly string[]
  /** Guest paths of addons that hold script folders, by name. */
  readonly addons: Readonly<Record<string, string>>
  /** Guest path of the user's openupgradelib, if there is one. */
  readonly library: string | undefined
}

/** Where one script lies, as its interpreter sees it. */
export interface ScriptLocation {
  readonly path: string
  /** Folders of its version, of all versions, of its addon; null where they cannot be seen. */
  readonly folders: readonly [string, string | null, string | null]
  /** What has to be mounted for this script alone. */
  readonly mounts: readonly Mount[]
}

/** How folders are named in the interpreter: by role and number, or as they are. */
export type FolderNaming = 'logical' | 'as-is'

/**
 * Finds the folders of a host's options. Throws SCRIPT_FOLDER_UNKNOWN for one that is missing.
 */
export async function findScriptFolders(
  options: PythonHostOptions,
  naming: FolderNaming,
): Promise<ScriptFolders> {
  const mount = (folder: string, guest: string): Promise<Mount> => mountOf(folder, guest, naming)
  const sources = await Promise.all(
    options.roots.sources.map((folder, index) => mount(folder, `/src/${index}`)),
  )
  const scripts = await Promise.all(
    options.roots.scripts.map((folder, index) => mount(folder, `/scripts/${index}`)),
  )
  // openupgrade_scripts/scripts: the scripts import their own addon's other files.
  const holders = await Promise.all(
    options.roots.scripts
      .map((folder) => dirname(resolve(folder)))
      .filter(isAddon)
      .map((folder, index) => mount(folder, `/addons/${index}/${basename(folder)}`)),
  )
  const library = await libraryMount(options, mount)
  return {
    mounts: [...sources, ...scripts, ...holders, ...(library === undefined ? [] : [library])],
    addonsPaths: sources.map(({ guest }) => guest),
    addons: Object.fromEntries(holders.map(({ guest, shown }) => [basename(shown), guest])),
    library: library?.guest,
  }
}

/** Finds a script in the folders, or mounts its addon, or else its own folder, for it. */
export async function locateScript(
  file: string,
  folders: ScriptFolders,
  naming: FolderNaming,
): Promise<ScriptLocation> {
  const versions = dirname(dirname(file))
  const addon = isAddon(dirname(versions)) ? dirname(versions) : undefined
  const known = await findIn(file, folders.mounts)
  const mounts =
    known === undefined ? [await mountOf(addon ?? dirname(file), '/script', naming)] : []
  const path = known ?? (await findIn(file, mounts)) ?? file
  const visible = (folder: string): Promise<string | undefined> =>
    findIn(folder, [...folders.mounts, ...mounts])
  return {
    path,
    folders: [
      dirname(path),
      addon === undefined ? null : ((await visible(versions)) ?? null),
      addon === undefined ? null : ((await visible(addon)) ?? null),
    ],
    mounts,
  }
}

async function findIn(file: string, mounts: readonly Mount[]): Promise<string | undefined> {
  const deepestFirst = [...mounts].sort((a, b) => b.shown.length - a.shown.length)
  for (const { shown, guest } of deepestFirst) {
    if (isBelow(file, shown)) return guest + guestSlashes(file.slice(shown.length))
  }
  const real = await realpath(file).catch(() => file)
  for (const { host, guest } of deepestFirst) {
    if (isBelow(real, host)) return guest + guestSlashes(real.slice(host.length))
  }
  return undefined
}

async function mountOf(folder: string, guest: string, naming: FolderNaming): Promise<Mount> {
  const shown = resolve(folder)
  try {
    const host = await realpath(shown)
    if (!(await stat(host)).isDirectory()) throw unknownFolder(folder)
    return { guest: naming === 'logical' ? guest : shown, host, shown }
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') throw unknownFolder(folder)
    throw error
  }
}

async function libraryMount(
  { library }: PythonHostOptions,
  mount: (folder: string, guest: string) => Promise<Mount>,
): Promise<Mount | undefined> {
  if (library === undefined || library === 'built-in') return undefined
  const folder = resolve(library.folder)
  // Both the package's folder and the one that holds it are understood.
  const holder =
    basename(folder) === 'openupgradelib' && isPackage(folder) ? dirname(folder) : folder
  if (!isPackage(resolve(holder, 'openupgradelib'))) {
    throw new UserError('LIBRARY_UNKNOWN', `There is no openupgradelib in ${library.folder}`, {
      hint: 'Name the folder that holds the package "openupgradelib", or leave the option out.',
    })
  }
  return mount(holder, '/library')
}

function isAddon(folder: string): boolean {
  return existsSync(resolve(folder, '__manifest__.py'))
}

function isPackage(folder: string): boolean {
  return existsSync(resolve(folder, '__init__.py'))
}

function isBelow(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function guestSlashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/')
}

function unknownFolder(folder: string): UserError {
  return new UserError('SCRIPT_FOLDER_UNKNOWN', `There is no folder ${folder}`, {
    hint: 'Check the addons path and the upgrade path.',
    place: { file: folder },
  })
}
