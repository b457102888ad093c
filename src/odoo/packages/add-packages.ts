import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { inParallel, type Progress } from '../../base/index.js'
import type { Environment } from '../../config/index.js'
import { type Release, releaseRules } from '../release/index.js'
import { type ChosenWheel, chooseWheel, hashMismatch } from './choose-wheel.js'
import {
  type CachedPackage,
  type PackageCache,
  packageFolder,
  packageSite,
  readPackageCache,
  renderPackageCache,
} from './package-cache.js'
import { download, PUBLIC_INDEX, readIndex } from './package-index.js'
import { type PackagePin, packagePins } from './package-pins.js'
import { unpackWheel } from './unpack-wheel.js'
import { replaceFolder, withWorkFolder } from './work-folder.js'

/** What to fetch, and where from. */
export interface AddPackagesOptions {
  readonly release: Release
  /** A simple index (PEP 503 or 691); the public one when it is not given. */
  readonly index?: string
  /** Fetches again what is there already. */
  readonly overwrite?: boolean
  /** Other wheels than moult's own list. */
  readonly pins?: readonly PackagePin[]
}

const LARGEST_WHEEL = 64_000_000
const AT_ONCE = 4

/**
 * Fetches the packages of a release into moult's cache: pinned wheels, checked by their SHA-256. They
 * appear together, when all of them are there.
 *
 * Errors: PACKAGE_INDEX_FAILED, PACKAGE_NOT_FOUND, PACKAGE_HASH_MISMATCH, RELEASE_UNSUPPORTED, those of archives.
 */
export async function addPackages(
  options: AddPackagesOptions,
  { cache }: Pick<Environment, 'cache'>,
  progress: Progress,
): Promise<PackageCache> {
  const { release, index = PUBLIC_INDEX, overwrite = false } = options
  releaseRules(release)
  const pins = options.pins ?? packagePins(release.major)
  const present = await readPackageCache(cache, release.series)
  if (!overwrite && isComplete(present, pins)) return present
  const place = packageFolder(cache, release.series)
  return withWorkFolder(dirname(place), async (work) => {
    await mkdir(join(work, 'site'))
    const packages = new Map<string, CachedPackage>()
    const name = `Fetching Python packages for ${release.series}`
    await progress.step(name, { unit: 'packages', total: pins.length }, (step) =>
      inParallel(
        pins,
        async (pin) => {
          const earlier = present.packages.find((known) => known.name === pin.name)
          const offered = await readIndex(index, pin.name, progress.signal)
          const { url, ...wheel } = chooseWheel(pin, offered, earlier)
          await fetchWheel({ url, ...wheel }, work, progress.signal)
          packages.set(pin.name, wheel)
          step.advance(1, wheel.file)
        },
        AT_ONCE,
      ),
    )
    const kept = pins.flatMap((pin) => packages.get(pin.name) ?? [])
    const [file, text] = renderPackageCache(kept)
    await writeFile(join(work, file), text)
    progress.check(name)
    await replaceFolder(work, place)
    return { series: release.series, folder: packageSite(cache, release.series), packages: kept }
  })
}

function isComplete({ packages }: PackageCache, pins: readonly PackagePin[]): boolean {
  return pins.every(({ name, version, sha256 }) =>
    packages.some(
      (known) =>
        known.name === name &&
        known.version === version &&
        known.sha256 === (sha256 ?? known.sha256),
    ),
  )
}

async function fetchWheel(wheel: ChosenWheel, work: string, signal: AbortSignal): Promise<void> {
  const bytes = await download(wheel.url, LARGEST_WHEEL, signal)
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== wheel.sha256) throw hashMismatch(wheel.file, wheel.sha256, found)
  // The index chose the name; the file gets one of ours.
  const archive = join(work, `${wheel.sha256}.whl`)
  await writeFile(archive, bytes)
  await unpackWheel(archive, join(work, 'site'))
  await rm(archive)
}
