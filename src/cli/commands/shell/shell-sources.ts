import { resolve } from 'node:path'
import { Findings } from '../../../base/index.js'
import { loadProjectConfig, resolveUpgradeOptions } from '../../../config/index.js'
import { type AddonsTree, readAddonsTree, validateAddonsPath } from '../../../odoo/addons/index.js'
import { findPackages } from '../../../odoo/packages/index.js'
import type { Release } from '../../../odoo/release/index.js'
import { resolveSources } from '../../../odoo/sources/index.js'
import type { HelperLibrary, PythonInterpreter } from '../../../scripts/hosts/index.js'
import { type CommandContext, type GivenOptions, textOption } from '../../command.js'
import { scriptHostOptions } from '../upgrade/script-host-options.js'

/** What a prompt runs with. */
export interface ShellSources {
  /** Undefined where no source of the release is known. */
  readonly tree: AddonsTree | undefined
  readonly interpreter: PythonInterpreter
  readonly packages: readonly string[]
  readonly library?: HelperLibrary
}

/**
 * Finds the source of a database's own release: on the command line, in the project, in odoo.conf, or among
 * those that `moult sources add` has. Errors: those of the addons path, such as RELEASE_MISMATCH.
 */
export async function findShellSources(
  options: GivenOptions,
  release: Release,
  context: CommandContext,
  findings: Findings,
): Promise<ShellSources> {
  const { environment, progress } = context
  const project = await loadProjectConfig(process.cwd(), environment)
  const hosts = scriptHostOptions(options)
  const named = hosts.interpreter ?? project?.interpreter ?? 'embedded'
  const interpreter = named === 'embedded' ? named : { executable: named }
  const folder = hosts.openupgradelib ?? project?.openupgradelib
  const addonsPath = await addonsPathOf(options, release, context)
  const tree =
    addonsPath.length === 0
      ? undefined
      : await readAddonsTree({ addonsPath, release }, progress, findings)
  const given = (textOption(options, 'pythonPackages') ?? '').split(',').filter(Boolean)
  const folders = given.map((one) => resolve(one))
  const packages =
    interpreter !== 'embedded' || tree?.root === undefined
      ? folders
      : (await findPackages({ release, folders, trees: addonsPath, environment })).folders
  return { tree, interpreter, packages, ...(folder !== undefined && { library: { folder } }) }
}

async function addonsPathOf(
  options: GivenOptions,
  release: Release,
  { environment }: CommandContext,
): Promise<readonly string[]> {
  const project = await loadProjectConfig(process.cwd(), environment)
  const config = textOption(options, 'config')
  const addonsPath = textOption(options, 'addonsPath')
  const resolved = await resolveUpgradeOptions(
    {
      ...(config !== undefined && { config }),
      ...(addonsPath !== undefined && { addonsPath }),
    },
    {
      series: release.series,
      environment,
      // What it finds amiss concerns a server that would be started with the file.
      findings: new Findings(),
      ...(project !== undefined && { project }),
    },
  )
  if (resolved.addonsPathFrom === 'command line') await validateAddonsPath(resolved.addonsPath)
  if (resolved.addonsPath.length > 0) return resolved.addonsPath
  return (await resolveSources(release.series, environment)).addonsPath
}
