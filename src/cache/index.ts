/** Keeps on disk what takes long to work out, by content; lists and clears the cache folder. */
export { type CachePart, clearCache, listCache } from './cache-contents.js'
export { ContentCache, contentKey } from './content-cache.js'
export { PARSED_FOLDER, trimParsed } from './parsed-folder.js'
