import { compareVersionKeys, EVERY_VERSION, type VersionKey } from '../../odoo/release/index.js'

/** Keys of the versions of a module between which scripts run. */
export interface VersionRange {
  /** Of the version stored before the run; null and empty count as `0.1`. */
  readonly installed: VersionKey
  /** Of the manifest's version. */
  readonly target: VersionKey
}

/** A version folder: its name, and the key of the version that it stands for. */
export interface JudgedVersion {
  readonly name: string
  readonly key: VersionKey
  /** Whether it holds for every series. */
  readonly majorLess: boolean
}

/** Why the scripts of a version folder run, or do not. */
export type VersionVerdict =
  | 'in-range'
  | 'every-version'
  | 'same-version'
  | 'downgrade'
  | 'older-than-installed'
  | 'newer-than-manifest'

/** How many elements of a key are the series. */
const SERIES_PARTS = 2

/** Whether a verdict means that scripts run. */
export function passes(verdict: VersionVerdict): boolean {
  return verdict === 'in-range' || verdict === 'every-version'
}

/**
 * Judges a version folder (odoo/modules/migration.py): it runs when its version is greater than what is
 * installed and not greater than the manifest's; without a series in its name, from 15 on, the series are cut
 * off before comparing.
 */
export function judgeVersion(version: JudgedVersion, range: VersionRange): VersionVerdict {
  const { installed, target } = range
  const step = compareVersionKeys(installed, target)
  if (version.name === EVERY_VERSION && step < 0) return 'every-version'

  const cut = version.majorLess ? SERIES_PARTS : 0
  const own = version.key.slice(cut)
  const isNewer = compareVersionKeys(installed.slice(cut), own) < 0
  const isReached = compareVersionKeys(own, target.slice(cut)) <= 0
  if (isNewer && isReached) return 'in-range'
  if (step === 0) return 'same-version'
  if (step > 0) return 'downgrade'
  return isReached ? 'older-than-installed' : 'newer-than-manifest'
}
