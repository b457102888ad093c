import type { Emitter, Finding, Progress } from '../../base/index.js'
import type { DatabaseHost } from '../../databases/manager/index.js'
import type { DatabaseLock, Session } from '../../db/index.js'
import type { HopPlan, UpgradeRequest } from '../planning/index.js'
import { advanceRun } from './advance-run.js'
import { endLeftovers } from './end-leftovers.js'
import {
  continueRun,
  createRun,
  failRun,
  prepareJournal,
  type RecordedRun,
  type RunTicket,
  readRun,
  sequencesOf,
} from './journal/index.js'
import { withJournalSession } from './journal-session.js'
import { refuseOtherSessions } from './other-sessions.js'
import type { RunEvents } from './run-events.js'
import { refuseRun } from './run-refusals.js'
import { prepareScriptRole, type ScriptRole } from './script-role.js'
import { restoreSequences } from './sequences.js'
import { StepFailedError } from './step-failed-error.js'

/** Where an upgrade works and who hears of it. */
export interface UpgradeSetup {
  readonly host: DatabaseHost
  readonly progress: Progress
  readonly events: Emitter<RunEvents>
  /** Folder of what can be made again. */
  readonly cache: string
}

/** What an upgrade came to. */
export interface UpgradeReport {
  readonly database: string
  readonly run: number
  readonly from: string
  readonly to: string
  readonly hops: readonly HopReport[]
  readonly findings: readonly Finding[]
  readonly milliseconds: number
  /** Where the upgraded backup is to go, as the request said. */
  readonly output: string | undefined
}

export interface HopReport {
  readonly plan: HopPlan
  readonly milliseconds: number
}

/**
 * Upgrades a database where it is, as the request says, and records every step in it.
 *
 * Errors: RUN_UNFINISHED (an earlier run is to be resumed first), DATABASE_BUSY, those of planning and of
 * the scripts; after a failure the database is as the last good step left it, and `resumeUpgrade` goes on.
 */
export function upgradeDatabase(
  setup: UpgradeSetup,
  database: string,
  request: UpgradeRequest,
): Promise<UpgradeReport> {
  return withRunLock(setup, database, 'upgrade', async () => {
    const opened = await withJournalSession(setup.host, database, async (session) => {
      await endLeftovers(session)
      await refuseOtherSessions(session)
      await prepareJournal(session)
      const last = await readRun(session)
      if (last !== undefined && last.status !== 'done')
        throw refuseRun('unfinished', database, last)
      const role = await prepareScriptRole(session)
      const owner = role?.owner
      const kept: UpgradeRequest = owner === undefined ? request : { ...request, owner }
      return { role, ticket: await createRun(session, kept), run: await readRun(session) }
    })
    return recorded(setup, database, opened)
  })
}

/**
 * Records, in a copy that is complete but has no name yet, that its upgrade has begun: killed at any later
 * moment, the copy is one that {@link resumeUpgrade} goes on with.
 */
export async function registerRun(session: Session, request: UpgradeRequest): Promise<void> {
  await prepareJournal(session)
  const last = await readRun(session)
  if (last !== undefined && last.status !== 'done') {
    throw refuseRun('unfinished', request.source, last)
  }
  await createRun(session, request)
}

/**
 * Goes on with the last run of a database, exactly where it stopped.
 *
 * Errors: RUN_UNKNOWN, RUN_FINISHED, DATABASE_BUSY, and those of {@link upgradeDatabase}.
 */
export function resumeUpgrade(
  setup: UpgradeSetup,
  database: string,
  change: (request: UpgradeRequest) => UpgradeRequest = (request) => request,
): Promise<UpgradeReport> {
  return withRunLock(setup, database, 'resume', async () => {
    const opened = await withJournalSession(setup.host, database, async (session) => {
      await endLeftovers(session)
      await refuseOtherSessions(session)
      const last = await readRun(session)
      if (last === undefined) throw refuseRun('unknown', database)
      if (last.status === 'done') throw refuseRun('finished', database, last)
      await prepareJournal(session)
      const role = await prepareScriptRole(session)
      const run = { ...last, request: change(last.request) }
      const hop = last.hops.at(-1)
      // Also where no step is left: the next hop, and the result, start from these positions.
      if (hop !== undefined) await restoreSequences(session, sequencesOf(hop))
      const known = withOwner(role, last)
      const request = { ...run.request, ...(known !== undefined && { owner: known.owner }) }
      const ticket = await continueRun(session, last.run, request)
      return { role: known, ticket, run: { ...run, request } }
    })
    return recorded(setup, database, opened)
  })
}

/** The owner before the first attempt, not the scripts' role that owns it since. */
function withOwner(role: ScriptRole | undefined, run: RecordedRun): ScriptRole | undefined {
  const { owner } = run.request
  return role === undefined || owner === undefined ? role : { ...role, owner }
}

interface OpenedRun {
  readonly role: ScriptRole | undefined
  readonly ticket: RunTicket
  readonly run: RecordedRun | undefined
}

/** Runs the hops; a failure is recorded before it is passed on. */
async function recorded(
  setup: UpgradeSetup,
  database: string,
  { role, ticket, run }: OpenedRun,
): Promise<UpgradeReport> {
  if (run === undefined) throw refuseRun('unknown', database)
  try {
    return await advanceRun(setup, { database, role, ticket, run })
  } catch (error) {
    if (!(error instanceof StepFailedError)) throw error
    const write = (session: Session): Promise<void> => failRun(session, ticket, error.toFailure())
    // A server that is gone cannot be told; the journal then says "running", and resume goes on as well.
    await withJournalSession(setup.host, database, write).catch(() => {})
    throw error.cause
  }
}

async function withRunLock<T>(
  { host }: UpgradeSetup,
  database: string,
  operation: string,
  body: () => Promise<T>,
): Promise<T> {
  const lock: DatabaseLock = await host.cluster.lock(database, `${operation} ${database}`)
  try {
    return await body()
  } finally {
    await lock.release()
  }
}
