import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AddonsTree } from '../../odoo/addons/index.js'
import type { LoaderChoice } from './upgrade-request.js'

/** Who loads a hop's modules, and why. */
export interface PlannedLoader {
  readonly choice: Exclude<LoaderChoice, 'auto'>
  /** In a sentence, for the plan. */
  readonly reason: string
}

/** What a source tree must have for Odoo's own loader to be run out of it. */
export const RUNNABLE = 'odoo/modules/loading.py'

/** The release's own code, wherever it is there and nobody wants otherwise. */
export function chooseLoader(
  { root, release: { series } }: Pick<AddonsTree, 'root' | 'release'>,
  wanted: LoaderChoice,
): PlannedLoader {
  if (wanted === 'native' && root !== undefined && isRunnable(root)) {
    return {
      choice: wanted,
      reason: `as was asked for; what only the code of Odoo ${series} knows, that in ${root} is run for`,
    }
  }
  if (wanted !== 'auto') return { choice: wanted, reason: 'as was asked for' }
  if (root !== undefined && isRunnable(root)) {
    return { choice: 'odoo', reason: `${root} holds Odoo ${series}` }
  }
  return {
    choice: 'none',
    reason: `the addons path holds no Odoo ${series} that can be run (${RUNNABLE} is missing)`,
  }
}

/** Whether the root of a source tree holds Odoo's own code. */
export function isRunnable(root: string): boolean {
  return existsSync(join(root, ...RUNNABLE.split('/')))
}
