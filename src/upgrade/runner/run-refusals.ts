import { UserError } from '../../base/index.js'
import type { RecordedRun } from './journal/index.js'

/** Why a run cannot begin or go on. */
export function refuseRun(
  reason: 'unfinished' | 'unknown' | 'finished',
  database: string,
  run?: RecordedRun,
): UserError {
  switch (reason) {
    case 'unfinished':
      return new UserError(
        'RUN_UNFINISHED',
        `An upgrade of "${database}" has not come to its end${run?.failure ? `: it stopped at ${run.failure.name}` : ''}`,
        {
          hint: `Go on with it: moult resume ${database}. Or start again from the original.`,
          data: { database, run: run?.run },
        },
      )
    case 'unknown':
      return new UserError('RUN_UNKNOWN', `"${database}" has no upgrade to go on with`, {
        hint: 'moult status shows which databases have; moult upgrade begins one.',
        data: { database },
      })
    case 'finished':
      return new UserError('RUN_FINISHED', `The last upgrade of "${database}" is complete`, {
        hint: 'With a checkpoint, a part of it can be run again: moult resume --from MODULE:PHASE.',
        data: { database, run: run?.run },
      })
  }
}
