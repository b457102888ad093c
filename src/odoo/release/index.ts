/** Odoo's releases: version strings, and what differs between them. */
export { type AdaptedVersion, adaptVersion } from './adapt-version.js'
export type { OpenUpgradeRules } from './openupgrade-rules.js'
export { readReleaseOf } from './read-release-of.js'
export { parseRelease, type Release, versionInfo } from './release.js'
export {
  type ReleaseRules,
  releaseRules,
  SUPPORTED_MAJORS,
  type SupportedMajor,
} from './release-rules.js'
export { EVERY_VERSION, readScriptVersion, type ScriptVersion } from './script-version.js'
export {
  compareCodePoints,
  compareVersionKeys,
  compareVersions,
  type VersionKey,
  versionKey,
} from './version-key.js'
