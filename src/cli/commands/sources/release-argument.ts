import { UsageError } from '../../../base/index.js'
import {
  parseRelease,
  type Release,
  releaseRules,
  SUPPORTED_MAJORS,
} from '../../../odoo/release/index.js'
import type { SourceKind } from '../../../odoo/sources/index.js'

/** A release as people write it: `16.0`, or `16`. */
export function releaseArgument(text: string): Release {
  const release = parseRelease(/^\d+$/.test(text) ? `${text}.0` : text)
  const isPlain = release !== undefined && [text, `${text}.0`].includes(release.series)
  if (!isPlain) {
    throw new UsageError('RELEASE_INVALID', `"${text}" is no release`, {
      hint: `Name one of ${SUPPORTED_MAJORS.map((major) => `${major}.0`).join(', ')}.`,
    })
  }
  releaseRules(release)
  return release
}

/** The option's choices are checked when the command line is read. */
export function kindOption(text: string | undefined): SourceKind | undefined {
  return text === 'odoo' || text === 'openupgrade' ? text : undefined
}
