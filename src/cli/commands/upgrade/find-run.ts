import { UsageError } from '../../../base/index.js'
import {
  administer,
  allCheckpoints,
  type DatabaseHost,
  databaseNames,
} from '../../../databases/manager/index.js'
import { type RecordedRun, readRun, withJournalSession } from '../../../upgrade/runner/index.js'

/** A database with its last run. */
export interface FoundRun {
  readonly database: string
  readonly run: RecordedRun
}

/** The last runs of a host's databases, but for checkpoints; of one database when it is named. */
export async function findRuns(
  host: DatabaseHost,
  database?: string,
): Promise<readonly FoundRun[]> {
  const names = database === undefined ? await namesOf(host) : [database]
  const found: FoundRun[] = []
  for (const name of names) {
    const run = await withJournalSession(host, name, (session) => readRun(session))
    if (run !== undefined) found.push({ database: name, run })
  }
  return found
}

/** A checkpoint holds the journal of the run that it was made in, and is none of its own. */
async function namesOf(host: DatabaseHost): Promise<readonly string[]> {
  const names = await administer(host.cluster, databaseNames)
  const checkpoints = new Set((await allCheckpoints(host)).map(({ name }) => name))
  return names.filter((name) => !checkpoints.has(name))
}

/** The one database whose upgrade waits; fails where it is not one. */
export function onlyUnfinished(runs: readonly FoundRun[]): FoundRun {
  const waiting = runs.filter(({ run }) => run.status !== 'done')
  const [first] = waiting
  if (first !== undefined && waiting.length === 1) return first
  throw waiting.length === 0
    ? new UsageError('RUN_UNKNOWN', 'No upgrade waits to be resumed', {
        hint: 'moult status shows all runs.',
      })
    : new UsageError(
        'RUN_AMBIGUOUS',
        `Several upgrades wait: ${waiting.map(({ database }) => database).join(', ')}`,
        { hint: `Name the database: moult resume ${first?.database ?? ''}` },
      )
}
