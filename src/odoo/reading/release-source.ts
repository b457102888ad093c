import type { Finding, Progress } from '../../base/index.js'
import type { AddonsTree } from '../addons/index.js'
import type { ModuleModels } from '../models/index.js'
import type { Release } from '../release/index.js'

/** What to read. */
export interface ReadReleaseOptions {
  /** Folders of modules, or the root of a source tree, in search order. */
  readonly addonsPath: readonly string[]
  /** For paths that do not tell their release: folders of modules without Odoo beside them. */
  readonly release?: Release
  /** Modules to read with all they depend on; by default every installable module. */
  readonly modules?: readonly string[]
  /** Modules to leave out, and with them all that need them. */
  readonly without?: (module: string, release: Release) => boolean
  /** Folder for parsed files (`MOULT_CACHE`); without it nothing is kept. */
  readonly cacheDirectory?: string
  /** Threads that parse; by default as many as the machine has cores, 4 at most. */
  readonly threads?: number
  readonly progress?: Progress
}

/** The Python part of a release, module by module in loading order. */
export interface ReleaseSource {
  readonly release: Release
  readonly tree: AddonsTree
  /** Loading order: by depth of the graph, then name. */
  readonly order: readonly string[]
  /** The modules of `order`. */
  readonly modules: ReadonlyMap<string, ModuleModels>
  /** Docstrings of the framework's model classes, by class; for `ir_model.info`. */
  readonly frameworkDocs: Readonly<Record<string, string>>
  readonly findings: readonly Finding[]
  readonly facts: ReadingFacts
}

/** How much was read, and how. */
export interface ReadingFacts {
  readonly modules: number
  readonly files: number
  readonly bytes: number
  /** Files whose parsed form came from the cache. */
  readonly cached: number
  readonly milliseconds: number
}
