import { UsageError } from '../../../base/index.js'
import { expandPath, loadProjectConfig, splitPaths } from '../../../config/index.js'
import { parseRelease } from '../../../odoo/release/index.js'
import { resolveSources } from '../../../odoo/sources/index.js'
import type { CommandContext } from '../../command.js'
import { releaseArgument } from '../sources/release-argument.js'

/** Where a release's modules lie, and the scripts that belong to the way to it. */
export interface ReleaseTrees {
  readonly addonsPath: readonly string[]
  readonly upgradePath: readonly string[]
}

const RELEASE = /^\d+(?:\.\d+)?$/

/**
 * What OLD or NEW stands for: a release known to the project or to `moult sources`, or else the root of a source
 * tree and folders of modules, separated by commas.
 *
 * Errors: RELEASE_SOURCE_UNKNOWN, RELEASE_INVALID.
 */
export async function treesOf(argument: string, context: CommandContext): Promise<ReleaseTrees> {
  if (!RELEASE.test(argument)) {
    const { environment } = context
    const addonsPath = splitPaths(argument).map((path) => expandPath(path, environment))
    return { addonsPath, upgradePath: [] }
  }
  const { series } = releaseArgument(argument)
  const found = await findTrees(series, context)
  if (found !== undefined) return found
  throw new UsageError('RELEASE_SOURCE_UNKNOWN', `There is no source of Odoo ${series}`, {
    hint: `Get it with "moult sources add ${series}", name it in moult.config, or give the folder of a source tree instead.`,
    data: { series },
  })
}

/** The trees of a release from the project, or from the sources that were added. */
export async function findTrees(
  series: string,
  { environment }: CommandContext,
): Promise<ReleaseTrees | undefined> {
  const project = await loadProjectConfig(process.cwd(), environment)
  const cached = await resolveSources(series, environment)
  const own = project?.releases.get(series)
  const addonsPath = own?.addonsPath ?? cached.addonsPath
  const upgradePath = [...(own?.upgradePath ?? cached.upgradePath), ...(own?.scripts ?? [])]
  if (addonsPath.length === 0 || parseRelease(series) === undefined) return undefined
  return { addonsPath, upgradePath }
}
