import { resolve } from 'node:path'
import { Findings, UsageError } from '../../../base/index.js'
import {
  loadProjectConfig,
  type ResolvedProject,
  type ResolvedUpgradeOptions,
  resolveUpgradeOptions,
  type UpgradeOptions,
} from '../../../config/index.js'
import { resolveSearchPath, validateAddonsPath } from '../../../odoo/addons/index.js'
import { findPackages } from '../../../odoo/packages/index.js'
import { parseRelease, type Release } from '../../../odoo/release/index.js'
import { resolveSources } from '../../../odoo/sources/index.js'
import {
  chooseLoader,
  type HopRequest,
  isRunnable,
  type LoaderChoice,
  type UpgradeRequest,
} from '../../../upgrade/planning/index.js'
import { type CommandContext, type GivenOptions, textOption } from '../../command.js'
import { releaseArgument } from '../sources/release-argument.js'
import { releasePath } from './release-path.js'
import { MEGABYTE, scriptHostOptions } from './script-host-options.js'

/** What a command line and a project say, before the database's release is known. */
export interface UpgradeInput {
  readonly options: GivenOptions
  readonly given: UpgradeOptions
  readonly project: ResolvedProject | undefined
  /** Release of the source tree on the command line's addons path. */
  readonly givenRelease: Release | undefined
  readonly context: CommandContext
  readonly findings: Findings
}

/** Reads the project's configuration and the command line. */
export async function readUpgradeInput(
  options: GivenOptions,
  context: CommandContext,
  findings: Findings,
): Promise<UpgradeInput> {
  const project = await loadProjectConfig(process.cwd(), context.environment)
  const names = {
    config: 'config',
    database: 'database',
    dbUser: 'db_user',
    addonsPath: 'addonsPath',
    upgradePath: 'upgradePath',
    load: 'load',
    init: 'init',
    update: 'update',
    withoutDemo: 'withoutDemo',
    dataDir: 'dataDir',
  } as const
  const given: UpgradeOptions = Object.fromEntries(
    Object.entries(names).flatMap(([name, option]) => {
      const value = textOption(options, option)
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const givenRelease = await releaseOfAddons(given, context)
  return { options, given, project, givenRelease, context, findings }
}

async function releaseOfAddons(
  given: UpgradeOptions,
  context: CommandContext,
): Promise<Release | undefined> {
  if (given.addonsPath === undefined && given.config === undefined) return undefined
  const { environment } = context
  const resolved = await resolveUpgradeOptions(given, {
    series: '16.0',
    environment,
    findings: new Findings(),
  })
  if (resolved.addonsPath.length === 0) return undefined
  if (resolved.addonsPathFrom === 'command line') await validateAddonsPath(resolved.addonsPath)
  return (await resolveSearchPath({ addonsPath: resolved.addonsPath }, new Findings())).release
}

/** Makes the request of an upgrade of a database of this release. */
export async function upgradeRequest(
  input: UpgradeInput,
  from: Release,
  source: string,
): Promise<UpgradeRequest> {
  const { options, project, context, findings } = input
  const to = targetOf(input, from)
  const hops = await Promise.all(
    releasePath(from, to).map((series) => hopRequest(input, from, series)),
  )
  const last = hops.at(-1)
  if (last === undefined) throw nothingToUpgrade(from)
  const hosts = scriptHostOptions(options)
  const seconds = hosts.seconds ?? project?.scriptSeconds
  const memory = hosts.memory ?? project?.scriptMemory
  const { resolved } = last
  const policy = autoInstallOf(textOption(options, 'autoInstall')) ?? project?.autoInstall
  const output = textOption(options, 'output')
  const library = hosts.openupgradelib ?? project?.openupgradelib
  for (const finding of last.findings) findings.add(finding)
  const checkpoints = checkpointsOf(textOption(options, 'checkpoint')) ?? project?.checkpoints ?? []
  return {
    source,
    loader: loaderOption(options) ?? 'auto',
    hops: hops.map(({ hop }) => hop),
    ...(policy !== undefined && { autoInstall: policy }),
    autoInstallExclude: project?.autoInstallExcept ?? [],
    decisions: project?.missingModules ?? {},
    renamedModules: resolved.variables.renamedModules,
    mergedModules: resolved.variables.mergedModules,
    alsoInstall: Object.fromEntries(resolved.stanza.autoinstall),
    forceDependencies: Object.fromEntries(resolved.stanza.forceDeps),
    forceInit: options.forceInit === true,
    withoutDemo: resolved.withoutDemo,
    useDemo: resolved.variables.useDemo,
    parity: options.parity === true,
    allowScriptCommit: options.allowScriptCommit === true,
    tolerant: options.parity === true,
    keepGoing: options.keepGoing === true,
    python: {
      interpreter: hosts.interpreter ?? project?.interpreter ?? 'embedded',
      ...(library !== undefined && { openupgradelib: library }),
    },
    ...(seconds !== undefined && { scriptSeconds: seconds }),
    ...(memory !== undefined && { scriptMemory: memory * MEGABYTE }),
    checkpoints,
    ...(output !== undefined && { output: resolve(output) }),
    ...(context.environment.openUpgrade.OPENUPGRADE_TARGET_VERSION !== undefined && {
      targetVersion: context.environment.openUpgrade.OPENUPGRADE_TARGET_VERSION,
    }),
  }
}

const LOADERS: readonly LoaderChoice[] = ['auto', 'odoo', 'native', 'none']

function loaderOption(options: GivenOptions): LoaderChoice | undefined {
  const text = textOption(options, 'loader')
  return LOADERS.find((known) => known === text)
}

/** The release to arrive at: named, or that of the source tree given; inside of a release the database's own. */
function targetOf({ options, given, project, givenRelease }: UpgradeInput, from: Release): Release {
  const named = textOption(options, 'to')
  if (named !== undefined) return releaseArgument(named)
  if (givenRelease !== undefined) return givenRelease
  if (project?.to !== undefined) return releaseArgument(project.to)
  if (given.update !== undefined || given.init !== undefined) return from
  throw new UsageError(
    'TARGET_MISSING',
    `No release to arrive at is named; the database is of ${from.series}`,
    {
      hint: 'Add --to 17.0 (or another release), or -u MODULES to update inside of the release.',
    },
  )
}

async function hopRequest(input: UpgradeInput, from: Release, series: string) {
  const { given, project, givenRelease, context } = input
  const findings = new Findings()
  // Sources on the command line are those of one release; the others come from the project or the cache.
  const isGiven = givenRelease === undefined || givenRelease.series === series
  const { addonsPath: _addons, upgradePath: _upgrade, ...rest } = given
  const resolved = await resolveUpgradeOptions(isGiven ? given : rest, {
    series,
    environment: context.environment,
    findings,
    ...(project !== undefined && { project }),
  })
  const cached =
    resolved.addonsPath.length === 0 ? await resolveSources(series, context.environment) : undefined
  const addonsPath = cached?.addonsPath ?? resolved.addonsPath
  if (addonsPath.length === 0) throw noSource(series, givenRelease)
  const upgradePath =
    resolved.upgradePath.length > 0 ? resolved.upgradePath : (cached?.upgradePath ?? [])
  const loader = loaderOption(input.options) ?? project?.releases.get(series)?.loader
  const hop: HopRequest = {
    to: series,
    profile:
      cached !== undefined && upgradePath === cached.upgradePath && upgradePath.length > 0
        ? 'openupgrade'
        : resolved.profile,
    addonsPath,
    upgradePath,
    update: updateOf(resolved, from, series),
    init: resolved.init,
    ...(loader !== undefined && { loader }),
    ...((await runsOdoo(addonsPath, loader ?? 'auto')) && {
      packages: await packagesOf(input, series, addonsPath),
    }),
  }
  return { hop, resolved, findings: findings.list() }
}

/** Whether the release's own code may be run: as the loader, or for what moult's own cannot do. */
async function runsOdoo(addonsPath: readonly string[], wanted: LoaderChoice): Promise<boolean> {
  if (wanted === 'none') return false
  const path = await resolveSearchPath({ addonsPath }, new Findings())
  const { choice } = chooseLoader(path, wanted)
  return choice === 'odoo' || (path.root !== undefined && isRunnable(path.root))
}

/** What Odoo imports, for the embedded interpreter; a CPython brings its own. */
async function packagesOf(
  { options, project, context }: UpgradeInput,
  series: string,
  trees: readonly string[],
): Promise<readonly string[]> {
  const folders = (textOption(options, 'pythonPackages') ?? '').split(',').filter(Boolean)
  const interpreter = scriptHostOptions(options).interpreter ?? project?.interpreter ?? 'embedded'
  const release = parseRelease(series)
  if (interpreter !== 'embedded' || release === undefined) return folders
  const { environment } = context
  return (await findPackages({ release, folders, trees, environment })).folders
}

/** On the way to another release everything is updated; inside of one, what the user names. */
function updateOf(
  { update, init }: Pick<ResolvedUpgradeOptions, 'update' | 'init'>,
  from: Release,
  series: string,
): readonly string[] {
  if (from.series !== series) return update.includes('all') ? update : ['all']
  if (update.length > 0 || init.length > 0) return update
  throw nothingToUpgrade(from)
}

function nothingToUpgrade({ series }: Release): UsageError {
  return new UsageError('NOTHING_TO_UPGRADE', `The database is of Odoo ${series} already`, {
    hint: 'Name a newer release (--to, --addons-path), or modules to update inside of this one: -u sale,my_module or -u all.',
  })
}

function noSource(series: string, given: Release | undefined): UsageError {
  const path = given === undefined ? '' : `; the addons path is that of ${given.series}`
  return new UsageError('RELEASE_SOURCE_UNKNOWN', `There is no source of Odoo ${series}${path}`, {
    hint: `Get it with "moult sources add ${series}", or name it: --addons-path, or "releases" in moult.config.`,
    data: { series },
  })
}

function autoInstallOf(text: string | undefined): UpgradeRequest['autoInstall'] | undefined {
  return text === 'none' || text === 'openupgrade18' || text === 'fresh' ? text : undefined
}

function checkpointsOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined
  return text === 'all' ? ['*'] : text.split(',').filter((name) => name !== '')
}
