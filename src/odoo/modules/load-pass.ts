import type { ModuleState } from './module-row.js'

/** A module at its turn in a pass. */
export interface LoadedModule {
  readonly name: string
  /** As in Odoo's line `Loading module x (14/71)`: 1-based place in the graph, and its size then. */
  readonly index: number
  readonly total: number
  readonly depth: number
  readonly stateBefore: ModuleState
  /** The version in the database before; null or empty when there was none. */
  readonly installedVersion: string | null
  /** The manifest's version, which it has afterwards when it is processed. */
  readonly targetVersion: string
  /** It is installed now. */
  readonly isNew: boolean
  /** The `-u` of the module, of `all`, or of one of its fathers. Files of scripts are looked for by it. */
  readonly updateFlag: boolean
  /** The `-i` of the module or of one of its fathers: data is loaded as if new, also what is noupdate. */
  readonly initFlag: boolean
  /** Schema, data and version are brought up to date; otherwise only its code would be loaded. */
  readonly processed: boolean
  /** Whether data files load in mode `init` or `update`. */
  readonly mode: 'init' | 'update'
  /** Whether its demo files are loaded; the row's `demo` becomes this. */
  readonly demo: boolean
}

/**
 * One walk over the graph. Odoo walks again for every list of modules it marks, also when nothing of it can
 * be loaded: such a pass is empty here, and is kept because logs count it.
 */
export interface LoadPass {
  readonly kind: 'base' | 'installed' | 'to install'
  /** Size of the graph: `loading 71 modules...`. */
  readonly total: number
  readonly modules: readonly LoadedModule[]
}

/** A module when end scripts run, in the graph's order. */
export interface EndModule {
  readonly name: string
  /** The state at its turn; null when it was not processed in this run. */
  readonly loadState: ModuleState | null
  /** Set again after its turn, by a later pass. */
  readonly updateFlag: boolean
  /** The version before this run. */
  readonly installedVersion: string | null
  readonly targetVersion: string
}

/** Why a module is not loaded although its state asks for it. */
export type NotLoadedReason = 'missing' | 'not-installable' | 'broken' | 'unmet'

/** A module that the run leaves out. */
export interface NotLoaded {
  readonly name: string
  readonly state: ModuleState
  readonly reason: NotLoadedReason
  /** Dependencies that are not in the graph, for `unmet`. */
  readonly missing: readonly string[]
}
