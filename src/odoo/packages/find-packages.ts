import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UserError } from '../../base/index.js'
import type { Environment } from '../../config/index.js'
import type { Release } from '../release/index.js'
import { canonicalName } from './distribution-name.js'
import type { FoundPackage, FoundPackages, PackageOrigin } from './found-packages.js'
import { type InspectedPackage, PackageFolder } from './inspect-package.js'
import { packageSite } from './package-cache.js'
import { type PackageNeed, packageNeeds } from './package-needs.js'
import { readRequirements } from './read-requirements.js'
import { environmentsBeside, siteFolders } from './site-folders.js'

/** Where to look for the packages of a release. */
export interface FindPackagesOptions {
  readonly release: Release
  /** Folders of `--python-packages`: searched first. */
  readonly folders?: readonly string[]
  /** The Python of the user's Odoo: a program, or the folder of a virtual environment. */
  readonly odooPython?: string
  /** Source trees of Odoo: a `venv` or `.venv` beside them is searched, their requirements.txt read. */
  readonly trees?: readonly string[]
  readonly environment: Pick<Environment, 'cache' | 'variables'>
}

interface Place {
  readonly origin: PackageOrigin
  readonly folder: PackageFolder
}

/** The Debian packages' folder: there is nothing to ask where it is. */
const SYSTEM = '/usr/lib/python3/dist-packages'

/**
 * Finds the packages that a release imports: in the folders given, in the environment of the user's Odoo,
 * in the system's, in moult's cache. The first that holds a package wins, as in Python itself. Throws
 * PYTHON_PACKAGES_UNKNOWN for a folder or an environment that does not exist.
 */
export async function findPackages(options: FindPackagesOptions): Promise<FoundPackages> {
  const places = await findPlaces(options)
  const needs = await needsOf(options)
  const packages = await Promise.all(needs.map((need) => findPackage(need, places)))
  const used = new Set(packages.flatMap(({ folder }) => folder ?? []))
  return {
    folders: places.map(({ folder }) => folder.path).filter((path) => used.has(path)),
    packages,
  }
}

async function findPlaces(options: FindPackagesOptions): Promise<readonly Place[]> {
  const { folders = [], odooPython, trees = [], environment, release } = options
  const { variables, cache } = environment
  for (const folder of folders) await requireFolder(folder)
  const besides = await Promise.all(trees.map((tree) => environmentsBeside(resolve(tree))))
  const named = odooPython === undefined ? [] : await namedSites(odooPython, variables)
  const odoo = await Promise.all(besides.flat().map((python) => siteFolders(python, variables)))
  const system = [SYSTEM, ...(await siteFolders('python3', variables))]
  const searched: readonly (readonly [PackageOrigin, string])[] = [
    ...folders.map((folder) => ['option', resolve(folder)] as const),
    ...[...named, ...odoo.flat()].map((folder) => ['odoo', folder] as const),
    ...system.map((folder) => ['system', folder] as const),
    ['cache', packageSite(cache, release.series)],
  ]
  const distinct = searched.filter(
    ([, path], index) => searched.findIndex(([, other]) => other === path) === index,
  )
  const opened = await Promise.all(
    distinct.map(async ([origin, path]) => ({ origin, folder: await PackageFolder.open(path) })),
  )
  return opened.flatMap(({ origin, folder }) => (folder === undefined ? [] : [{ origin, folder }]))
}

async function namedSites(
  python: string,
  variables: Environment['variables'],
): Promise<readonly string[]> {
  const sites = await siteFolders(python, variables)
  if (sites.length === 0) {
    throw new UserError('PYTHON_PACKAGES_UNKNOWN', `${python} is no Python with packages`, {
      hint: 'Name the python program of the environment that Odoo runs in, or the folder of that environment.',
      place: { file: python },
    })
  }
  return sites
}

async function requireFolder(folder: string): Promise<void> {
  const isFolder = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
  if (isFolder) return
  throw new UserError('PYTHON_PACKAGES_UNKNOWN', `There is no folder ${folder}`, {
    hint: 'Name a folder that holds Python packages, such as lib/python3.11/site-packages of an environment.',
    place: { file: folder },
  })
}

/** The table's packages, and others that the trees' requirements.txt names. */
async function needsOf({
  release,
  trees = [],
}: FindPackagesOptions): Promise<readonly PackageNeed[]> {
  const known = packageNeeds(release.major)
  const names = new Set(known.map(({ distribution }) => canonicalName(distribution)))
  const required = (await Promise.all(trees.map((tree) => readRequirements(resolve(tree))))).flat()
  const further = [...new Set(required)].filter((name) => !names.has(name))
  return [
    ...known,
    ...further.map((distribution) => ({
      name: distribution.replace(/^python-/, '').replaceAll('-', '_'),
      distribution,
      needed: 'optional' as const,
      essential: false,
      without: 'named in requirements.txt; Odoo itself does without',
    })),
  ]
}

async function findPackage(need: PackageNeed, places: readonly Place[]): Promise<FoundPackage> {
  const { name, distribution, needed, essential } = need
  for (const { origin, folder } of places) {
    const found = await folder.inspect(name, distribution)
    if (found === undefined) continue
    const { kind, version } = found
    return {
      name,
      distribution,
      kind,
      needed,
      essential,
      ...(version !== undefined && { version }),
      origin,
      folder: folder.path,
      consequence: consequenceOf(need, found),
    }
  }
  return {
    name,
    distribution,
    kind: 'missing',
    needed,
    essential,
    consequence: consequenceOf(need, undefined),
  }
}

function consequenceOf(
  { needed, without, standIn }: PackageNeed,
  found: InspectedPackage | undefined,
): string {
  if (standIn === 'whole') return ''
  if (found?.kind === 'pure') return ''
  if (found !== undefined && standIn === 'compiled part') return ''
  const absent = found === undefined ? '' : 'compiled for another interpreter: '
  return needed === 'required'
    ? `${absent}${without}; what uses it fails, and says so`
    : `${absent}${without}`
}
