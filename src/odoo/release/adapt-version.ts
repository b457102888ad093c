import { type Place, UserError } from '../../base/index.js'
import type { Release } from './release.js'
import { releaseRules } from './release-rules.js'

/** A manifest's version, made complete: `1.2` on 16.0 becomes `16.0.1.2` with the tail `1.2`. */
export interface AdaptedVersion {
  /** The version with its series in front, as it is stored in `ir_module_module`. */
  readonly version: string
  /** The part behind the series. */
  readonly tail: string
}

/** `$` of Python's expressions matches before a final newline too, and Odoo keeps that newline. */
const STRICT_TAIL = /^[0-9]+\.[0-9]+(\.[0-9]+)?\n?$/

/**
 * Puts the release's series before a manifest's version, unless it is there (Odoo's `adapt_version`).
 *
 * Errors: MANIFEST_VERSION_INVALID, from 17 on, for a tail that is not two or three numbers; the
 * module and the place are for its message.
 */
export function adaptVersion(
  version: string,
  release: Release,
  where: { readonly module?: string; readonly place?: Place } = {},
): AdaptedVersion {
  const prefix = `${release.series}.`
  const isComplete = version !== release.series && version.startsWith(prefix)
  const adapted = isComplete
    ? { version, tail: version.slice(prefix.length) }
    : { version: prefix + version, tail: version }
  if (!releaseRules(release).strictManifestVersions || STRICT_TAIL.test(adapted.tail)) {
    return adapted
  }
  const { module, place } = where
  throw new UserError(
    'MANIFEST_VERSION_INVALID',
    `${module === undefined ? 'A manifest' : `Module ${module}`} has the version "${version}", which Odoo ${release.series} refuses`,
    {
      hint: `Write x.y, x.y.z, ${prefix}x.y or ${prefix}x.y.z; a module of another series is to be ported first.`,
      ...(place !== undefined && { place }),
      data: { version, series: release.series, ...(module !== undefined && { module }) },
    },
  )
}
