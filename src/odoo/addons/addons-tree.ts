import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Findings,
  inParallel,
  MoultError,
  type Progress,
  readError,
} from '../../base/index.js'
import { compareCodePoints, type Release, releaseRules } from '../release/index.js'
import type { ModuleSource } from './manifest.js'
import { readManifest } from './read-manifest.js'
import { resolveSearchPath, type SearchPathOptions } from './search-path.js'

/** All modules of an addons path, and how files of theirs are found. */
export interface AddonsTree {
  readonly release: Release
  /** In search order. */
  readonly folders: readonly string[]
  /** The source tree of the release, when it is on the addons path. */
  readonly root: string | undefined
  /** By name, in the order of names; of several copies the one that Odoo takes. */
  readonly modules: ReadonlyMap<string, ModuleSource>
  /**
   * Every existing file or folder at a path inside a module, in search order; Odoo takes the first.
   * From 15 on copies of the module that do not win are searched as well, file by file.
   */
  findAll(module: string, relativePath: string): Promise<readonly string[]>
}

/** A few hundred small files are read at once; more only wait for the disk. */
const PARALLEL = 64
const ZIP = '.zip'

/**
 * Reads all modules of an addons path: the first folder that holds a module wins. A module whose
 * manifest cannot be read is listed with its problem.
 *
 * Errors: RELEASE_UNKNOWN, RELEASE_MISMATCH, RELEASE_UNSUPPORTED, READ_FAILED.
 */
export async function readAddonsTree(
  options: SearchPathOptions,
  progress: Progress,
  findings: Findings,
): Promise<AddonsTree> {
  const { release, folders, root } = await resolveSearchPath(options, findings)
  const rules = releaseRules(release)
  const { candidates, zips } = await listCandidates(folders)
  const name = `Reading modules of Odoo ${release.series}`
  const found = new Map<string, ModuleSource>()
  const total = candidates.size
  await progress.step(name, { unit: 'modules', total }, async (step) => {
    await inParallel(
      [...candidates],
      async ([module, places]) => {
        const source = await readFirst(module, places, release, findings)
        if (source !== undefined) found.set(module, source)
        step.advance(1, module)
      },
      PARALLEL,
    )
  })
  const modules = new Map([...found].sort(([a], [b]) => compareCodePoints(a, b)))
  reportZips(zips, modules, findings)
  const findAll = async (module: string, relativePath: string): Promise<readonly string[]> => {
    const winner = modules.get(module)?.folder
    const places = rules.perFileLookup
      ? folders.map((folder) => join(folder, module))
      : winner === undefined
        ? []
        : [winner]
    const paths = places.map((place) => join(place, relativePath))
    const there = await Promise.all(paths.map(exists))
    return paths.filter((_, index) => there[index])
  }
  return { release, folders, root, modules, findAll }
}

interface Candidates {
  /** Name of a module → folders that may be it, in search order. */
  readonly candidates: ReadonlyMap<string, readonly string[]>
  readonly zips: ReadonlyMap<string, string>
}

async function listCandidates(folders: readonly string[]): Promise<Candidates> {
  const candidates = new Map<string, string[]>()
  const zips = new Map<string, string>()
  for (const folder of folders) {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      throw readError(error, folder)
    })
    for (const entry of entries) {
      const path = join(folder, entry.name)
      if (entry.name.endsWith(ZIP) && !entry.isDirectory()) {
        const module = entry.name.slice(0, -ZIP.length)
        if (!zips.has(module)) zips.set(module, path)
      } else if (!entry.isFile() && !entry.name.startsWith('.')) {
        const places = candidates.get(entry.name)
        if (places === undefined) candidates.set(entry.name, [path])
        else places.push(path)
      }
    }
  }
  return { candidates, zips }
}

async function readFirst(
  name: string,
  places: readonly string[],
  release: Release,
  findings: Findings,
): Promise<ModuleSource | undefined> {
  for (const folder of places) {
    try {
      const manifest = await readManifest(folder, release, findings)
      if (manifest !== undefined) return { name, folder, manifest }
    } catch (problem) {
      if (problem instanceof MoultError) return { name, folder, problem }
      throw problem
    }
  }
  return undefined
}

function reportZips(
  zips: ReadonlyMap<string, string>,
  modules: ReadonlyMap<string, ModuleSource>,
  findings: Findings,
): void {
  for (const [module, file] of zips) {
    if (modules.has(module)) continue
    findings.add({
      code: 'ADDON_ZIPPED',
      severity: 'warning',
      message: `${file} may be a module; zipped modules are not read`,
      place: { file },
      hint: 'Unpack it beside the archive.',
    })
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
