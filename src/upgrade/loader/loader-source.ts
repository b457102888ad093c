import type { AddonsTree } from '../../odoo/addons/index.js'
import type { ModuleModels } from '../../odoo/models/index.js'
import type { Registry } from '../../odoo/registry/index.js'
import type { Release } from '../../odoo/release/index.js'

/** The Python part of a release as the loader takes it; `ReleaseSource` of `odoo/reading` is one. */
export interface LoaderSource {
  readonly release: Release
  readonly tree: AddonsTree
  /** Modules in the order of the graph: what a module depends on stands before it. */
  readonly order: readonly string[]
  readonly modules: ReadonlyMap<string, ModuleModels>
}

/** All models so far, to which modules are added one by one. */
export type ModelRegistry = Registry
