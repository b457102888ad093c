/** Odoo's releases: version strings, and what differs between them. */
export { parseRelease, type Release, versionInfo } from './release.js'
