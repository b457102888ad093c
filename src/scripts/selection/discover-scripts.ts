import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, inParallel, messageOf, OutsideError } from '../../base/index.js'
import { compareCodePoints, type Release, releaseRules } from '../../odoo/release/index.js'
import type {
  DiscoveredScripts,
  ScriptFile,
  ScriptSource,
  ShadowedFolder,
  VersionDirectory,
} from './migration-script.js'
import { readScriptFile } from './script-file.js'

/** Where to look for scripts, and of which modules. */
export interface DiscoverRequest {
  readonly release: Release
  /** The modules, each with the folder of the copy that counts (the first on the addons path). */
  readonly modules: Iterable<{ readonly name: string; readonly folder: string }>
  /** All folders of the addons path in Odoo's order: other copies of a module may lend their scripts. */
  readonly addonsPath: readonly string[]
  /** Folders of `<module>/<version>/`, in order. */
  readonly upgradePaths: readonly string[]
}

/** Odoo's own names of the folders inside a module. */
const IN_MODULE = [
  ['migrations', 'module'],
  ['upgrades', 'module_upgrades'],
] as const

const AT_ONCE = 32

/**
 * Lists the scripts of modules in all sources (odoo/modules/migration.py): nothing is opened or judged. From
 * 15 on a `migrations` folder is looked up on the whole addons path and all upgrade paths count; 14 takes the
 * winning copy and the first upgrade path that has the module.
 *
 * Errors: READ_FAILED.
 */
export async function discoverScripts(request: DiscoverRequest): Promise<DiscoveredScripts> {
  const { perFileLookup, mergesUpgradePaths } = releaseRules(request.release)
  const modules = [...request.modules]
  const holders = perFileLookup ? await Promise.all(request.addonsPath.map(holderOf)) : []
  const upgrades = await Promise.all(request.upgradePaths.map(holderOf))
  const shadowed: ShadowedFolder[] = []
  const found = new Map<string, readonly VersionDirectory[]>()
  await inParallel(
    modules,
    async ({ name, folder }) => {
      const copies = copiesOf(name, folder, holders)
      const sources = [...(await ownSources(name, copies, shadowed))]
      const paths = upgrades.filter((holder) => holder.names.has(name))
      for (const [place, holder] of paths.entries()) {
        const path = join(holder.folder, name)
        const first = paths[0]
        if (place > 0 && !mergesUpgradePaths && first !== undefined) {
          shadowed.push({ module: name, folder: path, by: join(first.folder, name) })
          continue
        }
        const rank = IN_MODULE.length + upgrades.indexOf(holder)
        sources.push({ kind: 'upgrade', rank, folder: path })
      }
      const listed = await Promise.all(sources.map((source) => versionsOf(name, source)))
      found.set(name, listed.flat())
    },
    AT_ONCE,
  )
  shadowed.sort((a, b) => compareCodePoints(a.folder, b.folder))
  return { modules: inOrder(modules, found), shadowed }
}

interface Holder {
  readonly folder: string
  readonly names: ReadonlySet<string>
}

async function holderOf(folder: string): Promise<Holder> {
  const entries = await list(folder)
  return { folder, names: new Set(entries.map((entry) => entry.name)) }
}

/** Folders of a module's name in search order; the winning copy at its place. */
function copiesOf(name: string, folder: string, holders: readonly Holder[]): readonly string[] {
  const copies = holders
    .filter(({ names }) => names.has(name))
    .map((item) => join(item.folder, name))
  return copies.includes(folder) ? copies : [folder, ...copies]
}

/** `migrations` and `upgrades`, each from the first copy that has it. */
async function ownSources(
  module: string,
  copies: readonly string[],
  shadowed: ShadowedFolder[],
): Promise<readonly ScriptSource[]> {
  const contents = await Promise.all(copies.map(list))
  return IN_MODULE.flatMap(([inside, kind], rank) => {
    const folders = copies
      .filter((_, place) => contents[place]?.some((entry) => entry.name === inside))
      .map((copy) => join(copy, inside))
    const [folder, ...others] = folders
    if (folder === undefined) return []
    for (const other of others) shadowed.push({ module, folder: other, by: folder })
    return [{ kind, rank, folder }]
  })
}

async function versionsOf(
  module: string,
  source: ScriptSource,
): Promise<readonly VersionDirectory[]> {
  const names = await namesOf(source.folder, 'folder')
  return await Promise.all(
    names.map(async (name) => {
      const folder = join(source.folder, name)
      const scripts: ScriptFile[] = []
      const otherFiles: string[] = []
      for (const file of await namesOf(folder, 'file')) {
        const script = readScriptFile(folder, file)
        if (script === undefined) otherFiles.push(file)
        else scripts.push(script)
      }
      return { module, name, source, folder, scripts, otherFiles }
    }),
  )
}

/** Names of a folder's files or folders; symbolic links count as what they lead to. */
async function namesOf(folder: string, kind: 'file' | 'folder'): Promise<readonly string[]> {
  const names: string[] = []
  for (const entry of await list(folder)) {
    const isKind = entry.isSymbolicLink()
      ? await leadsTo(join(folder, entry.name), kind)
      : kind === 'file'
        ? entry.isFile()
        : entry.isDirectory()
    if (isKind) names.push(entry.name)
  }
  return names
}

async function leadsTo(link: string, kind: 'file' | 'folder'): Promise<boolean> {
  const found = await stat(link).catch(() => undefined)
  return found !== undefined && (kind === 'file' ? found.isFile() : found.isDirectory())
}

/** A folder's entries by name; none when it does not exist or is no folder. */
async function list(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.sort((a, b) => compareCodePoints(a.name, b.name))
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw new OutsideError('READ_FAILED', `Cannot list ${folder}: ${messageOf(error)}`, {
      place: { file: folder },
      hint: 'Check the permissions of the folder, then run the command again.',
      cause: error,
    })
  }
}

function inOrder(
  modules: readonly { readonly name: string }[],
  found: ReadonlyMap<string, readonly VersionDirectory[]>,
): ReadonlyMap<string, readonly VersionDirectory[]> {
  return new Map(modules.map(({ name }) => [name, found.get(name) ?? []]))
}
