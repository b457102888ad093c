import { UsageError } from '../../../base/index.js'
import { type InstallPlan, planInstall } from '../../../upgrade/installing/index.js'
import { type CommandContext, type GivenOptions, textOption } from '../../command.js'

/**
 * What `-i` asks to be installed; undefined where it is not given, and the database stays empty.
 *
 * Errors: CONFLICTING_OPTIONS, INSTALL_NEEDS_SOURCE, and those of planning.
 */
export async function readInstallPlan(
  options: GivenOptions,
  addonsPath: readonly string[],
  { progress }: CommandContext,
): Promise<InstallPlan | undefined> {
  const init = textOption(options, 'init')
  const without = textOption(options, 'withoutDemo') ?? ''
  if (options.demo === true && without !== '') {
    throw new UsageError('CONFLICTING_OPTIONS', '--demo and --without-demo contradict each other')
  }
  if (init === undefined) {
    if (options.demo !== true) return undefined
    throw new UsageError('CONFLICTING_OPTIONS', '--demo is for modules, and none are installed', {
      hint: 'Name them with -i, such as -i base.',
    })
  }
  if (textOption(options, 'template') !== undefined) {
    throw new UsageError(
      'CONFLICTING_OPTIONS',
      '-i fills an empty database, and --template a full one',
    )
  }
  if (addonsPath.length === 0) {
    throw new UsageError('INSTALL_NEEDS_SOURCE', 'Modules are installed from their source', {
      hint: 'Give the source tree of the release with --addons-path, or an odoo.conf that names it with -c.',
    })
  }
  const names = init.split(',').map((name) => name.trim())
  const modules = [...new Set(names.filter((name) => name !== ''))]
  return planInstall({ addonsPath, modules, demo: options.demo === true }, progress)
}
