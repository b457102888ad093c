import { type Release, releaseRules } from '../release/index.js'

/** Whose module loading is followed: Odoo's own, or Odoo's with OpenUpgrade's framework. */
export type ModuleProfile = 'odoo' | 'openupgrade'

/**
 * Which automatic modules are installed beside those that the upgrade itself brings about: none; as
 * OpenUpgrade 18 does it (all whose dependencies are there, but for `l10n_…`); or as in a database that was
 * made by the release with the same modules.
 */
export type AutoInstallPolicy = 'none' | 'openupgrade18' | 'fresh'

/** What a profile does otherwise than plain Odoo, for one release. */
export interface ProfileRules {
  /** New dependencies of what is loaded are installed in the same pass, before what needs them. */
  readonly addsNewDependencies: boolean
  /** Demo data of a database of an older series is switched off. */
  readonly dropsDemo: boolean
  /** Phases whose scripts run for modules that are newly installed; never `end`. */
  readonly newInstallPhases: readonly ('pre' | 'post')[]
  /** What the reference does where nobody decides otherwise. */
  readonly autoInstall: AutoInstallPolicy
  /** Folders of a module's own scripts that are passed over: module, version folder. */
  readonly droppedScripts: readonly (readonly [module: string, version: string])[]
}

/**
 * What a profile changes on a release (engine specification §3.8). `useDemo` is the value of
 * OPENUPGRADE_USE_DEMO being `yes`.
 *
 * Errors: RELEASE_UNSUPPORTED.
 */
export function profileRules(
  profile: ModuleProfile,
  release: Release,
  useDemo = false,
): ProfileRules {
  const rules = releaseRules(release).openUpgrade
  if (profile === 'odoo') return PLAIN
  return {
    addsNewDependencies: rules.addsNewDependencies,
    dropsDemo: !(useDemo && rules.demoCanBeKept),
    newInstallPhases: rules.newInstallPhases,
    autoInstall: rules.autoInstallsOnListUpdate ? 'openupgrade18' : 'none',
    droppedScripts: rules.droppedScripts,
  }
}

const PLAIN: ProfileRules = {
  addsNewDependencies: false,
  dropsDemo: false,
  newInstallPhases: [],
  autoInstall: 'none',
  droppedScripts: [],
}
