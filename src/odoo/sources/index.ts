/** Where source trees come from: clones in the cache, folders of the user's own. */
export { type AddSourceOptions, addSource } from './add-source.js'
export { findNearby, type NearbyFolder } from './find-nearby.js'
export { listSources, removeSources } from './list-sources.js'
export { type ReleaseSources, resolveSources } from './resolve-sources.js'
export {
  SOURCE_KINDS,
  type SourceKind,
  type SourceOrigin,
  type SourceRecord,
} from './source-record.js'
