import type { InstallReport } from '../../../upgrade/installing/index.js'
import { count, formatDuration } from '../../output/units.js'

/** What was installed, in a few lines. */
export function installLines({
  release,
  modules,
  demo,
  milliseconds,
}: InstallReport): readonly string[] {
  return [
    `  release    Odoo ${release}`,
    `  modules    ${count(modules.length, 'module')}${demo ? ', with demonstration data' : ''}`,
    `  took       ${formatDuration(milliseconds)}`,
  ]
}
