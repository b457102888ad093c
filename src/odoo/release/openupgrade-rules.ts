/** What the framework of OpenUpgrade changes in a release's module loading. */
export interface OpenUpgradeRules {
  /**
   * The dependencies of the modules to load, as the database knows them, are added to the graph and
   * marked for installation first, so that all load in one order.
   */
  readonly addsNewDependencies: boolean
  /** Phases in which modules that are about to be installed have their scripts run. */
  readonly newInstallPhases: readonly ('pre' | 'post')[]
  /**
   * Demo data is switched off when the database is of an older series, unless OPENUPGRADE_USE_DEMO is
   * `yes`; false where the variable is unknown, and demo data always goes.
   */
  readonly demoCanBeKept: boolean
  /** Automatic modules whose dependencies are all there are installed, but for those named `l10n_…`. */
  readonly autoInstallsOnListUpdate: boolean
  /** Folders of scripts of Odoo's own that interfere: module → version folder. */
  readonly droppedScripts: readonly (readonly [module: string, version: string])[]
  /** Upgrade tests are taken from `<scripts>/<module>/<manifest version>/tests`. */
  readonly testsFromScripts: boolean
}

/**
 * By major version, as of the branches' public history (openupgrade_framework, pull requests 3477,
 * 3547 and 5147). Odoo 16 moved its own test for new installs before the call for pre scripts, so only
 * post scripts are reached there until the framework of 18 patches that as well.
 */
export const OPENUPGRADE_RULES = {
  14: {
    addsNewDependencies: true,
    newInstallPhases: ['pre', 'post'],
    demoCanBeKept: false,
    autoInstallsOnListUpdate: false,
    droppedScripts: [],
    testsFromScripts: false,
  },
  15: {
    addsNewDependencies: true,
    newInstallPhases: ['pre', 'post'],
    demoCanBeKept: true,
    autoInstallsOnListUpdate: false,
    droppedScripts: [],
    testsFromScripts: false,
  },
  16: {
    addsNewDependencies: true,
    newInstallPhases: ['post'],
    demoCanBeKept: true,
    autoInstallsOnListUpdate: false,
    droppedScripts: [],
    testsFromScripts: true,
  },
  17: {
    addsNewDependencies: true,
    newInstallPhases: ['post'],
    demoCanBeKept: true,
    autoInstallsOnListUpdate: false,
    droppedScripts: [],
    testsFromScripts: true,
  },
  18: {
    addsNewDependencies: true,
    newInstallPhases: ['pre', 'post'],
    demoCanBeKept: true,
    autoInstallsOnListUpdate: true,
    droppedScripts: [['analytic', '1.2']],
    testsFromScripts: true,
  },
} as const satisfies Readonly<Record<number, OpenUpgradeRules>>
