/** A release of Odoo, as its version strings tell it. */
export interface Release {
  /** `16.0`, or `saas~16.3` for an intermediate one. */
  readonly series: string
  /** 16 */
  readonly major: number
  /** 0, or 3 for `saas~16.3`. */
  readonly minor: number
}

const VERSION = /^(?:saas[~-])?(\d+)\.(\d+)/

/**
 * Reads a server version (`15.0`, `16.0-20240621`, `16.0+e-20240621`, `saas~16.3+e`) or a module's
 * (`15.0.1.3`, `saas~16.3.1.0`); undefined for anything else.
 */
export function parseRelease(version: string): Release | undefined {
  const match = VERSION.exec(version.trim())
  if (match === null) return undefined
  const major = Number(match[1])
  const minor = Number(match[2])
  return { series: minor === 0 ? `${major}.0` : `saas~${major}.${minor}`, major, minor }
}

/** `version_info` of a backup's manifest: `[15, 0, 0, "final", 0, ""]`. */
export function versionInfo(release: Release): readonly (string | number)[] {
  const first = release.minor === 0 ? release.major : `saas~${release.major}`
  return [first, release.minor, 0, 'final', 0, '']
}
