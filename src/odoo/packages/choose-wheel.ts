import { UserError } from '../../base/index.js'
import { canonicalName } from './distribution-name.js'
import type { CachedPackage } from './package-cache.js'
import type { IndexFile } from './package-index.js'
import type { PackagePin } from './package-pins.js'

/** A wheel to fetch, and what its bytes must hash to. */
export interface ChosenWheel {
  readonly name: string
  readonly version: string
  readonly file: string
  readonly url: string
  readonly sha256: string
}

/** `name-version(-build)?-python-abi-platform.whl` */
const WHEEL = /^(.+?)-([^-]+)(?:-\d[^-]*)?-([^-]+)-([^-]+)-([^-]+)\.whl$/

/**
 * The wheel of an index that a pin means. Throws PACKAGE_NOT_FOUND when it is not offered, or without a
 * SHA-256 where one is needed, and PACKAGE_HASH_MISMATCH when the index offers other bytes under its name.
 */
export function chooseWheel(
  pin: PackagePin,
  offered: readonly IndexFile[] | undefined,
  earlier: CachedPackage | undefined,
): ChosenWheel {
  const matching = (offered ?? []).filter(({ name }) => isMeant(pin, name))
  const recorded = earlier?.version === pin.version ? earlier.sha256 : undefined
  const wanted = pin.sha256 ?? recorded
  const file = matching.find(({ sha256 }) => sha256 === (wanted ?? sha256)) ?? matching[0]
  if (file === undefined) throw notFound(pin)
  const sha256 = wanted ?? file.sha256
  if (sha256 === undefined) {
    throw new UserError('PACKAGE_NOT_FOUND', `The index tells no SHA-256 of ${file.name}`, {
      hint: 'Name another index with --index.',
      data: { name: pin.name, version: pin.version },
    })
  }
  if (file.sha256 !== undefined && file.sha256 !== sha256) {
    throw hashMismatch(file.name, sha256, file.sha256)
  }
  return { name: pin.name, version: pin.version, file: file.name, url: file.url, sha256 }
}

/** The error for bytes that are not the ones that were meant. */
export function hashMismatch(file: string, wanted: string, found: string): UserError {
  return new UserError('PACKAGE_HASH_MISMATCH', `${file} is not the file that it should be`, {
    hint: 'Its SHA-256 is another one. Nothing was kept; name an index that can be trusted with --index.',
    data: { file, wanted, found },
  })
}

function isMeant({ name, version, file }: PackagePin, offered: string): boolean {
  if (file !== undefined) return offered === file
  const [, wheelName = '', wheelVersion, , abi, platform] = WHEEL.exec(offered) ?? []
  const isPure = abi === 'none' && platform === 'any'
  return isPure && wheelVersion === version && canonicalName(wheelName) === name
}

function notFound({ name, version }: PackagePin): UserError {
  return new UserError('PACKAGE_NOT_FOUND', `The index has no wheel of ${name} ${version}`, {
    hint: 'Name another index with --index, or install the packages with pip and name their folder with --python-packages.',
    data: { name, version },
  })
}
