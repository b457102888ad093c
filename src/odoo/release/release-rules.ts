import { UserError } from '../../base/index.js'
import { OPENUPGRADE_RULES, type OpenUpgradeRules } from './openupgrade-rules.js'
import type { Release } from './release.js'

/** The releases that an upgrade may lead to. */
export const SUPPORTED_MAJORS = [14, 15, 16, 17, 18] as const
export type SupportedMajor = (typeof SUPPORTED_MAJORS)[number]

/** What differs between the releases in finding, ordering and running things: data, no decisions. */
export interface ReleaseRules {
  readonly major: SupportedMajor

  /** A manifest's version must be two or three numbers behind the series; else loading aborts. */
  readonly strictManifestVersions: boolean
  /** A missing licence is warned of. */
  readonly warnsOfMissingLicense: boolean
  /** A data file that a manifest names twice is warned of; it is loaded twice everywhere. */
  readonly warnsOfRepeatedData: boolean
  /** Keys of a manifest whose files are loaded as data, in this order. */
  readonly dataKeys: readonly string[]
  /** Keys of a manifest whose files are loaded as demo data, in this order. */
  readonly demoKeys: readonly string[]
  /** A module's description loses its indentation before it is stored. */
  readonly dedentsDescription: boolean
  /** Names of modules with a slash or backslash are refused. */
  readonly refusesPathsAsNames: boolean
  /** Files of a module are looked up on the whole addons path, not only in the copy that wins. */
  readonly perFileLookup: boolean

  /** Folders of scripts must look like versions; `tests` is passed over. */
  readonly strictScriptVersions: boolean
  /** From how many dots on a folder's name is taken for a version with its series. */
  readonly dotsOfFullScriptVersion: 2 | 3
  /** Folders without a series hold for every series. */
  readonly majorLessScripts: boolean
  /** All upgrade paths that have a module count, not only the first. */
  readonly mergesUpgradePaths: boolean
  /** What the files of a folder are ordered by. */
  readonly scriptOrder: 'path' | 'base name'
  /** Where tests of upgrades lie, beside the upgrade path's `<module>/tests`. */
  readonly moduleTestFolders: readonly string[]
  /** Pre scripts of modules that are about to be installed are asked for, in vain. */
  readonly preScriptsOfNewInstalls: boolean
  /** A script without `migrate`, or whose import raises AttributeError, is logged and passed over. */
  readonly toleratesMissingMigrate: boolean
  /** `migrate` must be called `(cr, version)`. */
  readonly checksMigrateSignature: boolean

  /** All models are set up before `pre_init_hook` runs. */
  readonly setsUpModelsBeforePreInit: boolean
  /** What a hook gets: `(cr)` and `(cr, registry)`, or `(env)`. */
  readonly hookArguments: 'cursor' | 'environment'
  /** When modules that could not be loaded are told: before or after the registry is complete. */
  readonly notLoadedCheck: 'before registry' | 'after registry'
  /** Modules that were imported as files need not be on the addons path. */
  readonly toleratesImportedModules: boolean
  /** When models without access rules are told. */
  readonly accessRuleWarning: 'at the end' | 'per module'
  /** Columns of fields that are translated no longer are mended (jsonb back to plain). */
  readonly mendsUntranslatedColumns: boolean
  /** Where translations lie: `ir_translation`, or jsonb columns. */
  readonly translationStorage: 'table' | 'jsonb'
  /** `es_419` stands between Spanish and its other variants. */
  readonly latinAmericanSpanish: boolean
  /** What is kept of a failed demo file. */
  readonly demoFailureText: 'message' | 'traceback'
  /** Resetting the modules' states works without their table. */
  readonly toleratesMissingModuleTable: boolean
  /** `countries` of a manifest limit automatic installation. */
  readonly countryLimitedAutoInstall: boolean
  /** Python packages in `external_dependencies` are requirements with versions and markers. */
  readonly pythonRequirements: boolean
  /** `-d` with several databases goes together with `-i` and `-u`. */
  readonly severalDatabasesMayUpdate: boolean

  /** What OpenUpgrade's framework of this release changes. */
  readonly openUpgrade: OpenUpgradeRules
}

/**
 * The rules of a release, by its major version: odoo/modules and odoo/tools of branches 14.0 to 18.0.
 *
 * Errors: RELEASE_UNSUPPORTED.
 */
export function releaseRules(release: Pick<Release, 'major' | 'series'>): ReleaseRules {
  const major = SUPPORTED_MAJORS.find((known) => known === release.major)
  if (major !== undefined) return RULES[major]
  throw new UserError('RELEASE_UNSUPPORTED', `Odoo ${release.series} is not supported`, {
    hint: `moult knows how Odoo ${SUPPORTED_MAJORS[0]}.0 to ${SUPPORTED_MAJORS.at(-1)}.0 load modules.`,
    data: { series: release.series },
  })
}

const RULES: Readonly<Record<SupportedMajor, ReleaseRules>> = {
  14: rulesOf(14),
  15: rulesOf(15),
  16: rulesOf(16),
  17: rulesOf(17),
  18: rulesOf(18),
}

function rulesOf(major: SupportedMajor): ReleaseRules {
  return {
    major,
    strictManifestVersions: major >= 17,
    warnsOfMissingLicense: major >= 15,
    warnsOfRepeatedData: major >= 16,
    dataKeys: major <= 15 ? ['init_xml', 'update_xml', 'data'] : ['data'],
    demoKeys: major <= 15 ? ['demo_xml', 'demo'] : ['demo'],
    dedentsDescription: major >= 17,
    refusesPathsAsNames: major >= 15,
    perFileLookup: major >= 15,
    strictScriptVersions: major >= 17,
    dotsOfFullScriptVersion: major <= 16 ? 2 : 3,
    majorLessScripts: major >= 15,
    mergesUpgradePaths: major >= 15,
    scriptOrder: major === 14 ? 'path' : 'base name',
    moduleTestFolders:
      major === 14 ? [] : major === 15 ? ['migrations'] : ['migrations', 'upgrades'],
    preScriptsOfNewInstalls: major <= 15,
    toleratesMissingMigrate: major <= 17,
    checksMigrateSignature: major >= 18,
    setsUpModelsBeforePreInit: major >= 16,
    hookArguments: major <= 16 ? 'cursor' : 'environment',
    notLoadedCheck: major === 14 ? 'before registry' : 'after registry',
    toleratesImportedModules: major >= 17,
    accessRuleWarning: major === 14 ? 'at the end' : 'per module',
    mendsUntranslatedColumns: major >= 16,
    translationStorage: major <= 15 ? 'table' : 'jsonb',
    latinAmericanSpanish: major >= 17,
    demoFailureText: major <= 17 ? 'message' : 'traceback',
    toleratesMissingModuleTable: major >= 17,
    countryLimitedAutoInstall: major >= 18,
    pythonRequirements: major >= 18,
    severalDatabasesMayUpdate: major <= 16,
    openUpgrade: OPENUPGRADE_RULES[major],
  }
}
