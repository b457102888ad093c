/** Reads addons trees: which modules there are, and what their manifests say. */
export { locateModules } from './addons-path.js'
export { type AddonsTree, readAddonsTree } from './addons-tree.js'
export type { ExternalDependencies, Manifest, ModuleHooks, ModuleSource } from './manifest.js'
export { readManifest } from './read-manifest.js'
export { resolveSearchPath, type SearchPath, type SearchPathOptions } from './search-path.js'
export { validateAddonsPath } from './validate-addons-path.js'
