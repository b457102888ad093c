import type { Finding } from '../../base/index.js'
import type { ExternalDependencies } from '../addons/index.js'
import type { Release } from '../release/index.js'
import type { AppliedRename, ModuleRenames } from './apply-renames.js'
import type { Apriori } from './apriori.js'
import type { KnownModules } from './known-module.js'
import type { EndModule, LoadPass, NotLoaded } from './load-pass.js'
import type { MarkingOptions } from './mark-install.js'
import type { MissingModuleDecision } from './missing-modules.js'
import type { AutoInstallPolicy, ModuleProfile } from './module-profile.js'
import type { ModuleRows } from './module-row.js'
import type { Mark } from './module-table.js'
import type { OpenUpgradeStanza } from './openupgrade-stanza.js'
import type { ListChange } from './update-module-list.js'

/** Everything that decides which modules a run loads, and when. */
export interface ModulePlanRequest
  extends Pick<MarkingOptions, 'companyCountries' | 'exclusiveCategories' | 'missingExternal'> {
  /** The database before the hop. */
  readonly rows: ModuleRows
  /** The target's addons path. */
  readonly modules: KnownModules
  readonly release: Release
  readonly profile: ModuleProfile
  /** Names of `-u`, not trimmed; `all` is all that is installed. */
  readonly update: readonly string[]
  /** Names of `-i`, not trimmed. */
  readonly init?: readonly string[]
  /** Lets `-i` load an installed module as if new: without its scripts, which are skipped for good. */
  readonly forceInit?: boolean
  /** Modules of `-i` get no demo data. */
  readonly withoutDemo?: boolean
  /** OPENUPGRADE_USE_DEMO is `yes`. */
  readonly useDemo?: boolean
  /** By default what the profile's reference does. */
  readonly autoInstall?: AutoInstallPolicy
  /** Modules that the policy leaves out. */
  readonly autoInstallExclude?: readonly string[]
  /** What becomes of installed modules that are not on the addons path. */
  readonly decisions?: ReadonlyMap<string, MissingModuleDecision>
  readonly stanza?: OpenUpgradeStanza
  readonly apriori?: Pick<Apriori, 'renamedModules' | 'mergedModules'>
  readonly environmentRenames?: ModuleRenames
  /** Keys of apriori.py with blanks around them never match. */
  readonly strictNames?: boolean
}

/** What a run does with modules, in order: a value to show, to store and to follow. */
export interface ModulePlan {
  readonly release: Release
  readonly profile: ModuleProfile
  readonly autoInstall: AutoInstallPolicy
  readonly renames: readonly AppliedRename[]
  /** The rows behind the pre scripts of `base`: renamed, otherwise as before. */
  readonly renamedRows: ModuleRows
  /** What the list update writes, behind `base`. */
  readonly listChanges: readonly ListChange[]
  /** Changes of state before and between the passes, in order. */
  readonly marks: readonly Mark[]
  readonly passes: readonly LoadPass[]
  /** The graph's order at the end: that of end scripts. */
  readonly endModules: readonly EndModule[]
  /** Modules to uninstall behind the end scripts, in order. */
  readonly removals: readonly string[]
  readonly notLoaded: readonly NotLoaded[]
  /** What the manifests of the processed modules ask for outside of Odoo, by module name. */
  readonly external: ReadonlyMap<string, ExternalDependencies>
  /** The table after the run. */
  readonly finalRows: ModuleRows
  /** An `error` among them means that the run would break off: it must not start. */
  readonly findings: readonly Finding[]
}
