import type { ModuleLoad, RegistryModel } from '../../odoo/registry/index.js'
import type { Guest } from './guest.js'
import type { LoadedXmlIds } from './loaded-xml-ids.js'
import type { LoaderFact, LoaderScope } from './loader-scope.js'
import type { LoaderSource, ModelRegistry } from './loader-source.js'
import type { Needs } from './needs.js'

/** What the parts of the loader share during one hop. It lives in memory only, see {@link LoaderPart}. */
export interface LoaderHop {
  readonly source: LoaderSource
  /** As it stands behind the module that was loaded last. */
  readonly registry: ModelRegistry
  /** External identifiers that were written or confirmed; what is not among them is cleaned up. */
  readonly xmlIds: LoadedXmlIds
  /** What native means cannot do, in the order of its discovery. */
  readonly needs: Needs
  /** The release's own code; undefined where there is none, and needs become findings. */
  readonly guest: Guest | undefined
  /** The reference's result exactly, its mistakes included. */
  readonly parity: boolean
}

/** A module at its turn. */
export interface LoadedModule {
  readonly module: string
  /** It was not installed before. */
  readonly isNew: boolean
  /** Its demonstration data is loaded as well. */
  readonly demo?: boolean
  /** What its classes did to the registry. */
  readonly load: ModuleLoad
}

/** A data file beside those of the manifest. */
export interface ImportedFile {
  /** Names without a module are its. */
  readonly module: string
  /** Relative to the module, or to its folder on the upgrade path. */
  readonly path: string
  /** The file itself. */
  readonly file: string
  readonly mode: 'init' | 'update'
  /** Records that do not exist are passed over. */
  readonly onlyExisting: boolean
}

/**
 * A part of loading: schema, reflection, data, translations. The loader calls every part at every moment, in
 * the order in which it holds them: for each module `load`, then (behind its post scripts) `afterScripts`; once
 * all modules are loaded `settle`; behind all end scripts `finish`.
 *
 * A process that resumes a run has a new loader: it gets `recall` with what the steps before kept, and
 * `replay` for each module that was loaded, in order. Whatever a part holds in memory must come from these
 * two, from the source, or from the database.
 */
export interface LoaderPart {
  /** Names it in what it keeps. */
  readonly name: string
  /** Before anything of the hop has run, in the transaction of its first step. */
  begin?(hop: LoaderHop, scope: LoaderScope): Promise<void>
  /** Takes back what it kept. */
  recall?(facts: readonly LoaderFact[], hop: LoaderHop): void
  /** Makes up for a module that an earlier process has loaded; the database has it already. */
  replay?(loaded: LoadedModule, hop: LoaderHop): void
  load?(loaded: LoadedModule, hop: LoaderHop, scope: LoaderScope): Promise<void>
  afterScripts?(loaded: LoadedModule, hop: LoaderHop, scope: LoaderScope): Promise<void>
  importFile?(file: ImportedFile, hop: LoaderHop, scope: LoaderScope): Promise<void>
  /** `again`: models to bring up once more, because they translate less than they did until now. */
  settle?(again: readonly RegistryModel[], hop: LoaderHop, scope: LoaderScope): Promise<void>
  finish?(hop: LoaderHop, scope: LoaderScope): Promise<void>
}
