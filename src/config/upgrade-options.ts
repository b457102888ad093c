import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Findings, UsageError } from '../base/index.js'
import { parseRelease, releaseRules } from '../odoo/release/index.js'
import type { Environment } from './environment.js'
import { expandPath, splitPaths } from './expand-path.js'
import { findOdooConf } from './find-odoo-conf.js'
import { confFlag, confText, NO_CONF, type OdooConf, readOdooConf } from './odoo-conf.js'
import { type OpenUpgradeStanza, readOpenUpgradeStanza } from './openupgrade-stanza.js'
import { type OpenUpgradeVariables, readOpenUpgradeVariables } from './openupgrade-variables.js'
import type { ResolvedProject } from './project/resolved-project.js'
import { validateUpgradePath } from './upgrade-path.js'

/** Options of an upgrade's command line, as given; names and meanings are odoo-bin's. */
export interface UpgradeOptions {
  /** `-c` */
  readonly config?: string
  /** `-d`: a name, or several with commas. */
  readonly database?: string
  readonly dbUser?: string
  readonly addonsPath?: string
  readonly upgradePath?: string
  /** `--load`: server-wide modules. */
  readonly load?: string
  /** `-i` */
  readonly init?: string
  /** `-u` */
  readonly update?: string
  readonly withoutDemo?: string
  readonly dataDir?: string
  readonly i18nOverwrite?: boolean
}

/** Who named a path: it is checked only when it was the command line, as with odoo-bin. */
export type PathOrigin = 'command line' | 'odoo.conf' | 'project' | 'found' | 'nowhere'

/** What an upgrade to one release was asked for, complete. */
export interface ResolvedUpgradeOptions {
  /** The odoo.conf that was read. */
  readonly config: string | undefined
  readonly databases: readonly string[]
  readonly addonsPath: readonly string[]
  readonly addonsPathFrom: PathOrigin
  readonly upgradePath: readonly string[]
  readonly upgradePathFrom: PathOrigin
  readonly serverWideModules: readonly string[]
  readonly init: readonly string[]
  /** Modules, or `all`. */
  readonly update: readonly string[]
  /** No demo data for modules that are newly installed. */
  readonly withoutDemo: boolean
  readonly overwriteTranslations: boolean
  /** Whose module loading is followed. */
  readonly profile: 'odoo' | 'openupgrade'
  readonly dataDir: string
  readonly stanza: OpenUpgradeStanza
  readonly variables: OpenUpgradeVariables
}

/** What options are resolved against. */
export interface UpgradeContext {
  /** The release that is upgraded to, such as `16.0`. */
  readonly series: string
  readonly environment: Environment
  readonly project?: ResolvedProject
  readonly findings: Findings
}

const DEFAULT_LOAD = 'base,web'
const UNSET_LOAD: ReadonlySet<string> = new Set(['', 'None', 'False'])
const FRAMEWORK = 'openupgrade_framework'
const SCRIPTS_MODULE = 'openupgrade_scripts'
const SUPERUSER = 'postgres'

/**
 * Makes the options of an upgrade complete: the command line goes before an odoo.conf named with `-c`, that
 * before moult.config, that before an odoo.conf which was found, and all before the defaults.
 *
 * Errors: UPGRADE_PATH_INVALID, SEVERAL_DATABASES, OVERWRITE_WITHOUT_UPDATE (exit code 2);
 * CONFIG_UNREADABLE, CONFIG_AMBIGUOUS, CONFIG_VALUE_INVALID, INI_INVALID, OPENUPGRADE_STANZA_INVALID,
 * OPENUPGRADE_VARIABLE_INVALID, RELEASE_UNSUPPORTED.
 */
export async function resolveUpgradeOptions(
  given: UpgradeOptions,
  context: UpgradeContext,
): Promise<ResolvedUpgradeOptions> {
  const { environment, series, findings } = context
  const found = findOdooConf(given.config, environment)
  const conf = found === undefined ? NO_CONF : await readOdooConf(found.file)
  const sources: Sources = { given, conf, isConfGiven: found?.isGiven === true, context }
  const databases = (given.database ?? confText(conf, 'db_name'))?.split(',') ?? []
  checkCombinations(given, databases, series)
  warnOfSuperuser(
    given.dbUser ?? confText(conf, 'db_user') ?? environment.postgres.PGUSER,
    findings,
  )
  const load = given.load ?? confText(conf, 'server_wide_modules') ?? ''
  const serverWideModules = splitPaths(UNSET_LOAD.has(load) ? DEFAULT_LOAD : load)
  const addons = pathOf('addons', sources)
  const upgrade = await upgradePathOf(addons.paths, sources)
  const dataDir = given.dataDir ?? confText(conf, 'data_dir')
  return {
    config: found?.file,
    databases,
    addonsPath: addons.paths,
    addonsPathFrom: addons.from,
    upgradePath: upgrade.paths,
    upgradePathFrom: upgrade.from,
    serverWideModules,
    init: modulesOf('-i', given.init, findings),
    update: modulesOf('-u', given.update, findings),
    // Any text disables demo data for all modules, whichever it names.
    withoutDemo:
      given.withoutDemo === undefined ? confFlag(conf, 'without_demo') : given.withoutDemo !== '',
    overwriteTranslations:
      given.i18nOverwrite === true || confFlag(conf, 'overwrite_existing_translations'),
    profile:
      context.project?.releases.get(series)?.profile ??
      (serverWideModules.includes(FRAMEWORK) || upgrade.paths.some(isOpenUpgrade)
        ? 'openupgrade'
        : 'odoo'),
    dataDir:
      dataDir === undefined ? environment.odooDataDirectory : expandPath(dataDir, environment),
    stanza: readOpenUpgradeStanza(conf, series),
    variables: readOpenUpgradeVariables(environment),
  }
}

interface Sources {
  readonly given: UpgradeOptions
  readonly conf: OdooConf
  readonly isConfGiven: boolean
  readonly context: UpgradeContext
}

interface FoundPaths {
  readonly paths: readonly string[]
  readonly from: PathOrigin
}

function pathOf(kind: 'addons' | 'upgrade', sources: Sources): FoundPaths {
  const { given, conf, isConfGiven, context } = sources
  const release = context.project?.releases.get(context.series)
  const expand = (list: string | undefined): readonly string[] =>
    splitPaths(list ?? '').map((path) => expandPath(path, context.environment))
  const isAddons = kind === 'addons'
  const ofConf: FoundPaths = {
    paths: expand(confText(conf, isAddons ? 'addons_path' : 'upgrade_path')),
    from: 'odoo.conf',
  }
  const candidates: readonly FoundPaths[] = [
    { paths: expand(isAddons ? given.addonsPath : given.upgradePath), from: 'command line' },
    ...(isConfGiven ? [ofConf] : []),
    { paths: (isAddons ? release?.addonsPath : release?.upgradePath) ?? [], from: 'project' },
    ofConf,
  ]
  const chosen = candidates.find(({ paths }) => paths.length > 0)
  return chosen === undefined
    ? { paths: [], from: 'nowhere' }
    : { ...chosen, paths: [...new Set(chosen.paths)] }
}

async function upgradePathOf(addonsPath: readonly string[], sources: Sources): Promise<FoundPaths> {
  const { project, series, findings } = sources.context
  const named = pathOf('upgrade', sources)
  if (named.from === 'command line') await validateUpgradePath(named.paths)
  const scripts = addonsPath
    .map((folder) => join(folder, SCRIPTS_MODULE))
    .find((folder) => existsSync(join(folder, '__manifest__.py')))
  const { paths, from }: FoundPaths =
    named.from === 'nowhere' && scripts !== undefined
      ? { paths: [join(scripts, 'scripts')], from: 'found' }
      : named
  const own = project?.releases.get(series)?.scripts ?? []
  const all = [...new Set([...paths, ...own])]
  const there = all.filter((path) => existsSync(path))
  for (const path of all) {
    if (there.includes(path)) continue
    findings.add({
      code: 'UPGRADE_FOLDER_MISSING',
      severity: 'warning',
      message: `${path} is on the upgrade path and does not exist`,
      place: { file: path },
      hint: 'Take it off the upgrade path, or mend its name.',
    })
  }
  return { paths: there, from: from === 'nowhere' && own.length > 0 ? 'project' : from }
}

/** OpenUpgrade's scripts, as its repository names their folder. */
function isOpenUpgrade(path: string): boolean {
  return /[\\/]openupgrade_scripts[\\/]scripts[\\/]?$/.test(path)
}

function checkCombinations(
  { init = '', update = '', i18nOverwrite }: UpgradeOptions,
  databases: readonly string[],
  series: string,
): void {
  const release = parseRelease(series)
  if (i18nOverwrite === true && update === '') {
    throw new UsageError('OVERWRITE_WITHOUT_UPDATE', '--i18n-overwrite needs -u', {
      hint: 'Name the modules whose translations are to be overwritten, or all: -u all',
    })
  }
  const mayBeSeveral = release !== undefined && releaseRules(release).severalDatabasesMayUpdate
  if (databases.length > 1 && (init !== '' || update !== '') && !mayBeSeveral) {
    throw new UsageError(
      'SEVERAL_DATABASES',
      `Odoo ${series} does not take several databases together with -i or -u`,
      { hint: 'Run the command once for each database.' },
    )
  }
}

/** Names are not trimmed, so one with a blank before it is the name of no module. */
function modulesOf(
  option: string,
  list: string | undefined,
  findings: Findings,
): readonly string[] {
  const names = [...new Set((list ?? '').split(','))].filter((name) => name !== '')
  const good = names.filter((name) => name === name.trim())
  for (const name of names) {
    if (good.includes(name)) continue
    findings.add({
      code: 'MODULE_NAME_IGNORED',
      severity: 'warning',
      message: `invalid module names, ignored: "${name}" of ${option}`,
      hint: `Write the names without blanks: ${option} ${names.map((n) => n.trim()).join(',')}`,
      data: { name, option },
    })
  }
  return good
}

function warnOfSuperuser(user: string | undefined, findings: Findings): void {
  if (user !== SUPERUSER) return
  findings.add({
    code: 'DB_USER_POSTGRES',
    severity: 'warning',
    message: "The database user is postgres, PostgreSQL's superuser",
    hint: 'Odoo refuses to start as this user. Work as the user who owns the database.',
  })
}
