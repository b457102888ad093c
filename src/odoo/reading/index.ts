/** Reads a whole release from its source tree: modules, classes, fields. */
export { readFrameworkDocs } from './framework-docs.js'
export { readRelease } from './read-release.js'
export type { ReadingFacts, ReadReleaseOptions, ReleaseSource } from './release-source.js'
