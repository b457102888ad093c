import { UsageError } from '../../../base/index.js'
import type { Whereabouts } from '../../../databases/manager/index.js'
import type { GivenOptions } from '../../command.js'

/** `--copy` or `--moved`; a copy, where nothing is said, as this can never harm the original. */
export function whereaboutsOf(options: GivenOptions): Whereabouts {
  if (options.copy === true && options.moved === true) {
    throw new UsageError('CONFLICTING_OPTIONS', '--copy and --moved contradict each other', {
      hint: 'Leave both out for a copy with an identity of its own.',
    })
  }
  return options.moved === true ? 'moved' : 'copy'
}

export function identityLine(whereabouts: Whereabouts, uuid: string | undefined): string {
  if (whereabouts === 'moved') return '  identity   kept, as it takes the place of the original'
  return uuid === undefined
    ? '  identity   none (not a database of Odoo)'
    : `  identity   new: ${uuid} (add --moved to keep the original's)`
}
